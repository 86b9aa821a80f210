"""Exports of other programs whose rows are not plain bank rows: Firefly III, GnuCash, YNAB and Actual."""

import re
from collections.abc import Iterator
from dataclasses import replace

from finapp.transactions.domain.statement import RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import DecimalMark, decimal_mark, read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.details import currency_code
from finapp.transactions.readers.grid import Record
from finapp.transactions.readers.journals import OWN_ACCOUNT
from finapp.transactions.readers.whole import joined, statement_of

Row = dict[str, str]


_TRANSFER = re.compile(r"Transfer ?: ?(.+)")
_PAYEE_IS_ACCOUNT = ("YNAB register", "Actual")


def with_transfers(statement: Statement) -> Statement:
    """Names the other account of an own transfer in the exports that print it as the payee of a row."""
    if statement.layout not in _PAYEE_IS_ACCOUNT:
        return statement
    accounts = {row.account_hint for row in statement.rows}

    def other_account(row: StatementRow) -> str | None:
        payee = row.payee or ""
        match = _TRANSFER.fullmatch(payee)
        if match:
            return match[1]
        return payee if payee in accounts and payee != row.account_hint and row.category_hint is None else None

    return replace(statement, rows=tuple(row._replace(transfer_hint=other_account(row)) for row in statement.rows))


def is_firefly(headings: list[str]) -> bool:
    """Whether headings are those of Firefly III's transaction export."""
    return {"journal_id", "source_name", "destination_name", "amount", "type"} <= {h.strip().lower() for h in headings}


def is_gnucash(headings: list[str]) -> bool:
    """Whether headings are those of GnuCash's export of transactions with splits."""
    found = {h.strip().lower() for h in headings}
    return {"transaction id", "full account name", "amount num."} <= found


def read_firefly(found: list[Record]) -> Statement:
    """Withdrawals and deposits of the household's accounts; a transfer is a row in each of its two accounts."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    for line, row in _as_dicts(found):
        day, amount = read_date(row.get("date", "")[:10], "ymd"), read_amount(row.get("amount", ""), ".")
        kind = row.get("type", "").lower()
        if day is None or amount is None or kind not in ("withdrawal", "deposit", "transfer"):
            code = "bad_date" if day is None else "bad_amount" if amount is None else "unreadable"
            reason = f"{kind or 'no type'}: only withdrawals, deposits and transfers are transactions"
            message = reason if code == "unreadable" else f"{code[4:]} cannot be read"
            rejected.append(RejectedRow(line=line, code=code, message=message, text=" | ".join(row.values())[:200]))
            continue
        source, target = row.get("source_name", ""), row.get("destination_name", "")
        size, outgoing = abs(amount.value), kind != "deposit"
        foreign = read_amount(row.get("foreign_amount", ""), ".")
        base = StatementRow(
            line=line,
            date=day,
            amount=-size if outgoing else size,
            description=joined(target if outgoing else source, row.get("description")),
            bank_id=row.get("external_id") or None,
            currency=currency_code(row.get("currency_code")),
            original_amount=foreign.value.copy_sign(-size if outgoing else size) if foreign else None,
            original_currency=currency_code(row.get("foreign_currency_code")) if foreign else None,
            category_hint=row.get("category") or None,
            account_hint=source if outgoing else target,
            payee=target if outgoing else source,
            tags=row.get("tags") or None,
        )
        if kind != "transfer":
            rows.append(base)
            continue
        rows.append(base._replace(transfer_hint=target, payee=None))
        rows.append(base._replace(amount=size, account_hint=target, transfer_hint=source, payee=None,
                                  description=joined(source, row.get("description"))))  # fmt: skip
    return statement_of("csv", rows, rejected, layout="Firefly III")


def read_gnucash(found: list[Record]) -> Statement:
    """Splits on asset and liability accounts; the other splits of a transaction give its category."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    records = list(_as_dicts(found))
    decimal, _ = decimal_mark(row.get("amount num.", "") for _, row in records)
    for group in _transactions(records):
        own = [(line, split) for line, split in group if OWN_ACCOUNT.match(split.get("full account name", ""))]
        others = [split.get("full account name", "") for _, split in group]
        if not own:
            rejected.append(_of_nobody(*group[0]))
        for line, split in own:
            row = _split_row(line, split, group[0][1], decimal)
            if isinstance(row, RejectedRow):
                rejected.append(row)
                continue
            elsewhere = [name for name in others if name != row.account_hint]
            transfer = elsewhere[0] if len(elsewhere) == 1 and OWN_ACCOUNT.match(elsewhere[0]) else None
            category = elsewhere[0] if len(elsewhere) == 1 and transfer is None else None
            rows.append(row._replace(transfer_hint=transfer, category_hint=category))
    return statement_of("csv", rows, rejected, layout="GnuCash")


def _of_nobody(line: int, head: Row) -> RejectedRow:
    message = "no split is on an account under assets or liabilities"
    return RejectedRow(line=line, code="unreadable", message=message, text=str(head.get("description"))[:200])


def _split_row(line: int, split: Row, head: Row, decimal: DecimalMark) -> StatementRow | RejectedRow:
    day = read_date(head.get("date", ""), "ymd") or read_date(head.get("date", ""), "dmy")
    amount = read_amount(split.get("amount num.", ""), decimal)
    if day is None or amount is None:
        code = "bad_date" if day is None else "bad_amount"
        return RejectedRow(
            line=line, code=code, message=f"{code[4:]} cannot be read", text=str(head.get("description"))[:200]
        )
    commodity = (split.get("commodity/currency") or head.get("commodity/currency") or "").rpartition("::")[2]
    return StatementRow(
        line=line,
        date=day,
        amount=amount.value,
        description=joined(head.get("description"), split.get("memo")),
        bank_id=None,
        currency=currency_code(commodity),
        account_hint=split.get("full account name"),
    )


def _transactions(records: list[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    """Groups of splits: by transaction id where each line has one, else a line with a date begins a group."""
    group: list[tuple[int, Row]] = []
    for line, row in records:
        begins = bool(row.get("transaction id")) and (
            not group or row["transaction id"] != group[0][1].get("transaction id")
        )
        if group and (begins or (row.get("date") and not row.get("transaction id"))):
            yield group
            group = []
        group.append((line, row))
    if group:
        yield group


def _as_dicts(found: list[Record]) -> Iterator[tuple[int, Row]]:
    headings = [heading.strip().lower() for heading in found[0].cells]
    for record in found[1:]:
        if any(cell.strip() for cell in record.cells):
            yield record.line, dict(zip(headings, (cell.strip() for cell in record.cells), strict=False))
