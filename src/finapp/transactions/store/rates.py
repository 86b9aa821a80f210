"""The household's own exchange rates."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, delete, select

from finapp.platform.database import insert_into
from finapp.platform.standing import standing
from finapp.transactions.domain.exchange import OwnRate
from finapp.transactions.tables import exchange_rates

_c = exchange_rates.c


@standing("exchange_rates")
def of_household(connection: Connection, owner: str) -> list[OwnRate]:
    """Every rate, newest first."""
    query = select(_c.base, _c.quote, _c.date, _c.rate).where(_c.owner == owner)
    found = connection.execute(query.order_by(_c.date.desc(), _c.base, _c.quote))
    return [OwnRate(base=row.base, quote=row.quote, on=row.date, rate=row.rate) for row in found]


def put(connection: Connection, owner: str, person: str, said: OwnRate) -> None:
    """Sets the rate of a day."""
    keys = {"owner": owner, "base": said.base, "quote": said.quote, "date": said.on}
    values = {"rate": said.rate, "person": person}
    statement = insert_into(connection, exchange_rates).values(**keys, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[_c[name] for name in keys], set_=values))


def remove(connection: Connection, owner: str, base: str, quote: str, on: date) -> Decimal | None:
    """Forgets the rate of a day; what it was, None when there was none."""
    same = (_c.owner == owner, _c.base == base, _c.quote == quote, _c.date == on)
    rate: Decimal | None = connection.execute(select(_c.rate).where(*same)).scalar()
    connection.execute(delete(exchange_rates).where(*same))
    return rate
