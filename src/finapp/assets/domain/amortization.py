"""The rows of a loan, one period after the other, exactly as its lender's ledger would run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import NamedTuple

from finapp.assets.domain.annuity import QUANTA, level_payment, payments_left, round_to
from finapp.assets.domain.terms import MOST_YEARS, PER_YEAR, Calendar, bearing_rate
from finapp.assets.public import LoanTerms, PartPayment, RateChange, RowKind, ScheduleRow
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT

ZERO = Decimal(0)
CENTS = Decimal("0.00")
"""Added to an amount, it shows at least two decimals."""


class Entry(NamedTuple):
    """A line of the lender's ledger: what a row of the schedule is made of, where only the balances are asked for."""

    kind: RowKind
    number: int | None
    date: date
    payment: Decimal
    interest: Decimal
    balance: Decimal
    charges: Decimal
    annual_rate: Decimal


def rows_of(entries: Iterable[Entry]) -> tuple[ScheduleRow, ...]:
    """The rows of a schedule."""
    with localcontext(EXACT):
        return tuple(
            ScheduleRow(
                number=entry.number,
                kind=entry.kind,
                date=entry.date,
                payment=entry.payment + CENTS,
                interest=entry.interest + CENTS,
                principal=entry.payment - entry.interest + CENTS,
                balance=entry.balance,
                charges=entry.charges + CENTS,
                annual_rate=entry.annual_rate,
            )
            for entry in entries
        )


@dataclass(kw_only=True)
class Amortization:
    """A loan while it runs. Without a `count` the instalment decides how long; an `instalment` of 0 is solved first.

    Interest of a period is the sum of balance x rate x time over its parts (a rate change or part payment splits it),
    divided once and rounded once. Interest does not compound inside a period.
    """

    terms: LoanTerms
    calendar: Calendar
    balance: Decimal
    rate: Decimal
    count: int | None
    """Of instalments, where it is agreed."""
    instalment: Decimal
    unrounded: Decimal
    """The instalment before rounding."""
    first_instalment: Decimal = ZERO
    first_unrounded: Decimal = ZERO
    stop_at_first: bool = False
    """Stop after the first instalment, for those who want only its amount."""
    entries: list[Entry] = field(default_factory=list)
    _deferred: Decimal = ZERO
    _accrued: Decimal = ZERO
    """Balance x rate x units not yet charged, in parts of the calendar's units_per_year."""
    _bearing: Decimal = ZERO
    """What the rate comes to a year where it compounds other than by instalments."""
    _since: date = date.min
    _most: int = 0
    """Instalments within which a loan must be repaid."""
    _used: int = 0
    _last: int | None = None
    """Number of the last instalment while it is fixed; None once the instalment decides."""
    _solve: bool = False
    _explained: Decimal = ZERO
    """What half a rounding unit in every instalment so far has grown to: a remainder up to it is absorbed."""

    def run(self) -> list[Entry]:
        """All entries until the balance is zero. Raises Invalid when an instalment does not cover its interest."""
        events: list[RateChange | PartPayment] = [*self.terms.rate_changes, *self.terms.prepayments]
        events.sort(key=_order)
        moratorium = self.terms.moratorium_months
        self._last, self._solve = self.count, self.instalment == 0
        self._bearing, self._most = bearing_rate(self.rate, self.terms), MOST_YEARS * PER_YEAR[self.terms.frequency]
        self._charge_broken_period(events)
        number = 0
        while self.balance > 0 and not (self.stop_at_first and self.first_instalment):
            number += 1
            if number > self._most + moratorium:
                raise Invalid("instalment", f"the loan is not repaid within {self._most} instalments")
            self._open(number)
            due = self.calendar.due(number)
            while events and events[0].date < due and self.balance > 0:
                self._apply(events.pop(0), number)
            if self.balance > 0:
                self._close(number, due, moratorium)
        late = next((event for event in events if isinstance(event, PartPayment)), None)
        if late is not None:
            raise Invalid("prepayments", f"the loan has ended before the part payment of {late.date}")
        return self.entries

    def _charge_broken_period(self, events: list[RateChange | PartPayment]) -> None:
        first = self.calendar.due(0)
        if first <= self.terms.start:
            return
        self._since = self.terms.start
        while events and events[0].date < first and self.balance > 0:
            self._apply(events.pop(0), 1)
        self._accrue(self.calendar.between(self._since, first))
        interest = self._charge()
        self._add("broken_period", None, first, payment=interest, interest=interest)

    def _open(self, number: int) -> None:
        self._since, self._used = self.calendar.due(number - 1), 0

    def _accrue(self, length: int) -> None:
        self._accrued += (self.balance - self._deferred) * self._bearing * length
        self._used += length

    def _charge(self) -> Decimal:
        exact = self._accrued / self.calendar.units_per_year
        self._accrued = ZERO
        rounding = self.terms.interest_rounding or self.terms.rounding
        return round_to(exact, rounding, self.terms.interest_rounding_mode)

    def _apply(self, event: RateChange | PartPayment, number: int) -> None:
        day = max(event.date, self.terms.start)
        self._accrue(self.calendar.between(self._since, day))
        self._since = day
        if isinstance(event, PartPayment):
            self._prepay(event, number)
            return
        if event.keep == "end_date":
            self._fix_last(number)
            self._reset(event.annual_rate)
            self._solve = True
        else:
            self._reset(event.annual_rate)
            self._last = None if self.instalment else self._last

    def _reset(self, rate: Decimal) -> None:
        self.rate, self._bearing = rate, bearing_rate(rate, self.terms)

    def _prepay(self, part: PartPayment, number: int) -> None:
        amount, interest = part.amount, ZERO
        if part.keep == "end_date":
            self._fix_last(number)
            self._solve = True
        elif self.instalment:
            self._last = None
        if amount >= self.balance:
            interest = self._charge()
            payoff = self.balance + interest
            if amount > payoff:
                raise Invalid("prepayments", f"{part.date}: {amount} is more than the {payoff} owed that day")
        self._add("part_payment", None, part.date, payment=amount, interest=interest, charges=part.fee)
        self._deferred = min(self._deferred, self.balance)

    def _fix_last(self, number: int) -> None:
        """Finds the end date that the present instalment and rate lead to, so that it can be kept."""
        if self._last is not None or not self.instalment:
            return
        rest = max(self.calendar.length(number) - self._used, 0)
        owed = (self._accrued + self.balance * self._bearing * rest) / self.calendar.units_per_year
        growths = (self.calendar.growth(later, self._bearing) for later in range(number + 1, number + self._most))
        left = payments_left(self.balance + owed, self.instalment, growths, self._half_unit())
        if left is None:
            raise Invalid("instalment", f"does not repay the loan at the rate of {self.rate}")
        self._last = number + left - 1 - self.terms.moratorium_months

    def _close(self, number: int, due: date, moratorium: int) -> None:
        self._accrue(self.calendar.length(number) - self._used)
        accrued = self._accrued
        interest = self._charge()
        if number <= moratorium:
            self._pass_moratorium(number, due, interest)
            return
        count, owed = number - moratorium, self.balance + interest
        if self._solve and self._last is not None:
            growths = [self._growth(later) for later in range(number + 1, self._last + moratorium + 1)]
            by_twelfths = self.terms.instalment_by == "twelfths"
            # The instalment is that of the exact interest: what rounding does to a row is no part of the contract.
            exact = self.balance + accrued / self.calendar.units_per_year
            self.unrounded = level_payment(self.balance * self._growth(number) if by_twelfths else exact, growths)
            self.instalment = round_to(self.unrounded, self.terms.rounding, self.terms.rounding_mode)
            self._solve, self._explained = False, ZERO
        if not self.first_instalment:
            self.first_instalment, self.first_unrounded = self.instalment, self.unrounded
        if self.stop_at_first:
            return
        payment = owed if self._is_last(count, owed) else self.instalment
        # A level instalment over months of unequal length may fall below the interest of a long one and still repay.
        level = self._last is not None and self.terms.instalment is None and self.unrounded <= interest
        if payment <= interest and payment < owed and not level:
            raise Invalid("instalment", f"{payment} does not cover the interest of {interest} due on {due}")
        self._add("instalment", count, due, payment=payment, interest=interest, charges=self.terms.insurance)

    def _growth(self, number: int) -> Decimal:
        if self.terms.instalment_by == "twelfths":
            return 1 + self._bearing / PER_YEAR[self.terms.frequency]
        return self.calendar.growth(number, self._bearing)

    def _is_last(self, count: int, owed: Decimal) -> bool:
        if self._last is not None:
            return count >= self._last or owed <= self.instalment
        growth = self.calendar.growth(count + self.terms.moratorium_months, self._bearing)
        self._explained = self._explained * growth + self._half_unit()
        return owed - self.instalment <= self._explained

    def _half_unit(self) -> Decimal:
        """What rounding can take off one period: half a unit of a stated instalment and of the interest.

        Zero where the instalment followed from the months.
        """
        terms = self.terms
        if self.count is not None:
            return ZERO
        unit = QUANTA[terms.rounding]
        if terms.rounding == "none":
            # Nothing was rounded here, so only the decimals in which the instalment was stated can fall short.
            unit = min(QUANTA["hundredth"], Decimal(1).scaleb(int(self.instalment.as_tuple().exponent)))
        return (unit + QUANTA[terms.interest_rounding or terms.rounding]) / 2

    def _pass_moratorium(self, number: int, due: date, interest: Decimal) -> None:
        if self.terms.moratorium == "interest_only":
            self._add("moratorium", None, due, payment=interest, interest=interest)
            return
        if self.terms.moratorium == "accrue":
            # At its end the unpaid interest joins the principal, and bears interest from then on.
            self._deferred = self._deferred + interest if number < self.terms.moratorium_months else ZERO
        self._add("moratorium", None, due, payment=ZERO, interest=interest)

    def _add(
        self,
        kind: RowKind,
        number: int | None,
        day: date,
        *,
        payment: Decimal,
        interest: Decimal,
        charges: Decimal = ZERO,
    ) -> None:
        self.balance -= payment - interest
        entry = Entry(kind, number, day, payment, interest, self.balance, charges, self.rate)
        self.entries.append(entry)


def _order(event: RateChange | PartPayment) -> tuple[date, bool]:
    return event.date, isinstance(event, PartPayment)
