"""The terms of a loan, checked, with its calendar of due dates."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.day_count import UNITS_PER_YEAR, units
from finapp.assets.public import DayCount, LoanTerms
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months, count_months, month_of


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When payments fall due. Period j runs from `due(j - 1)` to `due(j)`; a broken first one from `start`."""

    start: date
    first: date
    anchor: int
    broken: bool
    day_count: DayCount

    def due(self, number: int) -> date:
        """The due date of period `number`, on the kept anchor day, clamped to the month's end; 0 is the start."""
        if number == 0 and self.broken:
            return self.start
        # The arithmetic of kernel.months.add_months without its texts: a schedule asks for thousands of days.
        year, month = divmod(self.first.year * 12 + self.first.month + number - 2, 12)
        return date(year, month + 1, min(self.anchor, monthrange(year, month + 1)[1]))

    def length(self, number: int) -> int:
        """Units of 1/UNITS_PER_YEAR of period `number`.

        Both 30/360 rules count every scheduled month as 30 days: their lenders charge a twelfth of the annual rate
        each month, also when a payment on the 31st is clamped to the end of a shorter month.
        """
        if number == 1 and self.broken:
            return units(self.start, self.first, self.day_count)
        if self.day_count in ("30/360", "30e/360"):
            return 30
        return units(self.due(number - 1), self.due(number), self.day_count)

    def growth(self, number: int, annual_rate: Decimal) -> Decimal:
        """1 + r f of period `number`."""
        return 1 + annual_rate * self.length(number) / UNITS_PER_YEAR[self.day_count]


def calendar_of(terms: LoanTerms) -> Calendar:
    """The due dates of the terms, the moratorium's months first.

    The anchor day is that of `start` where the first payment falls a whole number of months after it, otherwise that
    of `first_payment`. With `broken_period` "separate" and a first period of more than a month, the calendar is the
    regular one that begins one month before the first due date.
    """
    start, moratorium = terms.start, terms.moratorium_months
    if terms.first_payment is None:
        return Calendar(
            start=start, first=add_months(start, 1), anchor=start.day, broken=False, day_count=terms.day_count
        )
    whole = count_months(month_of(start), month_of(terms.first_payment))
    on_anchor = add_months(start, whole) == terms.first_payment
    anchor = start.day if on_anchor else terms.first_payment.day
    first = add_months(terms.first_payment, -moratorium, anchor)
    if first <= start:
        raise Invalid("first_payment", "must come after the start, the months of the moratorium included")
    regular = on_anchor and whole == moratorium + 1
    if terms.broken_period == "separate" and add_months(first, -1, anchor) >= start:
        regular = True
    return Calendar(start=start, first=first, anchor=anchor, broken=not regular, day_count=terms.day_count)


def check_terms(terms: LoanTerms) -> None:
    """Raises Invalid with the field for terms that cannot be a loan."""
    checks.check_date("start", terms.start)
    if terms.principal is not None:
        checks.check_amount("principal", terms.principal)
    if terms.annual_rate is not None:
        checks.check_rate("annual_rate", terms.annual_rate)
    if terms.months is not None:
        checks.check_months("months", terms.months)
    if terms.instalment is not None:
        checks.check_amount("instalment", terms.instalment)
    if terms.first_payment is not None:
        checks.check_date("first_payment", terms.first_payment)
    checks.check_months("moratorium_months", terms.moratorium_months, least=0)
    checks.check_amount("fees", terms.fees, zero=True)
    checks.check_amount("insurance", terms.insurance, zero=True)
    _check_unknowns(terms)
    _check_events(terms)


def _check_unknowns(terms: LoanTerms) -> None:
    missing = [name for name in ("principal", "annual_rate", "months", "instalment") if getattr(terms, name) is None]
    if len(missing) > 1:
        raise Invalid(missing[0], f"give three of principal, annual_rate, months, instalment; missing: {missing}")
    if missing and missing[0] in ("principal", "annual_rate") and (terms.rate_changes or terms.prepayments):
        raise Invalid(missing[0], "cannot be solved for a loan with rate changes or part payments")
    if terms.principal is not None and terms.fees >= terms.principal:
        raise Invalid("fees", "must be less than the principal")


def _check_events(terms: LoanTerms) -> None:
    for index, change in enumerate(terms.rate_changes):
        checks.check_date(f"rate_changes.{index}.date", change.date)
        checks.check_rate(f"rate_changes.{index}.annual_rate", change.annual_rate)
        if change.date < terms.start:
            raise Invalid(f"rate_changes.{index}.date", "lies before the start of the loan")
    if len({change.date for change in terms.rate_changes}) < len(terms.rate_changes):
        raise Invalid("rate_changes", "two changes on one day")
    for index, part in enumerate(terms.prepayments):
        checks.check_date(f"prepayments.{index}.date", part.date)
        checks.check_amount(f"prepayments.{index}.amount", part.amount)
        checks.check_amount(f"prepayments.{index}.fee", part.fee, zero=True)
        if part.date < terms.start:
            raise Invalid(f"prepayments.{index}.date", "lies before the start of the loan")
