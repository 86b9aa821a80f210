"""A question placed in the ledger: which days, which months, which currency."""

from dataclasses import dataclass

from finapp.analytics.domain.calendar import Calendar
from finapp.analytics.domain.coverage import ActiveMonth, Covered
from finapp.analytics.domain.queries import Place
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A question placed in the ledger."""

    place: Place
    currency: str
    calendar: Calendar
    active: tuple[ActiveMonth, ...]
    span: Covered | None

    @property
    def months(self) -> tuple[Month, ...]:
        """The complete months of the period."""
        span, place = self.span, self.place
        if span is None:
            return ()
        return tuple(self.calendar.between(max(span.first, place.first), min(span.last, place.last)))

    @property
    def missing(self) -> str | None:
        """Why the ledger tells nothing about the period; None when it does."""
        if not self.active:
            return "no_rows"
        return "no_rows_yet" if self.active[-1].last < self.place.first else None
