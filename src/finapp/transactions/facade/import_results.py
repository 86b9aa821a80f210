"""How an import is kept between its start and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from finapp.platform import codec
from finapp.transactions.public import Counts, Import, Progress, Question, Reconciliation, RowOutcome


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import found and did so far."""

    format: str | None = None
    layout: str | None = None
    currency: str | None = None
    created_accounts: tuple[str, ...] = ()
    opening_moved: Decimal = Decimal(0)
    """What the import added to the account's opening balance."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = field(default_factory=lambda: Progress(rows_read=0, rows_total=None))
    counts: Counts = field(default_factory=lambda: Counts(rows=0, imported=0, duplicates=0, rejected=0))
    reconciliation: Reconciliation | None = None
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    failure: str | None = None
    failure_code: str | None = None


def stored(result: ImportResult) -> Any:
    """The result as the imports table keeps it."""
    return codec.encode(result, ImportResult)


def opening_moved(row: Row[Any]) -> Decimal:
    """What an import added to the opening balance of its account."""
    return codec.decode(row.result, ImportResult).opening_moved if row.result else Decimal(0)


def created_accounts(row: Row[Any]) -> tuple[str, ...]:
    """The accounts an import opened."""
    return codec.decode(row.result, ImportResult).created_accounts if row.result else ()


def shown(row: Row[Any], outcomes: tuple[RowOutcome, ...] = (), omitted: int = 0) -> Import:
    """An import as the others see it."""
    result: ImportResult = codec.decode(row.result, ImportResult) if row.result else ImportResult()
    return Import(
        id=row.id,
        status=row.status,
        filename=row.filename,
        format=result.format,
        layout=result.layout,
        account_id=row.account_id,
        account_created=bool(result.created_accounts),
        currency=result.currency,
        period_first=row.period_first,
        period_last=row.period_last,
        mapping=result.mapping,
        progress=result.progress,
        counts=result.counts,
        reconciliation=result.reconciliation,
        questions=result.questions,
        warnings=result.warnings,
        failure=result.failure,
        failure_code=result.failure_code,
        rows=outcomes,
        rows_omitted=omitted,
        dry_run=row.dry_run,
        created_at=row.created_at,
        finished_at=row.finished_at,
        version=row.version,
    )
