"""Files that came before."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, literal, null, select

from finapp.kernel.money import from_minor
from finapp.transactions.tables import import_rows, imports, mapping_profiles, statements, transactions


def first_of(connection: Connection, owner: str, asked: Row[Any]) -> Row[Any] | None:
    """The newest import of the same file for the same account with the same answers; None when there is none, or when
    the account has since been told to read its files otherwise."""
    if not asked.digest:
        return None
    c, told = imports.c, mapping_profiles.c
    query = select(imports).where(c.owner == owner, c.digest == asked.digest, c.id != asked.id)
    query = query.where(c.status == "done", c.dry_run.in_([False]), c.account_id.is_not(None))
    if asked.account_id is not None:
        query = query.where(c.account_id == asked.account_id)
    otherwise = exists().where(told.owner == owner, told.account_id == c.account_id, told.made_at > c.finished_at)
    for found in connection.execute(query.where(~otherwise).order_by(c.id.desc())):
        if found.options == asked.options:
            return found
    return None


def accounts_of(connection: Connection, owner: str, asked: Row[Any]) -> tuple[str, ...]:
    """The accounts that the parts of the same file went to when it was last imported; nothing for a new file."""
    if not asked.digest:
        return ()
    c, said = imports.c, statements.c
    query = select(c.id).where(c.owner == owner, c.digest == asked.digest, c.id != asked.id)
    query = query.where(c.status == "done", c.dry_run.in_([False])).order_by(c.id.desc()).limit(1)
    parts = select(said.account_id).where(said.import_id == query.scalar_subquery()).order_by(said.part)
    return tuple(connection.execute(parts).scalars())


def standing(connection: Connection, owner: str, import_id: str) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Account and currency -> how many rows of an import are counted as it brought them, and their sum."""
    c = transactions.c
    query = select(c.account_id, c.currency, func.count(), func.sum(c.amount))
    query = query.where(c.owner == owner, c.import_id == import_id, c.split_of.is_(None))
    found = connection.execute(query.group_by(c.account_id, c.currency))
    return {
        (account, currency): (int(count), from_minor(int(total), currency)) for account, currency, count, total in found
    }


def put_known(connection: Connection, import_id: str, first_id: str, limit: int) -> None:
    """Says of an import that its rows are those that another one brought, once for each line: a line may have two."""
    c = transactions.c
    said = (
        literal(import_id, import_rows.c.import_id.type),
        c.line,
        literal("duplicate"),
        func.min(c.id),
        literal("known"),
        null(),
    )
    query = select(*said).where(c.import_id == first_id, c.split_of.is_(None))
    query = query.group_by(c.line).order_by(c.line).limit(limit)
    names = ("import_id", "line", "outcome", "transaction_id", "reason", "message")
    connection.execute(insert(import_rows).from_select(names, query))
