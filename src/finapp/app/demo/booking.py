"""What is planned before a row exists: where it is booked, how it will be printed, and when."""

from dataclasses import dataclass
from datetime import date

from finapp.app.demo.truth import Flow, Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Everything that rows of one kind have in common. `account` is the place of the account in the household."""

    account: int
    channel: str
    leaf: str
    flow: Flow
    merchant: str | None
    text: str
    series_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One planned booking.

    `minor` is signed, in minor units; None when it follows from a balance (a card's bill, interest for `months`).
    `mirror` is the other side of an own movement, booked `lag` days later; `pair` says which kind of movement it is.
    """

    day: date
    source: Source
    minor: int | None
    mirror: Source | None = None
    lag: int = 0
    pair: str = ""
    months: int = 0
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A recurring series with its bookings inside the household's window."""

    series: Series
    dues: tuple[Due, ...]
