"""Changes of the ledger: history, undo, the bin, splits, bulk edits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import Conflict, NotFound
from finapp.transactions.public.ledger import Need, Transaction, TransactionChanges, TransactionFilter

ChangeKind = Literal[
    "created",
    "changed",
    "deleted",
    "restored",
    "split",
    "merged",
    "bulk",
    "rules",
    "similar",
    "transfer_confirmed",
    "transfer_rejected",
    "merchant",
    "review",
    "account",
    "account_deleted",
    "category",
    "attached",
    "detached",
    "rule",
    "search",
    "exchange_rate",
    "balance",
    "import_profile",
    "undo",
]


Decision = Literal["new", "duplicate", "keep", "remove"]
"""Of a doubtful row: `new` or `duplicate`; of a pending one that a statement lacks: `keep` or `remove`."""


@dataclass(frozen=True, kw_only=True)
class StayedRow:
    """A row that an import had booked and that stays booked when the import is taken back."""

    transaction_id: str
    reason: Literal["changed_since"]
    message: str


@dataclass(frozen=True, kw_only=True)
class ImportUndone:
    """What taking an import back has left: nothing, as a rule."""

    stayed: tuple[StayedRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one or many rows, made by a person in one commit."""

    id: str
    kind: ChangeKind
    person: str
    at: dt.datetime
    count: int
    """How many rows it changed itself; what follows for other rows (pairs, sums) is not counted."""
    undoes: str | None
    """The change this one took back."""
    undone_by: str | None


@dataclass(frozen=True, kw_only=True)
class ChangePage:
    """One page of changes, newest first."""

    items: tuple[Change, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """What one change did to one row. Only fields that differ are shown, as texts; None where there is no value."""

    change_id: str | None
    """None for the import that brought the row, which is taken back as an import."""
    import_id: str | None
    kind: str
    person: str
    at: dt.datetime
    undone: bool
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class History:
    """Every change of a row, newest first."""

    items: tuple[HistoryEntry, ...]


@dataclass(frozen=True, kw_only=True)
class BinnedTransaction:
    """A deleted row that can be restored."""

    transaction: Transaction
    deleted_at: dt.datetime
    deleted_by: str


@dataclass(frozen=True, kw_only=True)
class BinPage:
    """One page of the bin."""

    items: tuple[BinnedTransaction, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewPart:
    """A part of a row to split. `amount` is signed as rows are; without a category, a description, a note or tags of
    its own the part keeps the row's. An empty note and no tags (`()`) are said as well."""

    amount: Decimal
    category_id: str | None = None
    need: Need | None = None
    description: str | None = None
    note: str | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Splits:
    """The parts of a row, and the whole. Empty when it is not split."""

    transaction: Transaction
    parts: tuple[Transaction, ...]
    change_id: str | None


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which rows a bulk change is for: the ids, or every row of a filter."""

    ids: tuple[str, ...] = ()
    where: TransactionFilter | None = None


@dataclass(frozen=True, kw_only=True)
class BulkChanges:
    """What to change of many rows, the same for each. Tags are added and removed; the rest is set."""

    values: TransactionChanges
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """What one row was and will be; fields that differ, as texts."""

    transaction_id: str
    date: dt.date
    description: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class ChangeResult:
    """What a change did, or with `dry_run` would do, to how many rows. At most 500 rows are shown."""

    change_id: str | None
    """None for a dry run, and when nothing had to change."""
    dry_run: bool
    matched: int
    changed: int
    rows: tuple[RowChange, ...]


class ChangeNotFound(NotFound):
    """No change of this household has this id."""

    code = "change_not_found"
    title = "No such change"


class ChangeSuperseded(Conflict):
    """Rows of the change have been changed again since; take those changes back first."""

    code = "change_superseded"
    title = "It has been changed again since"


class AlreadyUndone(Conflict):
    """The change has been taken back already."""

    code = "already_undone"
    title = "The change has been taken back already"


class AlreadySplit(Conflict):
    """A part of a split row cannot be split again, nor a split row be edited as one."""

    code = "already_split"
    title = "The row is part of a split"
