"""Statements on their way into the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import Conflict, NotFound
from finapp.kernel.events import Event
from finapp.kernel.money import Rate
from finapp.transactions.public.changes import Decision
from finapp.transactions.public.holdings import FoundHolding
from finapp.transactions.public.ledger import Transaction

ImportStatus = Literal["queued", "running", "needs_mapping", "done", "failed", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class NewImport:
    """A file that the router has put into this context's spool, and what the person said about it."""

    upload: str
    """Name of the file in the spool."""
    filename: str
    digest: str
    account_id: str | None = None
    format: str | None = None
    mapping: Mapping[str, str] | None = None
    """Overrides of what detection finds: column names or numbers, delimiter, date order ... (see the docs)."""
    dry_run: bool = False
    password: str | None = field(default=None, repr=False)
    """Of an encrypted PDF; kept with the import until its file has been read."""


@dataclass(frozen=True, kw_only=True)
class ImportAnswers:
    """What a person answers to the questions of an import; the mapping is laid over what was given before."""

    mapping: Mapping[str, str] | None = None
    account_id: str | None = None
    """An account of the household, or `new` to open one."""
    accounts: Mapping[str, str] | None = None
    """For a file of several accounts: the name it uses -> an account of the household, or `new`."""
    password: str | None = field(default=None, repr=False)


NEW_ACCOUNT = "new"
"""What is answered for an account that the import shall open."""

Phase = Literal["waiting", "reading", "categorizing", "storing", "finished"]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a running import is."""

    rows_read: int
    rows_total: int | None
    phase: Phase = "waiting"
    rows_per_second: Rate | None = None
    """Over the phase so far; None before there is anything to measure."""
    seconds_left: int | None = None
    """Of the phase, at the speed so far; None where nobody can know."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Every row of the file ends as exactly one of the three: imported + duplicates + rejected = rows."""

    rows: int
    imported: int
    duplicates: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """What became of one row of the file."""

    line: int
    outcome: Literal["imported", "duplicate", "rejected"]
    transaction_id: str | None
    """The new row, or the one it is a duplicate of."""
    reason: str | None
    message: str | None


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """Whether the file's own balances agree with its rows; None where the file carries none."""

    opening_balance: Decimal | None
    closing_balance: Decimal | None
    sum: Decimal
    difference: Decimal | None
    """opening + sum - closing."""
    balanced: bool | None
    first_break_line: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerOption:
    """One possible answer, and how a person knows it."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What detection could not decide, with the answers it may be given.

    `field` is a field of the mapping, `account_id`, `accounts.<name>` for one of several accounts, or `password`.
    """

    field: str
    message: str
    choices: tuple[str, ...]
    options: tuple[AnswerOption, ...] = ()
    """The choices with their names."""


@dataclass(frozen=True, kw_only=True)
class ImportedAccount:
    """What one import said of one account and brought to it. Amounts are in `currency`, counts as in `Counts`."""

    account_id: str | None
    """None in a dry run that would open the account."""
    account_created: bool
    name: str | None
    """What the file calls the account, where it says."""
    currency: str
    period_first: date | None
    period_last: date | None
    counts: Counts
    reconciliation: Reconciliation


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """One file of an archive; all of it is under `GET /imports/{import_id}`, where its questions are answered."""

    import_id: str
    filename: str
    status: ImportStatus
    format: str | None
    layout: str | None
    account_id: str | None
    counts: Counts
    reconciliation: Reconciliation | None
    failure: str | None
    failure_code: str | None


@dataclass(frozen=True, kw_only=True)
class Import:
    """One import. That of an archive is what its files come to: done once each has ended and one of them well."""

    id: str
    status: ImportStatus
    filename: str
    format: str | None
    layout: str | None
    account_id: str | None
    """None for a file of several accounts: see `accounts`."""
    account_created: bool
    currency: str | None
    period_first: date | None
    period_last: date | None
    mapping: Mapping[str, str]
    """What detection found or was told, in the form `mapping` takes."""
    progress: Progress
    counts: Counts
    reconciliation: Reconciliation | None
    """Of a file of one account; each of several has its own in `accounts`."""
    accounts: tuple[ImportedAccount, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]
    failure: str | None
    """Why it failed, in words."""
    failure_code: str | None
    rows: tuple[RowOutcome, ...]
    """Duplicates and rejected rows first; at most 1,000."""
    rows_omitted: int
    dry_run: bool
    created_at: datetime
    finished_at: datetime | None
    version: int
    holdings: tuple[FoundHolding, ...] = ()
    """Assets and liabilities of another program's database."""
    files: tuple[ImportedFile, ...] = ()
    """Of an archive."""
    archive_id: str | None = None
    """The import of the archive that the file came in."""


@dataclass(frozen=True, kw_only=True)
class ImportPage:
    """One page of imports, newest first, without their rows."""

    items: tuple[Import, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class DoubtfulRow:
    """A row of a statement that may be one the ledger has: equal account, date and amount, and nothing that tells;
    or the booking of a pending row in other words, or at an amount that differs by a quarter at most."""

    transaction: Transaction
    """As it would be entered."""
    like: tuple[Transaction, ...]
    """The rows it may be."""
    question: Literal["known", "booked", "unseen"] = "known"
    """`known`: is it a row that is there? `booked`: is it the booking of a pending one? `unseen`: it is a pending row
    itself, counted until a person decides, that a statement lacks which covers its day and ends ten days later or more:
    what became of it?"""
    message: str = ""
    """The question with its evidence."""
    choices: tuple[Decision, ...] = ("new", "duplicate")
    missing_from: tuple[str, ...] = ()
    """The imports whose statements lack a pending row."""


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """One page of doubtful rows, newest first. They are not counted until a person says that they are new."""

    items: tuple[DoubtfulRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Format:
    """A statement format that can be read."""

    code: str
    name: str
    extensions: tuple[str, ...]
    largest: int
    """Bytes of the largest file that is taken."""
    layouts: tuple[str, ...]
    """Exports known by name; every other layout of the format is read as well."""


@dataclass(frozen=True, kw_only=True)
class StatementImported(Event):
    """New rows stand in the ledger, or an import was taken back."""

    import_id: str
    account_id: str
    rows: int


class ImportNotFound(NotFound):
    """No import of this household has this id."""

    code = "import_not_found"
    title = "No such import"


class ImportNotWaiting(Conflict):
    """The import has no open question."""

    code = "import_not_waiting"
    title = "The import is not waiting for an answer"
