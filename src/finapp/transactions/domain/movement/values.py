"""The words of money movement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.descriptor import Descriptor, parse
from finapp.transactions.domain.movement import wording

Rate = Callable[[str, str, date], Decimal | None]
Flow = Literal["income", "expense", "transfer", "investment", "debt", "refund"]
PairKind = Literal["transfer", "card_payment", "investment", "loan", "wallet", "sweep", "instalments"]
"""`instalments`: a purchase and the credit by which its card turned it into instalments, both on the card."""
AccountKind = Literal["checking", "savings", "credit_card", "cash", "loan", "investment", "overdraft"]


@dataclass(frozen=True, kw_only=True)
class LightRow:
    """What movement needs to know of one row."""

    id: str
    account_id: str
    account_kind: str
    date: date
    amount: Decimal
    """Signed from the household: out negative, in positive."""
    currency: str
    description: str
    category: str | None = None
    """The leaf (or a user's category) suggested or chosen so far; None when nobody knows."""
    category_kind: str | None = None
    """Kind of `category` where it is a user's own or was changed; None means: as the taxonomy says."""
    category_need: str | None = None
    """Need of `category` where the household changed it; None means: as the taxonomy says."""
    decided: bool = False
    """A person chose the category (or a rule did): movement keeps it and only reads flow and need off it."""
    merchant_key: str = ""
    confidence: float = 0.0
    flow_said: str | None = None
    """The flow that a person gave the row, whatever movement finds; None when nobody did."""
    cues: int | None = None
    """What the narration says, as `wording.said` found it for the household's members; None when nobody has looked."""

    @cached_property
    def says(self) -> int:
        """What the narration says: bits of `wording`."""
        return wording.said(self.descriptor, credit=self.amount > 0) if self.cues is None else self.cues

    @cached_property
    def does(self) -> str | None:
        """What the category of the row does, None while it has none."""
        return what_it_does(self.category, self.category_kind, came_in=self.amount > 0)

    @cached_property
    def descriptor(self) -> Descriptor:
        """The parsed narration: asked ten times of each row."""
        return parse(self.description, "in" if self.amount > 0 else "out")


def what_it_does(category: str | None, kind: str | None, *, came_in: bool) -> str | None:
    """The kind of a category, `kind` where the household says so; None for no category."""
    if category is None or category == taxonomy.UNCATEGORIZED:
        return None
    return kind or taxonomy.kind_of(category, came_in)


@dataclass(frozen=True, kw_only=True)
class OwnAccount:
    """One account of the household."""

    id: str
    kind: str
    currency: str = ""
    name: str = ""
    institution: str = ""
    last4: str = ""
    covered: tuple[tuple[date, date], ...] = ()
    """Periods (first and last day) for which its own statements are in the ledger."""
    payments: tuple[date, ...] = ()
    """For cards: the stored days on which its own statements print that its bill was paid."""


class Spent(NamedTuple):
    """The first day money was spent at a merchant, and the largest amount, positive."""

    first: date
    most: Decimal


@dataclass(frozen=True, kw_only=True)
class Household:
    """What the household is, as far as movement must know it."""

    accounts: tuple[OwnAccount, ...]
    holders: tuple[str, ...] = ()
    """Names of its members as banks print them."""
    rejected: frozenset[frozenset[str]] = frozenset()
    """Pairs of row ids that a user said are not one transfer."""
    confirmed: frozenset[frozenset[str]] = frozenset()
    """Pairs of row ids that a user said are one transfer."""
    spent_at: Mapping[str, Spent] = field(default_factory=dict)
    """Merchant key -> what was spent there, for refunds. Rows given to `decide` are added to it."""
    rate: Rate | None = None
    """(currency, other, day) -> how much of the other currency one unit was on that day, None when unknown; for
    transfers between currencies. None: there are none."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two rows that are one movement between own accounts."""

    out_id: str
    in_id: str
    kind: PairKind
    confidence: float
    confirmed: bool
    """A user said so; otherwise it is the product's finding."""
    evidence: tuple[str, ...]
    """Codes with facts: `amount`, `days:1`, `rate:83.10`; per side `out_says_transfer`, `in_names_account:4321` ..."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one row does to income, spending and saving."""

    id: str
    flow: Flow
    need: Literal["essential", "discretionary"] | None
    """Only for spending and refunds."""
    category: str
    """The category after movement: a transfer's, `card_spending_unseen`, or the one given; `uncategorized` if none."""
    reason: str
    """A code: `paired`, `card_in_ledger`, `card_unseen`, `own_account`, `self`, `holder_name`, `refund_words`,
    `refund_of_merchant`, `category`, `user`, `inside_loan_account`, `transfer_unknown`, `uncategorized` ..."""
    pair_id: str | None = None
    """The id of the other side."""
    ask: bool = False
    """Only the household can say; `suggestion` is what to offer."""
    suggestion: str | None = None


@dataclass(frozen=True, kw_only=True)
class Movement:
    """The answer of `decide`: one decision per given row in the given order, and the pairs among them."""

    decisions: tuple[Decision, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True)
class AmountLookup:
    """Rows of `currency` whose absolute amount lies in [low, high] and whose date lies in [first, last]."""

    currency: str
    low: Decimal
    high: Decimal
    first: date
    last: date
    account_id: str | None = None
    """Only credits of this account."""


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """Which stored rows must be decided again together with new ones, so that the order of imports cannot matter."""

    amounts: tuple[AmountLookup, ...]
    """Possible other sides, and rows that could be the other side of those."""
    refunds_of: tuple[str, ...]
    """Merchant keys whose positive rows may have become refunds."""
    card_bills: tuple[date, date] | None
    """Rows of this period on other accounts whose category is `card_payment` or `card_spending_unseen`."""
