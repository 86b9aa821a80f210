"""Whether a file continues those of an account whose mapping a person gave: the same columns, the same number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from finapp.transactions.domain.parts import Part
from finapp.transactions.domain.statement import Mapping as Profile
from finapp.transactions.facade.mappings import NO_COLUMNS, shown_mapping
from finapp.transactions.public import Account

Columns = frozenset[tuple[str, str]]
"""What each column of a file was read as."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An account, what a person said of its files, and the columns of those that were taken in."""

    account: Account
    profile: Profile
    columns: tuple[Columns, ...]

    def may_be_of(self, headings: Collection[str]) -> bool:
        """Whether a file with these headings has every column of one that was taken in."""
        there = {heading.strip().casefold() for heading in headings}
        # A currency may be given for all rows instead of as a column.
        return any({name for part, name in columns if part != "currency"} <= there for columns in self.columns)

    def goes_on_with(self, part: Part) -> bool:
        """Whether a file that was read by the profile has the columns of one before it, and no other number."""
        number = part.statement.account.number_last4
        same = None in (number, self.account.number_last4) or number == self.account.number_last4
        return same and columns_of(shown_mapping(part.statement.mapping)) in self.columns

    def has_number_of(self, part: Part) -> bool:
        """Whether a file names the account by its number."""
        number = part.statement.account.number_last4
        return number is not None and number == self.account.number_last4


def columns_of(shown: Mapping[str, Any] | None) -> Columns:
    """The columns that a mapping, in its flat form, names."""
    return frozenset(
        (part, name.strip().casefold())
        for part, text in (shown or {}).items()
        if part not in NO_COLUMNS
        for name in str(text).split("|")
    )
