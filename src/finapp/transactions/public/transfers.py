"""Movements between own accounts, and rules."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import Conflict, NotFound
from finapp.kernel.money import Rate
from finapp.transactions.public.ledger import Transaction

TransferKind = Literal[
    "transfer",
    "card_payment",
    "investment",
    "loan",
    "wallet",
    "sweep",
    "instalments",
    "refund",
    "reversal",
    "reimbursement",
]
"""Movements between own accounts; `instalments`, a purchase and the credit by which its card turned it into
instalments; and a purchase with what came back of it: `refund`, `reversal`, `reimbursement`."""


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Two rows that belong together. Neither side of a movement is income or spending of its own, and what came back
    is taken off what was spent."""

    id: str
    out: Transaction
    into: Transaction
    amount: Decimal
    """What left, positive; of a purchase, what came back."""
    currency: str
    kind: TransferKind
    confidence: Rate
    evidence: tuple[str, ...]
    """Codes with facts: `amount`, `days:1`, `out_names_account:4321`, `rate:83.10`, `confirmed`."""
    confirmed: bool
    """A person said so; otherwise it is the product's finding."""


@dataclass(frozen=True, kw_only=True)
class TransferPage:
    """One page of pairs, newest first."""

    items: tuple[Transfer, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class SplitShare:
    """A part that a rule makes of a row: its share of the amount. The shares of a row sum to 1."""

    share: Rate
    category_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class RuleActions:
    """What a rule does to a row that its condition finds. Nothing that a person decided is overwritten."""

    category_id: str | None = None
    merchant: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    split: tuple[SplitShare, ...] = ()
    """Parts to split the row into; a row that is split already stays as it is."""
    link_account_id: str | None = None
    """The other side of the row is on this account: it is paired with the only row there that can be it."""
    mark: bool = False
    hide: bool = False
    """The row counts in balances, and is neither income nor spending."""
    stop: bool = False
    """Later rules leave the row alone."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the household. Rules run in the order of their positions, on import and on demand."""

    id: str
    position: int
    name: str
    condition: str
    """In the search language."""
    actions: RuleActions
    active: bool
    group: str | None
    """Rules of a group are listed and run together."""
    version: int


@dataclass(frozen=True, kw_only=True)
class RulePage:
    """Every rule, in order."""

    items: tuple[Rule, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """A rule to add; at the end of the order unless a position is given."""

    name: str
    condition: str
    actions: RuleActions
    active: bool = True
    position: int | None = None
    group: str | None = None


@dataclass(frozen=True, kw_only=True)
class RuleChanges:
    """What to change of a rule; None leaves as it is."""

    name: str | None = None
    condition: str | None = None
    actions: RuleActions | None = None
    active: bool | None = None
    position: int | None = None
    group: str | None = None
    """Empty for none."""


@dataclass(frozen=True, kw_only=True)
class RuleSuggestion:
    """A rule that a person's corrections speak for."""

    rule: NewRule
    corrections: int
    """How many corrections say the same; none says otherwise."""
    rows: int
    """How many rows it would find."""
    would_change: int
    """How many of them nobody has decided and stand in another category."""
    transactions_query: str


@dataclass(frozen=True, kw_only=True)
class RuleSuggestions:
    """Rules to add, those that more corrections speak for first."""

    items: tuple[RuleSuggestion, ...]
    next_cursor: str | None = None


class TransferNotFound(NotFound):
    """No pair of this household has this id."""

    code = "transfer_not_found"
    title = "No such transfer"


class NotATransfer(Conflict):
    """The two rows cannot be one movement between own accounts."""

    code = "not_a_transfer"
    title = "These rows cannot be one transfer"


class RuleNotFound(NotFound):
    """No rule of this household has this id."""

    code = "rule_not_found"
    title = "No such rule"
