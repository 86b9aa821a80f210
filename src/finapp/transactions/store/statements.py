"""What each import said of each account, and balances that a person asserts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from finapp.kernel.money import from_minor
from finapp.transactions.tables import imports, statements, transactions


def put(connection: Connection, owner: str, import_id: str, values: Sequence[Mapping[str, Any]]) -> None:
    """Replaces what an import says of its accounts, in the order of its parts."""
    remove(connection, import_id)
    rows = [{**each, "import_id": import_id, "part": part, "owner": owner} for part, each in enumerate(values)]
    if rows:
        connection.execute(insert(statements), rows)


def remove(connection: Connection, import_id: str) -> None:
    """Deletes what an import says of its accounts."""
    connection.execute(delete(statements).where(statements.c.import_id == import_id))


def of_import(connection: Connection, import_id: str) -> list[Row[Any]]:
    """What an import says of its accounts."""
    query = select(statements).where(statements.c.import_id == import_id).order_by(statements.c.part)
    return list(connection.execute(query))


def of_imports(connection: Connection, import_ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """What each import says of its accounts."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    query = select(statements).where(statements.c.import_id.in_(import_ids)).order_by(statements.c.part)
    for row in connection.execute(query):
        found[row.import_id].append(row)
    return found


def of_account(connection: Connection, owner: str, account_id: str) -> list[Row[Any]]:
    """The statements of an account that were taken in, the earliest period first, each with its file."""
    s, i = statements.c, imports.c
    query = select(statements, i.filename, i.result, i.finished_at).join(imports, i.id == s.import_id)
    query = query.where(s.owner == owner, s.account_id == account_id, i.status == "done", i.dry_run.in_([False]))
    return list(connection.execute(query.order_by(s.period_first, s.period_last, s.import_id)))


def taken_in(connection: Connection, owner: str) -> list[Row[Any]]:
    """(account_id, name, result of the import) of every statement that was taken in."""
    s, i = statements.c, imports.c
    query = select(s.account_id, s.name, i.result).join(imports, i.id == s.import_id)
    return list(connection.execute(query.where(s.owner == owner, i.status == "done", i.dry_run.in_([False]))))


def shared(connection: Connection, owner: str, sample: Iterable[tuple[date, Decimal]], currency: str) -> dict[str, int]:
    """Account -> how many of these days and amounts it has rows of."""
    step = from_minor(1, currency)
    pairs = {(day, int(amount / step)) for day, amount in sample if amount % step == 0}
    if not pairs:
        return {}
    c = transactions.c
    query = select(c.account_id, c.date, c.amount).where(c.owner == owner, c.currency == currency).distinct()
    days, amounts = sorted({day for day, _ in pairs}), sorted({amount for _, amount in pairs})
    counts: dict[str, int] = {}
    for row in connection.execute(query.where(c.amount.in_(amounts), c.date.in_(days))):
        if (row.date, row.amount) in pairs:
            counts[row.account_id] = counts.get(row.account_id, 0) + 1
    return counts
