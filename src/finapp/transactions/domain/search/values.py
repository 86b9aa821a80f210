"""What a search asks, as a tree of plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

How = Literal["contains", "is", "begins", "ends"]
"""How a text is compared, whatever the case."""
TextField = Literal["any", "description", "merchant", "note"]
Order = Literal["date", "-date", "amount", "-amount"]


@dataclass(frozen=True, kw_only=True)
class Contains:
    """A text field contains a text, whatever the case."""

    field: TextField
    text: str


@dataclass(frozen=True, kw_only=True)
class Matches:
    """A text field is, begins with or ends with a text, whatever the case."""

    field: TextField
    text: str
    how: How


@dataclass(frozen=True, kw_only=True)
class Regex:
    """A text field has a place that a bounded regular expression matches, whatever the case."""

    field: TextField
    pattern: str


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """A column holds exactly one of the values."""

    field: Literal["flow", "need", "status", "currency", "import", "id", "original"]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Named:
    """The row's account, category or merchant is the one of this id, or one whose name contains this text.

    `other_account`: the account on the other side of the row's pair.
    """

    field: Literal["account", "other_account", "category", "merchant"]
    name: str
    position: int
    """Where the name stands in the query, for the refusal of an unknown one."""
    how: How = "contains"
    """How the name is compared. A category that `is` the one named is that one alone, without what lies below."""


@dataclass(frozen=True, kw_only=True)
class Carries:
    """The row has a tag, the bank's id or a file whose text is, contains, begins or ends with this one."""

    field: Literal["tag", "reference", "attachment"]
    text: str
    how: How


@dataclass(frozen=True, kw_only=True)
class OnKind:
    """The row is on an account of a kind."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class Between:
    """The date lies between two days, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class Sized:
    """The amount lies between two bounds, both included unless `open`; None is unbounded.

    `signed`: out is negative; otherwise the size counts, whichever way the money went.
    """

    low: Decimal | None
    high: Decimal | None
    signed: bool
    without_low: bool = False
    without_high: bool = False


@dataclass(frozen=True, kw_only=True)
class Originally:
    """What was paid in another currency has a size between two bounds; None is unbounded."""

    low: Decimal | None
    high: Decimal | None
    without_low: bool = False
    without_high: bool = False


@dataclass(frozen=True, kw_only=True)
class Touched:
    """The row came into the ledger, or a person last changed it, between two days; None is open."""

    how: Literal["created", "changed"]
    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """The date falls on a day of the month, or into a month of the year."""

    part: Literal["day", "month"]
    number: int


@dataclass(frozen=True, kw_only=True)
class Is:
    """A property of the row."""

    word: str


@dataclass(frozen=True, kw_only=True)
class SincePayday:
    """On or after the newest day on which a salary came in."""

    today: date
    """A salary that is entered ahead has not come in."""


@dataclass(frozen=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: "Node"


@dataclass(frozen=True, kw_only=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, kw_only=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = (
    Contains
    | Matches
    | Regex
    | OneOf
    | Named
    | Between
    | Sized
    | Originally
    | Touched
    | Recurring
    | Carries
    | OnKind
    | Is
    | SincePayday
    | Not
    | All
    | Either
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """A condition, None for every row, and the order when the text names one."""

    where: Node | None
    order: Order | None


def texts_alone(where: Node | None) -> tuple[Contains, ...] | None:
    """The texts of a condition that asks for nothing but texts side by side, all of which a row has to contain."""
    if isinstance(where, Contains):
        return (where,)
    if not isinstance(where, All):
        return None
    texts = tuple(part for part in where.parts if isinstance(part, Contains))
    return texts if len(texts) == len(where.parts) else None
