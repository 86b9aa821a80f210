"""The terms of a loan, checked, with its calendar of due dates."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

from finapp.assets.domain import checks
from finapp.assets.domain.day_count import UNITS_PER_YEAR, units
from finapp.assets.public import DayCount, Frequency, LoanTerms, RateCompounding
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months, count_months, month_of

PER_YEAR: dict[Frequency, int] = {
    "monthly": 12,
    "semi_monthly": 24,
    "weekly": 52,
    "biweekly": 26,
    "quarterly": 4,
    "half_yearly": 2,
    "yearly": 1,
}
DAYS: dict[Frequency, int] = {"weekly": 7, "biweekly": 14}
HALF_MONTH = 15
"""Days between the two of a month, and what a 30-day rule counts between them."""
MOST_YEARS = 100
MOST_MORATORIUM = 180
"""Months. What joins the principal at the highest rate for longer has more digits than any amount."""
_COMPOUNDINGS: dict[RateCompounding, int] = {"daily": 365, "monthly": 12, "quarterly": 4, "half_yearly": 2, "yearly": 1}
_THIRTIES = ("30/360", "30e/360")
Solved = Literal["principal", "annual_rate", "months", "instalment", "none"]
_WEEKS = 13
"""A week of the 30-day rules is 1/52 year; in units of 1/(360 x 13) year that is a whole number."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When payments fall due. Period j runs from `due(j - 1)` to `due(j)`; a broken first one from `start`."""

    start: date
    first: date
    anchor: int
    broken: bool
    day_count: DayCount
    frequency: Frequency = "monthly"
    _dues: dict[int, date] = field(default_factory=dict, compare=False)
    _growths: dict[tuple[int, Decimal], Decimal] = field(default_factory=dict, compare=False)

    def due(self, number: int) -> date:
        """The due date of period `number`, found once; 0 is the start.

        Months keep the anchor day, clamped to the month's end; weeks follow one another.
        """
        found = self._dues.get(number)
        if found is None:
            found = self._dues[number] = self._due(number)
        return found

    def _due(self, number: int) -> date:
        if number == 0 and self.broken:
            return self.start
        days = DAYS.get(self.frequency)
        if days is not None:
            return self.first + timedelta(days=days * (number - 1))
        if self.frequency == "semi_monthly":
            months, half = divmod(number - 1 + (self.first.day > half_months(self.anchor)[0]), 2)
            return self._day(months, half_months(self.anchor)[half])
        return self._day((number - 1) * (12 // PER_YEAR[self.frequency]), self.anchor)

    def _day(self, months: int, anchor: int) -> date:
        # The arithmetic of kernel.months.add_months without its texts: a schedule asks for thousands of days.
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + months, 12)
        day = anchor if anchor <= 28 else min(anchor, monthrange(year, month + 1)[1])
        return date(year, month + 1, day)

    @cached_property
    def units_per_year(self) -> int:
        """Into how many units a year is divided."""
        scale = _WEEKS if self.frequency in DAYS and self.day_count in _THIRTIES else 1
        return UNITS_PER_YEAR[self.day_count] * scale

    def between(self, first: date, last: date) -> int:
        """Units between two days of a period that is not whole."""
        return units(first, last, self.day_count) * (self.units_per_year // UNITS_PER_YEAR[self.day_count])

    def length(self, number: int) -> int:
        """Units of period `number`.

        Both 30/360 rules count every scheduled month as 30 days and a week as 1/52 year: their lenders charge equal
        parts of the annual rate, also when a payment on the 31st is clamped to the end of a shorter month.
        """
        if number == 1 and self.broken:
            return self.between(self.start, self.first)
        if self.day_count in _THIRTIES:
            return self.units_per_year // PER_YEAR[self.frequency]
        return units(self.due(number - 1), self.due(number), self.day_count)

    def growth(self, number: int, bearing: Decimal) -> Decimal:
        """1 + r f of period `number`, r being the `bearing_rate`."""
        length = self.length(number)
        found = self._growths.get((length, bearing))
        if found is None:
            found = self._growths[length, bearing] = 1 + bearing * length / self.units_per_year
        return found


def half_months(anchor: int) -> tuple[int, int]:
    """The two days of a month of which `anchor` is one, the earlier first. Beside the 31st stands the 15th."""
    return (anchor, anchor + HALF_MONTH) if anchor <= HALF_MONTH else (min(anchor - HALF_MONTH, HALF_MONTH), anchor)


def bearing_rate(annual_rate: Decimal, terms: LoanTerms) -> Decimal:
    """The yearly rate of which each period bears its simple part, from the quoted one.

    m ((1 + r / c)^(c / m) - 1) for m periods and c compoundings a year; in the calling decimal context.
    """
    periods = PER_YEAR[terms.frequency]
    compoundings = _COMPOUNDINGS.get(terms.rate_compounding, periods)
    if compoundings == periods:
        return annual_rate
    return periods * ((1 + annual_rate / compoundings) ** (Decimal(compoundings) / periods) - 1)


def count_of(terms: LoanTerms) -> int | None:
    """How many instalments are agreed; None when the instalment decides. Raises Invalid for a part of one."""
    if terms.instalments is not None or terms.months is None:
        return terms.instalments
    count, part = divmod(terms.months * PER_YEAR[terms.frequency], 12)
    if part:
        raise Invalid("months", f"are no whole number of {terms.frequency} instalments: give instalments")
    return count


def calendar_of(terms: LoanTerms) -> Calendar:
    """The due dates of the terms, the moratorium's months first.

    The anchor day is that of `start` where the first payment falls a whole number of months after it, otherwise that
    of `first_payment`. With `broken_period` "separate" and a first period of more than a regular one, the calendar is
    the regular one that begins one period before the first due date.
    """
    if terms.frequency in DAYS:
        return _weekly(terms)
    if terms.frequency == "semi_monthly":
        return _semi_monthly(terms)
    start, moratorium, step = terms.start, terms.moratorium_months, 12 // PER_YEAR[terms.frequency]
    if terms.first_payment is None:
        return _calendar(terms, add_months(start, step), start.day, regular=True)
    whole = count_months(month_of(start), month_of(terms.first_payment))
    on_anchor = add_months(start, whole) == terms.first_payment
    anchor = start.day if on_anchor else terms.first_payment.day
    first = add_months(terms.first_payment, -moratorium, anchor)
    if first <= start:
        raise Invalid("first_payment", "must come after the start, the months of the moratorium included")
    regular = on_anchor and whole == moratorium + step
    if terms.broken_period == "separate" and add_months(first, -step, anchor) >= start:
        regular = True
    return _calendar(terms, first, anchor, regular=regular)


def _weekly(terms: LoanTerms) -> Calendar:
    period = timedelta(days=DAYS[terms.frequency])
    first = terms.first_payment or terms.start + period
    if first <= terms.start:
        raise Invalid("first_payment", "must come after the start")
    before = first - period
    regular = before == terms.start or (terms.broken_period == "separate" and before > terms.start)
    return _calendar(terms, first, first.day, regular=regular)


def _semi_monthly(terms: LoanTerms) -> Calendar:
    start, (early, late) = terms.start, half_months(terms.start.day)
    after = add_months(start, 0, late) if start.day < late else add_months(start, 1, early)
    first = terms.first_payment or after
    if first <= start:
        raise Invalid("first_payment", "must come after the start")
    if first == after:
        return _calendar(terms, first, start.day, regular=True)
    made = _calendar(terms, first, first.day, regular=True)
    regular = made.due(0) == start or (terms.broken_period == "separate" and made.due(0) > start)
    return made if regular else _calendar(terms, first, first.day, regular=False)


def _calendar(terms: LoanTerms, first: date, anchor: int, *, regular: bool) -> Calendar:
    return Calendar(
        start=terms.start,
        first=first,
        anchor=anchor,
        broken=not regular,
        day_count=terms.day_count,
        frequency=terms.frequency,
    )


def check_terms(terms: LoanTerms) -> None:
    """Raises Invalid with the field for terms that cannot be a loan."""
    checks.check_date("start", terms.start)
    if terms.principal is not None:
        checks.check_amount("principal", terms.principal)
    if terms.annual_rate is not None:
        checks.check_rate("annual_rate", terms.annual_rate)
    if terms.months is not None:
        checks.check_months("months", terms.months)
    if terms.instalments is not None and not 1 <= terms.instalments <= MOST_YEARS * PER_YEAR[terms.frequency]:
        raise Invalid("instalments", f"must lie between 1 and {MOST_YEARS * PER_YEAR[terms.frequency]}")
    if terms.instalments is not None and terms.months is not None:
        raise Invalid("instalments", "give either months or instalments")
    count_of(terms)
    if terms.moratorium_months and terms.frequency != "monthly":
        raise Invalid("moratorium_months", "are for monthly instalments")
    if terms.instalment is not None:
        checks.check_amount("instalment", terms.instalment)
    if terms.first_payment is not None:
        checks.check_date("first_payment", terms.first_payment)
    checks.check_months("moratorium_months", terms.moratorium_months, least=0, most=MOST_MORATORIUM)
    checks.check_amount("fees", terms.fees, zero=True)
    checks.check_amount("insurance", terms.insurance, zero=True)
    _check_unknowns(terms)
    _check_events(terms)


def unknowns(terms: LoanTerms) -> list[Solved]:
    """Which of the four quantities are not given."""
    names: tuple[Solved, ...] = ("principal", "annual_rate", "months", "instalment")
    return [name for name in names if getattr(terms, name) is None and not (name == "months" and terms.instalments)]


def _check_unknowns(terms: LoanTerms) -> None:
    missing = unknowns(terms)
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
