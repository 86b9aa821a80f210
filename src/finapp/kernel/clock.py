"""The one source of 'today' and 'now', so that both are parameters everywhere else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def today(self) -> date:
        """The current booking date in the server's configured zone."""

    def now(self) -> datetime:
        """The current instant, in UTC."""


class SystemClock:
    """The machine's clock."""

    def today(self) -> date:
        """The machine's local calendar date."""
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The current instant, in UTC."""
        return datetime.now(UTC)


@dataclass
class DatedClock(SystemClock):
    """The machine's clock with the date held fast, so that derived figures of a demo stay the same."""

    day: date

    def today(self) -> date:
        """The date held fast."""
        return self.day


@dataclass
class FixedClock:
    """A clock that stands still, for tests and reproducible demos."""

    instant: datetime

    def today(self) -> date:
        """The date of the fixed instant."""
        return self.instant.date()

    def now(self) -> datetime:
        """The fixed instant."""
        return self.instant
