"""Rows of one transaction that another program divided and prints part by part: one row again, with its parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from finapp.transactions.domain.statement import StatementPart, StatementRow
from finapp.transactions.readers.rows import Batch

_YNAB = re.compile(r"\(?split \(?(\d{1,3})/(\d{1,3})\)\s*", re.IGNORECASE)
_YNAB_TRANSFER = re.compile(r"transfer ?: ?(.+)", re.IGNORECASE)


def in_one(rows: Sequence[StatementRow], text: str) -> StatementRow:
    """One row of several. Its text is what they have in common; each part keeps its own."""
    parts = tuple(
        StatementPart(
            row.amount,
            row.category_hint,
            row.description if row.description != text else None,
            "transfer" if row.transfer_hint else None,
            row.note,
            row.tags,
        )
        for row in rows
    )
    abroad = [row.original_amount for row in rows if row.original_amount is not None]
    return rows[0]._replace(
        amount=sum((row.amount for row in rows), Decimal(0)),
        description=text,
        original_amount=sum(abroad, Decimal(0)) if len(abroad) == len(rows) else None,
        original_currency=rows[0].original_currency if len(abroad) == len(rows) else None,
        category_hint=None,
        transfer_hint=None,
        note=None,
        tags=None,
        parts=parts,
    )


def merged_ynab(found: Iterable[Batch]) -> Iterator[Batch]:
    """Batches in which the parts that YNAB numbers `Split (1/3)` in their memo are one row, and rows whose payee is an
    account say that they are transfers, whatever their memo says."""
    open_: list[StatementRow] = []
    for batch in found:
        rows: list[StatementRow] = []
        for row in batch.rows:
            mark = _YNAB.search(row.description)
            if open_ and (mark is None or not _follows(row, mark, open_)):
                rows += open_
                open_ = []
            if mark is None:
                rows.append(row._replace(transfer_hint=_other_account(row)))
            elif int(mark[1]) == len(open_) + 1:
                open_.append(row)
                if int(mark[1]) == int(mark[2]):
                    rows.append(_ynab(open_))
                    open_ = []
            else:
                rows.append(row)
        yield Batch(rows, batch.rejected)
    if open_:
        yield Batch(open_, [])


def _follows(row: StatementRow, mark: re.Match[str], before: Sequence[StatementRow]) -> bool:
    """Whether a row is the next part of the transaction of those before it."""
    last = _YNAB.search(before[-1].description)
    same = (row.date, row.account_hint) == (before[-1].date, before[-1].account_hint)
    return same and last is not None and mark[2] == last[2] and int(mark[1]) == int(last[1]) + 1


def _other_account(row: StatementRow) -> str | None:
    match = _YNAB_TRANSFER.fullmatch(row.payee or "")
    return match[1] if match else None


def _ynab(rows: Sequence[StatementRow]) -> StatementRow:
    plain = [
        row._replace(
            description=" ".join(_YNAB.sub("", row.description).split()),
            transfer_hint=_other_account(row),
        )
        for row in rows
    ]
    named = next((row for row in plain if not row.transfer_hint), plain[0])
    whole = in_one(plain, named.payee or named.description)
    return whole._replace(payee=named.payee)
