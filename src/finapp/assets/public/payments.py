"""Real payments beside a schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis


@dataclass(frozen=True, kw_only=True)
class ScheduledPayment:
    """A row of the schedule beside the real payment found for it. difference = paid - scheduled."""

    number: int | None
    due_on: date
    scheduled: Decimal
    paid: Decimal | None
    paid_on: date | None
    transaction_id: str | None
    difference: Decimal | None
    status: Literal["paid", "paid_other_amount", "missing", "due", "not_covered"]
    """`not_covered`: the ledger has no rows of the time, so that nobody can tell."""


@dataclass(frozen=True, kw_only=True)
class PaymentsMatched:
    """A schedule compared with the ledger."""

    as_of: date
    items: tuple[ScheduledPayment, ...]
    totals: Mapping[str, Decimal]
    """`scheduled`, `paid`, `difference` over the due rows of which the ledger can tell."""
    basis: Basis
