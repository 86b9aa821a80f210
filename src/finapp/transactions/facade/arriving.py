"""A row of a statement, as identity, categorizer and ledger look at it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor, quantum, to_minor
from finapp.transactions.domain.identity import Known
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.reconciliation import Balances
from finapp.transactions.domain.statement import Statement, StatementPart, StatementRow
from finapp.transactions.public import Reconciliation, RowOutcome

_LONGEST_TAG, _MOST_TAGS, _LONGEST_NOTE = 50, 50, 5000
"""As where tags and notes are entered."""


def would_be(row: LedgerRow, parts: Sequence[LedgerRow] = ()) -> RowOutcome:
    """A row as a dry run shows it; one that is divided with what its parts are for."""
    amount = from_minor(row.amount, row.currency)
    placed = f"{row.flow} {row.category}"
    if parts:
        placed = ", ".join(f"{from_minor(part.amount, part.currency)} {part.flow} {part.category}" for part in parts)
    message = f"{row.date} {amount} {row.currency} {placed}: {row.description[:80]}"
    return RowOutcome(line=row.line or 0, outcome="imported", transaction_id=None, reason="new", message=message)


def refused(line: int, reason: str, message: str, transaction_id: str | None = None) -> RowOutcome:
    """A row that could not be taken, and why."""
    return RowOutcome(line=line, outcome="rejected", transaction_id=transaction_id, reason=reason, message=message)


def remarked(row: LedgerRow, remark: str) -> RowOutcome:
    """A new row that was not taken exactly as the file has it."""
    return RowOutcome(line=row.line or 0, outcome="imported", transaction_id=row.id, reason="rounded", message=remark)


def kind_of(statement: Statement) -> str | None:
    """The kind of account a statement is of, as it says or as its layout is known for; None when neither tells."""
    if statement.account.kind is not None:
        return statement.account.kind
    words = statement.layout.casefold().split()
    if "card" in words:
        return "credit_card"
    return "checking" if {"account", "checking"} & set(words) else None


class Misfit(Exception):
    """Why a row cannot stand in an account."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def fitted(row: StatementRow, currency: str) -> int:
    """The amount of a row in minor units of the currency of its account. Raises Misfit."""
    if row.currency is not None and row.currency != currency:
        raise Misfit("other_currency", f"the row is in {row.currency}, the account in {currency}")
    try:
        return to_minor(row.amount, currency)
    except Invalid as fault:
        raise Misfit("bad_amount", fault.message) from None


def own_values(row: StatementRow, currency: str) -> dict[str, object]:
    """What the ledger keeps of a row besides its amount and what is said of it."""
    values = {
        "date": row.date,
        "description": row.description,
        "bank_id": row.bank_id,
        "balance_after": _minor_of(row.balance_after, currency),
        "status": row.status if row.status in ("pending", "reconciled") else "posted",
        "original_amount": row.original_amount,
        "original_currency": row.original_currency,
        "rate": row.rate,
        "line": row.line,
    }
    return values | said_of(row) if row.tags or row.note else values


def said_of(row: StatementRow | StatementPart) -> dict[str, object]:
    """The tags and the note that a person gave a row elsewhere, as far as they fit."""
    tags = (" ".join(tag.split())[:_LONGEST_TAG] for tag in (row.tags or "").split(","))
    kept = tuple(dict.fromkeys(tag for tag in tags if tag))[:_MOST_TAGS]
    return {"tags": kept, "note": (row.note or "").strip()[:_LONGEST_NOTE] or None}


def _minor_of(amount: Decimal | None, currency: str) -> int | None:
    """A printed balance in minor units; None where there is none that the currency can hold."""
    if amount is None:
        return None
    try:
        return to_minor(amount, currency)
    except Invalid:
        # A balance is evidence, not money of ours: one that the currency cannot hold is left out.
        return None


def with_decimals(amount: Decimal | None, currency: str) -> Decimal | None:
    """An amount of a file with the decimals of its currency; one that has more keeps them."""
    if amount is None:
        return None
    whole = amount.quantize(quantum(currency), context=EXACT)
    return whole if whole == amount else amount


def known(row: LedgerRow, layout: str) -> Known:
    """What identity looks at of a stored row."""
    balance = row.balance_after
    return Known(
        key=row.id,
        date=row.date,
        amount=from_minor(row.amount, row.currency),
        description=row.description,
        bank_id=row.bank_id,
        balance_after=None if balance is None else from_minor(balance, row.currency),
        source=layout,
        ordinal=row.ordinal,
    )


def behind(
    own: Sequence[LedgerRow], new: Mapping[str, int], arrived: Sequence[StatementRow], minors: Mapping[int, int]
) -> dict[str, int]:
    """The ordinals of new rows behind those that the same import has given in the account already."""
    taken: dict[tuple[date, int], int] = {}
    for stored in own:
        place = stored.date, stored.amount
        taken[place] = max(taken.get(place, 0), stored.ordinal + 1)
    moved = {}
    for key, ordinal in new.items():
        moved[key] = ordinal + taken.get((arrived[int(key)].date, minors[int(key)]), 0)
    return moved


def arriving(number: int, row: StatementRow, layout: str) -> Known:
    """What identity looks at of a row of the file."""
    return Known(
        key=str(number),
        date=row.date,
        amount=row.amount,
        description=row.description,
        bank_id=row.bank_id,
        balance_after=row.balance_after,
        source=layout,
    )


def shown(balances: Balances, currency: str) -> Reconciliation:
    """Balances as the others see them: with the decimals of the currency."""
    return Reconciliation(
        opening_balance=with_decimals(balances.opening, currency),
        closing_balance=with_decimals(balances.closing, currency),
        sum=with_decimals(balances.sum, currency) or Decimal(0),
        difference=with_decimals(balances.difference, currency),
        balanced=None if balances.difference is None else balances.difference == 0,
        first_break_line=balances.first_break_line,
    )
