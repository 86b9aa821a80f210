"""What statements print of rows: a row takes it over without losing what people said of it."""

from collections.abc import Mapping
from dataclasses import fields, replace

from sqlalchemy import Connection

from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.domain.pendings import Printing
from finapp.transactions.domain.statement import StatementRow
from finapp.transactions.facade.arriving import own_values
from finapp.transactions.facade.changing import edited
from finapp.transactions.store import rows

TAKEN = tuple(each.name for each in fields(Printing))
"""What a row takes from the bank once it is booked."""
PRINTED = (*TAKEN, "amount", "original_amount", "original_currency", "rate")
"""What a statement prints of a row."""
_TAKEN_BY_PARTS = ("date", "status")
"""What the parts of a split row take: their words are the household's."""


def printing_of(row: StatementRow, currency: str) -> Printing:
    """What a statement prints of a row."""
    return Printing(**taken(row, currency))  # type: ignore[arg-type]


def taken(row: StatementRow, currency: str) -> dict[str, object]:
    """What a row takes from its line in a statement."""
    return {name: value for name, value in own_values(row, currency).items() if name in TAKEN}


def printed(row: LedgerRow) -> dict[str, object]:
    """What a row has of what statements print."""
    return {name: getattr(row, name) for name in PRINTED}


def printed_as(connection: Connection, owner: str, held: Placed, values: Mapping[str, object]) -> list[Step]:
    """The steps that print a row otherwise where it stands, and its parts with it."""
    row = held.row
    if held.place == "ledger":
        return [edited(row, values)]
    after = replace(row, **values, version=row.version + 1)  # type: ignore[arg-type]
    stays = Step(transaction_id=row.id, before=held, after=replace(held, row=after))
    if held.place != "split":
        return [stays]
    shared = {name: values[name] for name in _TAKEN_BY_PARTS if name in values}
    return [stays, *(edited(part, shared) for part in rows.parts_of(connection, owner, row.id))]
