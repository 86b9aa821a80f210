"""The rates between a household's currencies, as money movement asks for them."""

from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import Connection

from finapp.platform.exchange import ecb_rates
from finapp.transactions.domain.exchange import OwnRate, held
from finapp.transactions.domain.movement import Rate
from finapp.transactions.store import rates


def rates_between(connection: Connection, owner: str, currencies: set[str]) -> Rate | None:
    """The rates between a household's currencies as money movement asks for them; None when it has only one."""
    if len(currencies) < 2:
        return None
    return partial(_rate, rates.of_household(connection, owner))


def _rate(own: list[OwnRate], currency: str, to: str, on: date) -> Decimal | None:
    found = held(own, ecb_rates().quoted, currency, to, on)
    return None if found is None else found.rate
