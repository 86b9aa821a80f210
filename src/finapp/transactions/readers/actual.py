"""Actual Budget's export: a ZIP archive of its SQLite database and a small file about it.

Sources: Actual's database schema and its views of live transactions (loot-core migrations): amounts in hundredths,
days as 20260105, `description` is a payee, parts of a split transaction name their parent, and what was deleted stays
with a tombstone.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.platform.foreign_sqlite import ForeignDatabase, Unreadable
from finapp.transactions.domain.statement import (
    AccountHint,
    Opening,
    RejectedRow,
    Statement,
    StatementPart,
    StatementRow,
)
from finapp.transactions.readers.details import currency_code
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.sheets import check_archive
from finapp.transactions.readers.whole import joined, statement_of

Row = Mapping[str, Any]
_DATABASE = "db.sqlite"
_TABLES = frozenset({"transactions", "accounts", "payees", "categories", "category_mapping", "payee_mapping"})
_HUNDREDTHS = Decimal("0.01")


def is_actual_archive(names: Iterable[str]) -> bool:
    """Whether an archive is a budget of Actual."""
    return {_DATABASE, "metadata.json"} <= {name.rpartition("/")[2] for name in names}


def is_actual_database(database: ForeignDatabase) -> bool:
    """Whether a database is a budget of Actual."""
    return set(database.tables) >= _TABLES


def read_actual_archive(content: bytes) -> Statement:
    """As `read_actual`, of the archive. Raises UnreadableStatement."""
    check_archive(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next(name for name in archive.namelist() if name.rpartition("/")[2] == _DATABASE)
            packed = archive.read(name)
        with ForeignDatabase(packed) as database:
            if not is_actual_database(database):
                raise UnreadableStatement("unknown_format", "the archive holds a database of another program")
            return read_actual(database)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, Unreadable) as fault:
        raise UnreadableStatement("damaged", "the budget in the archive is damaged or cut off") from fault


def read_actual(database: ForeignDatabase) -> Statement:
    """Every live transaction of every account. Starting balances open their accounts. Raises UnreadableStatement,
    Unreadable."""
    book = _book(database)
    live = [row for row in database.rows("transactions") if not row.get("tombstone") and row.get("acct") in book.names]
    children: dict[str, list[Row]] = {}
    for row in live:
        if row.get("ischild"):
            children.setdefault(_parent(row), []).append(row)
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    openings: list[StatementRow] = []
    for line, row in enumerate(sorted(live, key=_order), start=1):
        if row.get("ischild"):
            continue
        made = _row(book, line, row, children.get(str(row["id"]), []))
        if isinstance(made, RejectedRow):
            rejected.append(made)
        else:
            (openings if row.get("starting_balance_flag") else rows).append(made)
    return _with_openings(book, rows, rejected, openings)


@dataclass(frozen=True, kw_only=True)
class _Book:
    """What transactions name by keys."""

    names: dict[str, str]
    payees: dict[str, str]
    transfers: dict[str, str]
    """The account that a payee stands for, by the key of the payee."""
    categories: dict[str, str]
    currency: str | None


def _book(database: ForeignDatabase) -> _Book:
    names = {str(row["id"]): str(row.get("name") or row["id"]) for row in _alive(database, "accounts")}
    payees = {str(row["id"]): row for row in database.rows("payees")}
    merged = {str(row["id"]): str(row.get("targetid") or row["id"]) for row in database.rows("payee_mapping")}
    moved = {str(row["id"]): str(row.get("transferid") or row["id"]) for row in database.rows("category_mapping")}
    titles = {str(row["id"]): str(row.get("name") or "") for row in _alive(database, "categories")}
    keys = {*payees, *merged}
    found = {key: payees[merged.get(key, key)] for key in keys if merged.get(key, key) in payees}
    return _Book(
        names=names,
        payees={key: str(row.get("name") or "") for key, row in found.items()},
        transfers={key: str(row["transfer_acct"]) for key, row in found.items() if row.get("transfer_acct")},
        categories={key: titles[moved.get(key, key)] for key in {*titles, *moved} if moved.get(key, key) in titles},
        currency=_currency(database),
    )


def _alive(database: ForeignDatabase, table: str) -> Iterator[Row]:
    return (row for row in database.rows(table) if not row.get("tombstone") and row.get("id") is not None)


def _currency(database: ForeignDatabase) -> str | None:
    """The currency that the budget is kept in; None where it was never said."""
    rows = database.rows("preferences") if "preferences" in database.tables else iter(())
    said = next((row.get("value") for row in rows if row.get("id") == "defaultCurrencyCode"), None)
    return currency_code(str(said)) if said else None


def _parent(row: Row) -> str:
    """The transaction that a part is of. Before it had a column of its own, it stood in the key."""
    return str(row.get("parent_id") or str(row["id"]).rpartition("/")[0])


def _order(row: Row) -> tuple[int, float]:
    day, at = row.get("date"), row.get("sort_order")
    return day if isinstance(day, int) else 0, float(at) if isinstance(at, int | float) else 0.0


def _row(book: _Book, line: int, row: Row, children: list[Row]) -> StatementRow | RejectedRow:
    day, amount = _day(row.get("date")), row.get("amount")
    if day is None or not isinstance(amount, int):
        code = "bad_date" if day is None else "bad_amount"
        shown = " | ".join(str(row.get(name)) for name in ("date", "amount", "notes"))[:200]
        return RejectedRow(line=line, code=code, message=f"{code[4:]} cannot be read", text=shown)
    payee = str(row.get("description") or "")
    other = book.names.get(book.transfers.get(payee, ""))
    name = other or book.payees.get(payee) or str(row.get("imported_description") or "")
    parts = tuple(_part(book, child) for child in sorted(children, key=_order, reverse=True))
    category = book.categories.get(str(row.get("category") or ""))
    return StatementRow(
        line=line,
        date=day,
        amount=amount * _HUNDREDTHS,
        description=joined(name, str(row.get("notes") or "")),
        bank_id=str(row["financial_id"]) if row.get("financial_id") else None,
        currency=book.currency,
        category_hint=None if parts or other else category,
        account_hint=str(row["acct"]),
        transfer_hint=other,
        payee=None if other else name or None,
        status="pending" if row.get("pending") else "reconciled" if row.get("reconciled") else "posted",
        parts=parts,
    )


def _part(book: _Book, row: Row) -> StatementPart:
    amount, payee = row.get("amount"), str(row.get("description") or "")
    other = book.names.get(book.transfers.get(payee, ""))
    said = joined(other or book.payees.get(payee), str(row.get("notes") or ""))
    return StatementPart(
        (amount if isinstance(amount, int) else 0) * _HUNDREDTHS,
        None if other else book.categories.get(str(row.get("category") or "")),
        said or None,
        "transfer" if other else None,
    )


def _day(value: Any) -> date | None:
    try:
        return date(value // 10000, value // 100 % 100, value % 100) if isinstance(value, int) else None
    except ValueError:
        return None


def _with_openings(
    book: _Book, rows: list[StatementRow], rejected: list[RejectedRow], openings: list[StatementRow]
) -> Statement:
    """The statement, in which a starting balance before all other rows of its account is its opening balance."""
    first: dict[str | None, date] = {}
    for row in rows:
        first[row.account_hint] = min(row.date, first.get(row.account_hint, row.date))
    opened: dict[str | None, Opening] = {}
    for each in openings:
        name = each.account_hint
        if name in opened or each.date > first.get(name, each.date):
            rows.append(each)
        else:
            opened[name] = Opening(account=name, currency=each.currency, amount=each.amount, on=each.date)
    account, kept = AccountHint(currency=book.currency), tuple(opened.values())
    found = statement_of("actual", rows, rejected, layout="Actual", account=account, openings=kept)
    named = {key: AccountHint(name=name, currency=book.currency) for key, name in book.names.items()}
    return replace(found, accounts=named)
