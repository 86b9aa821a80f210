"""Rows that are few: fetched by their ids and sorted, instead of met by walking through all rows in order."""

from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select

from finapp.transactions.tables import SELDOM, transactions

Condition = ColumnElement[bool]


def seldom(name: str) -> Condition:
    """A condition of rows that have an index of their own, as that index says it."""
    return literal_column(f"transactions.{SELDOM[name]}")


def named_few(connection: Connection, owner: str, most: int, *either: Condition) -> Condition | None:
    """The rows of a household that hold one of some conditions, each of which an index serves, named by their ids.

    None when they are more than `most`: then a page is soon full when rows are read in order. None on PostgreSQL, whose
    planner knows how values are spread.
    """
    if connection.dialect.name == "postgresql":
        return None
    c = transactions.c
    found = [select(c.id).where(c.owner == owner, condition).correlate(None) for condition in either]
    left = most
    for each in found:
        left -= connection.execute(select(func.count()).select_from(each.limit(left + 1).subquery())).scalar_one()
        if left < 0:
            return None
    return or_(*(literal_column("transactions.id").in_(each) for each in found))
