"""What statements said of an account, what is missing between them, and balances that a person asserts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from finapp.kernel.errors import NotFound
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class AccountStatement:
    """One statement that was taken in. Balances are None where the file carries none."""

    import_id: str
    filename: str
    imported_at: datetime | None
    first: date | None
    last: date | None
    rows: int
    opening_balance: Decimal | None
    closing_balance: Decimal | None
    sum: Decimal
    difference: Decimal | None
    """opening + sum - closing, by the file alone."""
    balanced: bool | None
    first_break_line: int | None
    ledger_balance: Decimal | None
    """What the ledger holds at the end of the last day; None without a last day."""
    ledger_difference: Decimal | None
    """ledger balance - closing balance: zero when the ledger has what the bank has."""


@dataclass(frozen=True, kw_only=True)
class StatementGap:
    """Days between two statements that neither covers, or a balance that jumps between them."""

    first: date
    last: date
    days: int
    after_import: str
    before_import: str
    difference: Decimal | None
    """The next opening balance - the closing balance before: what the missing rows sum to. None where unknown."""
    missing: bool | None
    """Whether rows are missing for sure; None when no balances tell."""


@dataclass(frozen=True, kw_only=True)
class AccountStatements:
    """Every statement of an account in order of its period, with what is missing between them."""

    account_id: str
    currency: str
    items: tuple[AccountStatement, ...]
    gaps: tuple[StatementGap, ...]
    missing_months: tuple[Month, ...]
    """Whole months between the first and the last statement that no statement covers."""


@dataclass(frozen=True, kw_only=True)
class AssertedBalance:
    """What a person says an account held at the end of a day, beside what the ledger says."""

    id: str
    account_id: str
    date: date
    balance: Decimal
    ledger_balance: Decimal
    difference: Decimal
    """ledger balance - asserted balance."""
    agrees: bool


@dataclass(frozen=True, kw_only=True)
class AssertedBalances:
    """The asserted balances of an account, newest first."""

    items: tuple[AssertedBalance, ...]


@dataclass(frozen=True, kw_only=True)
class ImportProfile:
    """How files of an account are read: what a person answered, ready to be used for another account."""

    account_id: str
    mapping: Mapping[str, str]


class AssertedBalanceNotFound(NotFound):
    """No asserted balance of this account has this id."""

    code = "asserted_balance_not_found"
    title = "No such asserted balance"


class ImportProfileNotFound(NotFound):
    """Nobody has said how files of this account are read."""

    code = "import_profile_not_found"
    title = "No profile of this account's files"
