"""A row of the ledger as it is stored, and how it looks to money movement and to the sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from finapp.kernel.money import from_minor
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.movement import Decision, LightRow, what_it_does

WHY: Final[Mapping[str, str]] = {
    "paired": "both sides are in the ledger",
    "reimbursement": "paid back to you for what you spent for others: please say what it was for",
    "instalments": "turned into instalments: counted as they are paid",
    "self": "the text says it went to or came from yourself",
    "holder_name": "the text carries your own name",
    "own_account": "the text carries the number of an account of yours",
    "card_in_ledger": "the bill of a card whose own statements are in the ledger: its purchases are counted there",
    "card_unseen": "the bill of a card whose statements are not in the ledger: counted as spending not itemised",
    "card_payment_received": "a payment of this card's bill",
    "refund_words": "the text says it is a refund",
    "refund_of_merchant": "money back from a merchant you had paid",
    "credit_on_card": "money back on a card",
    "transfer_unknown": "a transfer whose other side is not in the ledger: please say what it was",
    "money_in_from_merchant": "money from a merchant you have not paid: please say what it was",
    "loan_disbursed": "a loan paid out: neither income nor spending",
    "inside_loan_account": "a row of the loan account itself; the instalment is counted where it was paid",
    "inside_investment_account": "a row of the investment account itself; money is counted where it was paid",
}
"""Reasons of movement that decide more than the category did, in words."""


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One stored row. `amount` is in minor units, signed from the household's side."""

    id: str
    account_id: str
    date: date
    amount: int
    ordinal: int
    currency: str
    description: str
    merchant_id: str
    merchant: str
    suggested: str | None
    """What the categorizer said before movement; None when it abstained."""
    category_id: str
    category: str
    decided: bool
    flow_decided: bool
    flow: str
    need: str
    """Empty for what is not spending."""
    transfer_id: str | None
    confidence: Decimal | None
    why: str
    """What the categorizer said."""
    reason: str
    """The code of what money movement said."""
    asks: bool
    tags: tuple[str, ...] = ()
    note: str | None = None
    status: str = "posted"
    bank_id: str | None = None
    balance_after: int | None = None
    import_id: str | None = None
    line: int | None = None
    person: str
    version: int = 1
    split_of: str | None = None
    """The row this one is a part of. The whole stands aside while its parts are counted."""
    original_amount: Decimal | None = None
    """What was paid in the currency of the purchase, with the sign of `amount`."""
    original_currency: str | None = None
    rate: Decimal | None = None
    """Units of the account's currency for one of the original, as the bank printed it."""
    marked: bool = False
    """A person, or a rule, wants to come back to it."""
    hidden: bool = False
    """Counted in balances, and neither income nor spending."""


Place = Literal["ledger", "bin", "split", "review", "duplicate"]
"""Where a row stands: counted, deleted, aside because its parts are counted, waiting for a person to say whether it is
new, or known as another printing of a counted row."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A row and where it stands."""

    place: Place
    row: LedgerRow


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a change does to one row: None before for a new row, None after for one that is gone."""

    transaction_id: str
    before: Placed | None
    after: Placed | None

    def reversed(self) -> "Step":
        """The step back."""
        return Step(transaction_id=self.transaction_id, before=self.after, after=self.before)


@dataclass(frozen=True, kw_only=True)
class OwnCategory:
    """What movement and sums must know of a category: its leaf, and its need where the household changed it."""

    leaf: str
    need: str | None


def light(
    row: LedgerRow, account_kind: str, categories: Mapping[str, OwnCategory], cues: int | None = None
) -> LightRow:
    """The row as money movement sees it: with the category chosen or suggested, before movement.

    `cues` are what its narration says, where that has been found before.
    """
    chosen = row.category_id if row.decided else row.suggested
    own = categories.get(chosen) if chosen is not None else None
    leaf = own.leaf if own is not None else chosen
    kind = taxonomy.kind_of(leaf) if own is not None and leaf is not None else None
    made = object.__new__(LightRow)
    vars(made).update(
        id=row.id,
        account_id=row.account_id,
        account_kind=account_kind,
        date=row.date,
        amount=from_minor(row.amount, row.currency),
        currency=row.currency,
        description=row.description,
        category=leaf,
        category_kind=kind,
        category_need=own.need if own is not None else None,
        decided=row.decided,
        merchant_key=row.merchant_id,
        confidence=float(row.confidence or 0),
        flow_said="transfer" if row.hidden else row.flow if row.flow_decided else None,
        cues=cues,
        does=what_it_does(leaf, kind, came_in=row.amount > 0),
    )
    return made


def changes(
    row: LedgerRow, decision: Decision, transfer_id: str | None, categories: Mapping[str, OwnCategory]
) -> dict[str, object]:
    """What a decision of movement changes of a row; empty when it is as decided already."""
    values: dict[str, object] = {"transfer_id": transfer_id, "reason": decision.reason}
    values["asks"] = decision.ask and not row.flow_decided
    if row.hidden:
        values |= {"flow": "transfer", "need": "", "asks": False}
    elif not row.flow_decided:
        values |= {"flow": decision.flow, "need": decision.need or ""}
    if not row.decided:
        own = categories.get(row.suggested or "")
        suggestion_holds = own is not None and own.leaf == decision.category
        values["category"] = decision.category
        values["category_id"] = row.suggested if suggestion_holds else decision.category
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def altered(row: LedgerRow, values: dict[str, object]) -> LedgerRow:
    """The row with other values: `dataclasses.replace` would set all forty fields of each row of a large import."""
    if not values:
        return row
    made = object.__new__(LedgerRow)
    own = vars(row).copy()
    own.update(values)
    object.__setattr__(made, "__dict__", own)
    return made
