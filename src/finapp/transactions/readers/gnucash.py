"""GnuCash's export of transactions with splits. Source: GnuCash manual, Export Transactions to CSV."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from finapp.transactions.domain.statement import (
    DateOrder,
    Mapping,
    NeedsMapping,
    RejectedRow,
    Statement,
    StatementRow,
)
from finapp.transactions.readers.amounts import DecimalMark, decimal_mark, read_amount
from finapp.transactions.readers.commodities import Quantity
from finapp.transactions.readers.dates import decide_order, read_date
from finapp.transactions.readers.grid import Record
from finapp.transactions.readers.journals import EXCHANGE, OPENING, OWN_ACCOUNT, with_openings
from finapp.transactions.readers.legs import Leg, Moved, divided, moved
from finapp.transactions.readers.rivals import Row, as_dicts
from finapp.transactions.readers.whole import joined

Split = tuple[int, Row]
"""The line of a split, and its cells by heading."""


def is_gnucash(headings: list[str]) -> bool:
    """Whether headings are those of GnuCash's export of transactions with splits."""
    found = {h.strip().lower() for h in headings}
    return {"transaction id", "full account name", "amount num."} <= found


def in_english(found: list[Record]) -> list[Record] | None:
    """The records of an export in another language under the headings that it has in English; None for other tables.

    The columns stand in the same order in every language, and the lines of further splits say nothing of their
    transaction.
    """
    if not found or len(found[0].cells) != len(_HEADINGS):
        return None
    further = [record.cells for record in found[1:] if len(record.cells) == len(_HEADINGS) and not record.cells[0]]
    if not further or not all(cells[9] and _is_number(cells[12]) and _is_number(cells[14]) for cells in further):
        return None
    return [found[0]._replace(cells=list(_HEADINGS)), *found[1:]]


def _is_number(cell: str) -> bool:
    return any(character.isdigit() for character in cell) and not any(character.isalpha() for character in cell)


_HEADINGS = (
    "Date", "Transaction ID", "Number", "Description", "Notes", "Commodity/Currency", "Void Reason", "Action", "Memo",
    "Full Account Name", "Account Name", "Amount With Sym", "Amount Num.", "Value With Sym", "Value Num.", "Reconcile",
    "Reconcile Date", "Rate/Price",
)  # fmt: skip


def read_gnucash(found: list[Record], country_order: DateOrder | None, given: Mapping) -> Statement | NeedsMapping:
    """Splits on asset and liability accounts; the other splits of a transaction give its category."""
    records = list(as_dicts(found))
    dates = [row["date"] for _, row in records if row.get("date")]
    order = given.date_order or decide_order([dates], country_order).order
    if order is None:
        message = "every date can be read as day/month or as month/day, and nothing in the file decides"
        return NeedsMapping(question="date_order", message=message, candidates=("dmy", "mdy"), mapping=given,
                            headings=("Date",), sample=tuple((shown,) for shown in dates[:5]))  # fmt: skip
    decimal, _ = decimal_mark(row.get("amount num.", "") for _, row in records)
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    for group in _transactions(records):
        for made in _of_transaction(group, order, decimal):
            if isinstance(made, RejectedRow):
                rejected.append(made)
            else:
                rows.append(made)
    return replace(with_openings("csv", rows, rejected), layout="GnuCash")


def _of_transaction(group: list[Split], order: DateOrder, decimal: DecimalMark) -> Iterator[StatementRow | RejectedRow]:
    head = group[0][1]
    names = [split.get("full account name", "") for _, split in group]
    own = [(line, split) for line, split in group if OWN_ACCOUNT.match(split.get("full account name", ""))]
    if not own:
        yield _refused(group[0][0], head, "unreadable", "no split is on an account under assets or liabilities")
    if head.get("void reason"):
        yield _refused(group[0][0], head, "reverted", f"it was voided: {head['void reason'][:60]}")
        return
    found = _moved(group, own, decimal)
    for line, split in own:
        row = _split_row(line, split, head, order, decimal)
        if isinstance(row, StatementRow):
            elsewhere = [name for name in names if name != row.account_hint]
            transfer = elsewhere[0] if len(elsewhere) == 1 and OWN_ACCOUNT.match(elsewhere[0]) else None
            category = elsewhere[0] if len(elsewhere) == 1 and transfer is None else None
            row = divided(row, found.get(line)) or row._replace(transfer_hint=transfer, category_hint=category)
        yield row


def _moved(group: list[Split], own: list[Split], decimal: DecimalMark) -> dict[int, Moved]:
    """What the splits of the household were for, by their lines; nothing where the values do not come to zero.

    The value of a split is in the currency of its transaction, whatever its account is in.
    """
    mine = {line for line, _ in own}
    legs: dict[int, Leg] = {}
    for line, split in group:
        name = split.get("full account name", "")
        value = read_amount(split.get("value num.") or split.get("amount num.", ""), decimal)
        if value is None or OPENING.match(name):
            return {}
        held = line in mine and _commodity(split, group[0][1], value.value).is_security
        memo = None if line in mine else split.get("memo") or None
        if not EXCHANGE.match(name):
            legs[line] = Leg(name, value.value, line in mine and not held, held, memo)
    at = [line for line, leg in legs.items() if leg.own and leg.amount]
    return dict(zip(at, moved(list(legs.values())) or (), strict=False))


def _split_row(line: int, split: Row, head: Row, order: DateOrder, decimal: DecimalMark) -> StatementRow | RejectedRow:
    day = read_date(head.get("date", ""), order)
    amount = read_amount(split.get("amount num.", ""), decimal)
    if day is None or amount is None:
        code = "bad_date" if day is None else "bad_amount"
        return _refused(line, head, code, f"{code[4:]} cannot be read")
    shown = _commodity(split, head, amount.value)
    if shown.is_security:
        message = f"{amount.value} {shown.commodity} is no money: only amounts in a currency are taken"
        return _refused(line, head, "not_money", message)
    return StatementRow(
        line=line,
        date=day,
        amount=amount.value,
        description=joined(head.get("description"), split.get("memo")),
        currency=shown.currency,
        account_hint=split.get("full account name"),
    )


def _commodity(split: Row, head: Row, amount: Decimal) -> Quantity:
    """What a split is of: what stands beside its amount, else the commodity of the transaction."""
    beside = re.sub(r"[-+\d.,'()\s]+", " ", split.get("amount with sym", "")).strip()
    stated = (split.get("commodity/currency") or head.get("commodity/currency") or "").rpartition("::")[2]
    apart = split.get("amount num.") != split.get("value num.")
    named = Quantity(amount, beside or None)
    if named.is_security or (named.currency is not None and (apart or beside != "$")):
        return named
    return Quantity(amount, stated or beside or None)


def _refused(line: int, head: Row, code: str, message: str) -> RejectedRow:
    return RejectedRow(line=line, code=code, message=message, text=str(head.get("description"))[:200])


def _transactions(records: list[Split]) -> Iterator[list[Split]]:
    """Groups of splits: by transaction id where each line has one, else a line with a date begins a group."""
    group: list[Split] = []
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
