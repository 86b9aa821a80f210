"""Rows of the ledger, categories and merchants."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import Conflict, Invalid, NotFound
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

Flow = Literal["income", "expense", "transfer", "investment", "debt", "refund"]
Need = Literal["essential", "discretionary"]
Status = Literal["pending", "posted", "reconciled"]
Kind = Literal["income", "expense", "transfer", "investment", "debt"]


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """One row. `amount` is signed from the household's side: out negative, in positive."""

    id: str
    account_id: str
    date: dt.date
    amount: Decimal
    currency: str
    description: str
    category_id: str
    category: str
    """The taxonomy leaf; for a category of the household's own, that of its built-in ancestor."""
    merchant_id: str | None
    merchant: str | None
    tags: tuple[str, ...]
    note: str | None
    status: Status
    flow: Flow
    need: Need | None
    """Only for flows `expense` and `refund`."""
    transfer_id: str | None
    """Joins the two rows of one movement between own accounts."""
    splits: tuple[str, ...]
    """The parts of a split row: rows of their own, which are counted and listed instead of it."""
    split_of: str | None
    """The row this one is a part of."""
    confidence: Rate | None
    """How sure the categorizer was; None when a person decided."""
    why: str
    """Which layer decided category and flow, in words."""
    asks: bool
    """Whether a person should confirm the flow, because the other side of the movement is not in the ledger."""
    import_id: str | None
    original_amount: Decimal | None
    """What was paid in another currency, as the bank printed it."""
    original_currency: str | None
    rate: Rate | None
    """Units of `currency` for one of `original_currency`."""
    marked: bool
    """A person or a rule wants to come back to it."""
    hidden: bool
    """Counted in balances, and neither income nor spending."""
    version: int


@dataclass(frozen=True, kw_only=True)
class TransactionPage:
    """One page of rows."""

    items: tuple[Transaction, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """How many rows a month has."""

    month: Month
    count: int


@dataclass(frozen=True, kw_only=True)
class Outline:
    """How the rows of a filter lie in time, newest month first, so that a client can jump."""

    months: tuple[MonthCount, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class NewTransaction:
    """A row entered by hand. Without a category the categorizer decides."""

    account_id: str
    date: dt.date
    amount: Decimal
    description: str
    category_id: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    status: Status = "posted"
    original_amount: Decimal | None = None
    """In the currency of the purchase, with the sign of `amount`."""
    original_currency: str | None = None
    rate: Rate | None = None
    """Units of the account's currency for one of the purchase's; what the two amounts come to unless said."""


@dataclass(frozen=True, kw_only=True)
class TransactionChanges:
    """What to change of a row; None leaves as it is."""

    date: dt.date | None = None
    amount: Decimal | None = None
    description: str | None = None
    category_id: str | None = None
    flow: Flow | None = None
    need: Need | None = None
    tags: tuple[str, ...] | None = None
    note: str | None = None
    status: Status | None = None
    marked: bool | None = None
    hidden: bool | None = None
    """A hidden row counts in balances, and is neither income nor spending."""
    original_amount: Decimal | None = None
    """In the currency of the purchase, with the sign of the amount."""
    original_currency: str | None = None
    rate: Rate | None = None
    """What the two amounts come to, when one of them changes and the rate is not said."""
    forget: tuple[Literal["category_id", "flow", "need", "original", "rate"], ...] = ()
    """What a person had said and takes back: the product decides it again. `original` is all that was paid abroad."""


@dataclass(frozen=True, kw_only=True)
class TransactionFilter:
    """Which rows: all conditions hold together; an empty tuple or None asks for nothing."""

    account_id: str | None = None
    category_id: str | None = None
    merchant_id: str | None = None
    tag: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    flows: tuple[Flow, ...] = ()
    needs: tuple[Need, ...] = ()
    status: Status | None = None
    query: str | None = None
    """A condition in the search language, with an order if it names one."""
    asks: bool | None = None
    import_id: str | None = None
    person: str | None = None
    """Rows of the accounts that this member has opened."""
    order: Literal["date", "-date", "amount", "-amount"] = "-date"


@dataclass(frozen=True, kw_only=True)
class Category:
    """A category. A built-in's `id` is its code; one of the household's own stands below a built-in leaf."""

    id: str
    code: str
    name: str
    parent_id: str | None
    kind: Kind
    need: Need | None
    version: int


@dataclass(frozen=True, kw_only=True)
class CategoryPage:
    """All categories, parents before children."""

    items: tuple[Category, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewCategory:
    """A category of the household's own, below a built-in leaf or another of its own."""

    name: str
    parent_id: str
    need: Need | None = None


@dataclass(frozen=True, kw_only=True)
class CategoryChanges:
    """What to change; None leaves as it is. The need of a built-in leaf may be changed for this household."""

    name: str | None = None
    need: Need | None = None


@dataclass(frozen=True, kw_only=True)
class Merchant:
    """A payee as the ledger groups them, with what went there (positive: spent) and how often."""

    id: str
    name: str
    currency: str
    total: Decimal
    count: int
    first_on: dt.date
    last_on: dt.date
    initials: str
    """One or two letters for a badge."""
    category_id: str
    """Category of its newest row."""
    country: str | None
    """ISO 3166, two letters, of a brand that trades in one country only; None when unknown or international."""
    website: str | None
    """The domain that its statement lines print; None when they print none."""
    merged: tuple[str, ...]
    """Ids of the merchants that the household counts as this one."""


@dataclass(frozen=True, kw_only=True)
class MerchantPage:
    """One page of merchants, the largest total first."""

    items: tuple[Merchant, ...]
    next_cursor: str | None


class MerchantNotFound(NotFound):
    """No row of this household is of this merchant."""

    code = "merchant_not_found"
    title = "No such merchant"


class TransactionNotFound(NotFound):
    """No row of this household has this id."""

    code = "transaction_not_found"
    title = "No such transaction"


class InvalidQuery(Invalid):
    """A query in the search language cannot be understood. `position` is the character, from 0."""

    code = "invalid_query"
    title = "The query cannot be understood"

    def __init__(self, message: str, position: int = 0, *, field: str = "q") -> None:
        super().__init__(field, f"at character {position + 1}: {message}")
        self.facts["position"] = position
        self.reason = message
        self.position = position

    def of(self, field: str) -> "InvalidQuery":
        """The same refusal of a query that stands in another field."""
        return InvalidQuery(self.reason, self.position, field=field)


class CategoryNotFound(NotFound):
    """No category of this household has this id."""

    code = "category_not_found"
    title = "No such category"


class CategoryInUse(Conflict):
    """Rows or children still carry the category."""

    code = "category_in_use"
    title = "The category is in use"


class BuiltInCategory(Conflict):
    """A built-in category cannot be deleted or renamed."""

    code = "built_in_category"
    title = "Built-in categories stay"
