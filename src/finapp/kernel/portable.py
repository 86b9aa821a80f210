"""A household's rows on their way out of one context and into another household: words that every context shares."""

from dataclasses import dataclass
from typing import Protocol

from finapp.kernel.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class HouseholdPage:
    """Some rows of a household, one JSON text each: `["table", {"column": value}]`, as `platform.portable` writes."""

    lines: tuple[str, ...]
    next_cursor: str | None


class HouseholdNotEmpty(Conflict):
    """The household has rows already, and restoring would mix two households."""

    code = "household_not_empty"
    title = "The household is not empty"


class PortableHousehold(Protocol):
    """What every context promises so that a household can move: its rows out, in the same order each time, and in."""

    def household_rows(self, *, owner: str, cursor: str | None = None) -> HouseholdPage:
        """The next rows that are not derived from others. Raises Invalid for a cursor that is none."""

    def restore_rows(self, *, owner: str, lines: tuple[str, ...], first: bool, last: bool) -> None:
        """Takes rows of another household as this one's; with the last ones, what is derived is made again.

        Raises HouseholdNotEmpty with the first rows when there are rows already, Invalid("file") for lines that are
        not rows of this context.
        """

    def discard_rows(self, *, owner: str) -> None:
        """Deletes every row of the household, after a restore that failed half way."""
