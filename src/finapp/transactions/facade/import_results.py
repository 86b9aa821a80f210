"""How an import is kept between its start and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from finapp import __version__
from finapp.platform import codec
from finapp.transactions.domain.parts import Part
from finapp.transactions.facade.arriving import shown as shown_balances
from finapp.transactions.facade.arriving import with_decimals
from finapp.transactions.facade.intake import Intake
from finapp.transactions.facade.mappings import shown_mapping
from finapp.transactions.public import (
    Counts,
    FoundHolding,
    Import,
    ImportedAccount,
    Progress,
    Question,
    Reconciliation,
    RowOutcome,
)

NOTHING = Counts(rows=0, imported=0, duplicates=0, rejected=0)
STORED_OUTCOMES = 100_000
"""Rows of one import of which is kept what became of them, where that is not simply that they are new."""
_NAMED = 10
"""So many accounts of a file are told by their names."""
ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import found and did so far."""

    format: str | None = None
    layout: str | None = None
    currency: str | None = None
    created_accounts: tuple[str, ...] = ()
    opening_moved: Decimal = Decimal(0)
    """Of imports before statements were kept apart."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    pending: int = 0
    """Rows that the file prints as not booked yet."""
    progress: Progress = field(default_factory=lambda: Progress(rows_read=0, rows_total=None))
    counts: Counts = NOTHING
    reconciliation: Reconciliation | None = None
    accounts: tuple[ImportedAccount, ...] = ()
    """Of a dry run, which keeps no statements."""
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    failure: str | None = None
    failure_code: str | None = None
    release: str = ""
    """Of the product that read the file."""
    holdings: tuple[FoundHolding, ...] = ()


def stored(result: ImportResult) -> Any:
    """The result as the imports table keeps it."""
    return codec.encode(result, ImportResult)


def of_intakes(intakes: Sequence[Intake], *, dry_run: bool) -> ImportResult:
    """What an import did, over all accounts of its file."""
    parts = [intake.part for intake in intakes]
    first, counts = parts[0].statement, [intake.counts() for intake in intakes]
    currencies = {intake.account.currency for intake in intakes}
    total = Counts(**{name: sum(getattr(each, name) for each in counts) for name in vars(NOTHING)})
    return ImportResult(
        format=first.format,
        layout=first.layout,
        currency=currencies.pop() if len(currencies) == 1 else None,
        created_accounts=tuple(intake.account.id for intake in intakes if intake.created),
        mapping=shown_mapping(first.mapping),
        progress=Progress(rows_read=total.rows, rows_total=total.rows, phase="finished"),
        counts=total,
        pending=sum(intake.waits.early for intake in intakes),
        reconciliation=shown_balances(parts[0].balances, intakes[0].account.currency) if len(parts) == 1 else None,
        accounts=tuple(_would_be(intake) for intake in intakes) if dry_run else (),
        warnings=(*first.warnings, *dict.fromkeys(filter(None, (*map(_assumed, intakes), _mixed(intakes))))),
        release=__version__,
    )


def _assumed(intake: Intake) -> str | None:
    """What was assumed of the currency of a new account; the export of one country's bank is in that country's."""
    hint, taken = intake.part.statement.account, intake.account.currency
    if not intake.created or hint.currency is not None or (hint.country is not None and hint.likely_currency == taken):
        return None
    whose = "that of the country its rows are worded in," if hint.likely_currency == taken else "the household's,"
    return (
        f"no currency in the file: {taken}, {whose} was assumed; "
        'choose an account, or give another in the mapping, as in {"currency": "GBP"}'
    )


def _mixed(intakes: Sequence[Intake]) -> str | None:
    """That rows of several accounts were put into the one that the person named."""
    hints = [intake.part.statement.account for intake in intakes]
    names = dict.fromkeys(hint.name or hint.number_last4 for hint in hints)
    if intakes[0].asked.account_id is None or len(names) < 2:
        return None
    said = ", ".join("one without a name" if name is None else repr(name) for name in list(names)[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (
        f"the file has rows of {len(names)} accounts ({said}{more}), and all went to {intakes[0].account.name!r} "
        "as asked: without an account, each goes to its own"
    )


def statement_values(intake: Intake) -> dict[str, Any]:
    """What is kept of one account's part of an import."""
    part, counts = intake.part, intake.counts()
    return {
        "account_id": intake.account.id,
        "created": intake.created,
        "name": part.statement.account.name,
        "currency": intake.account.currency,
        "period_first": part.statement.first,
        "period_last": part.statement.last,
        "opening_balance": part.balances.opening,
        "closing_balance": part.balances.closing,
        "sum": part.balances.sum,
        "difference": part.balances.difference,
        "first_break_line": part.balances.first_break_line,
        "opening_moved": intake.opening_moved,
        **vars(counts),
    }


def holdings_of(row: Row[Any]) -> tuple[FoundHolding, ...]:
    """What an import brought besides rows."""
    result: ImportResult = codec.decode(row.result, ImportResult) if row.result else ImportResult()
    return result.holdings


def imported_account(row: Row[Any]) -> ImportedAccount:
    """What an import said of one account, as the others see it."""
    return ImportedAccount(
        account_id=row.account_id,
        account_created=row.created,
        name=row.name,
        currency=row.currency,
        period_first=row.period_first,
        period_last=row.period_last,
        counts=Counts(rows=row.rows, imported=row.imported, duplicates=row.duplicates, rejected=row.rejected),
        reconciliation=reconciliation(row),
    )


def reconciliation(row: Row[Any]) -> Reconciliation:
    """The balances of a kept statement."""
    return Reconciliation(
        opening_balance=with_decimals(row.opening_balance, row.currency),
        closing_balance=with_decimals(row.closing_balance, row.currency),
        sum=with_decimals(row.sum, row.currency) or Decimal(0),
        difference=with_decimals(row.difference, row.currency),
        balanced=None if row.difference is None else row.difference == 0,
        first_break_line=row.first_break_line,
    )


def _would_be(intake: Intake) -> ImportedAccount:
    part: Part = intake.part
    return ImportedAccount(
        account_id=None if intake.created else intake.account.id,
        account_created=intake.created,
        name=part.statement.account.name,
        currency=intake.account.currency,
        period_first=part.statement.first,
        period_last=part.statement.last,
        counts=intake.counts(),
        reconciliation=shown_balances(part.balances, intake.account.currency),
    )


def shown(
    row: Row[Any], kept: Sequence[Row[Any]] = (), outcomes: tuple[RowOutcome, ...] = (), omitted: int = 0
) -> Import:
    """An import as the others see it; `kept` is what it said of its accounts."""
    result: ImportResult = codec.decode(row.result, ImportResult) if row.result else ImportResult()
    progress = result.progress
    if row.status in ENDED and progress.phase != "finished":
        progress = Progress(rows_read=progress.rows_read, rows_total=progress.rows_total, phase="finished")
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
        progress=progress,
        counts=result.counts,
        reconciliation=result.reconciliation,
        accounts=tuple(map(imported_account, kept)) if row.status == "done" and kept else result.accounts,
        questions=result.questions,
        holdings=result.holdings,
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
