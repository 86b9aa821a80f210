"""What the categorizer is asked by people: rows to look at, decisions on many, what it knows and has learned."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate
from finapp.transactions.public.ledger import Transaction


@dataclass(frozen=True, kw_only=True)
class UnlabelledRow:
    """A row to categorize without storing it."""

    date: dt.date
    amount: Decimal
    description: str
    mcc: str | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One category and how probable it is."""

    category: str
    confidence: Rate


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What the categorizer says of a row. `category` is None when it abstains."""

    category: str | None
    category_best: str | None
    candidates: tuple[Candidate, ...]
    confidence: Rate
    source: str
    merchant: str | None
    why: str


@dataclass(frozen=True, kw_only=True)
class SimilarRows:
    """Rows of the same merchant and direction as one row that nobody has decided yet."""

    matched: int
    count: int
    """Of these, how many have another category than the row: what applying its category would change."""
    transactions_query: str
    """Finds the matched rows: the query of `GET /transactions`."""


@dataclass(frozen=True, kw_only=True)
class ChangedTransaction(Transaction):
    """A row after a change, and after a correction the rows that it may hold for as well."""

    similar: SimilarRows | None
    """None when the category was not corrected."""


@dataclass(frozen=True, kw_only=True)
class UncertainRow:
    """A row whose category should be looked at, and what the categorizer would choose from."""

    transaction: Transaction
    candidates: tuple[Candidate, ...]
    """Up to three, likeliest first."""
    source: str
    why: str


@dataclass(frozen=True, kw_only=True)
class UncertainPage:
    """One page of rows to look at, the most money first."""

    items: tuple[UncertainRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class CategoryDecision:
    """A person's word on one row's category. None accepts the category that the row has."""

    transaction_id: str
    category_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenSet:
    """How the categorizer did on one set of statement lines that it was not made from."""

    name: str
    rows: int
    first_sight: Rate
    """Share of rows whose first candidate was right before anything was changed because of the set."""


@dataclass(frozen=True, kw_only=True)
class CategorizationModel:
    """What decides categories, how right it proved, and what this household has taught it."""

    release: str
    knowledge_version: str
    """Digest of the lists of names, wording and words it was built from."""
    names: int
    """Spellings that it knows."""
    model_version: str
    """Digest of the linear model's weights."""
    classes: tuple[str, ...]
    """The leaves that can be suggested; categories of the household's own are learned beside them."""
    layers: tuple[str, ...]
    """In the order they are asked; the first that answers decides."""
    categories: int
    applies: Rate
    """From this confidence a suggestion is applied without asking."""
    suggests: Rate
    """From this confidence a suggestion is applied and marked for a look; below it the product abstains."""
    evaluation: tuple[OpenSet, ...]
    first_sight_rows: int
    """Rows at first sight that confidences are calibrated on."""
    first_sight_right: int
    corrections: int
    """Decisions of this household that hold."""
    newest_correction: dt.date | None
    learned_merchants: int
    """Merchants, by direction of money, that decisions are remembered for."""
    learned_categories: Mapping[str, int]
    """Category id -> decisions for it."""
    rules: int
    """Active rules."""


@dataclass(frozen=True, kw_only=True)
class OfferedMerchant:
    """One of two merchants that look the same."""

    id: str
    name: str
    count: int
    """Rows of spending there."""
    first_on: dt.date
    last_on: dt.date
    printed: str
    """Its newest row as the bank printed it."""
    transactions_query: str
    """The path that lists its rows."""


@dataclass(frozen=True, kw_only=True)
class MerchantOffer:
    """Two merchants that look the same. Accepting is `PATCH /merchants/{merchant.id}` with `into_id`; giving `merchant`
    a name, even the one it has, keeps it apart for good."""

    merchant: OfferedMerchant
    into: OfferedMerchant
    reason: Literal["longer", "cut", "spelled_alike"]
    """The words of one begin the other's, one is the other cut short, or the letters are nearly the same."""
    similarity: Rate
    """Of the letters of both names, 0 to 1 (Ratcliff/Obershelp)."""
    category_id: str
    """The category that both have."""
    why: str


@dataclass(frozen=True, kw_only=True)
class MerchantOffers:
    """Merchants that could be merged, the most rows at stake first."""

    items: tuple[MerchantOffer, ...]
