"""A loan's complete schedule: the unknown of the four solved, rows to 0.00, totals and APR, conventions stated."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property, lru_cache

from finapp.assets.domain import apr
from finapp.assets.domain.amortization import CENTS, Amortization, Entry, rows_of
from finapp.assets.domain.annuity import round_to
from finapp.assets.domain.checks import HIGHEST_RATE, LARGEST_AMOUNT
from finapp.assets.domain.roots import monotone_root
from finapp.assets.domain.terms import DAYS, PER_YEAR, Calendar, calendar_of, check_terms, count_of, unknowns
from finapp.assets.public import LoanTerms, Rounding, Schedule, ScheduleRow
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, exponent, quantum

VERSION = 1
_RATE_TOLERANCE = Decimal("1e-14")
_RATE_SHOWN = Decimal("1e-10")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A loan with all four of its quantities known, run to its end."""

    terms: LoanTerms
    principal: Decimal
    annual_rate: Decimal
    instalment: Decimal
    instalment_unrounded: Decimal
    anchor: int
    """The kept day of the month."""
    entries: tuple[Entry, ...]

    @cached_property
    def rows(self) -> tuple[ScheduleRow, ...]:
        """The entries as the rows of a schedule."""
        return rows_of(self.entries)

    @property
    def instalments(self) -> int:
        """How many there are."""
        return sum(entry.number is not None for entry in self.entries)

    @property
    def months(self) -> int:
        """The term after the moratorium, rounded up to whole months."""
        return -(-self.instalments * 12 // PER_YEAR[self.terms.frequency])


@lru_cache(maxsize=512)
def amortize(terms: LoanTerms) -> Plan:
    """The unknown of the four solved and the loan run to its end.

    Raises Invalid for impossible terms, an instalment that does not cover the interest, and part payments that
    exceed what is owed. Kept for the terms seen last, because the terms alone decide the answer.
    """
    check_terms(terms)
    with localcontext(EXACT):
        calendar = calendar_of(terms)
        principal, rate = _principal_and_rate(terms, calendar)
        run = _agreed(terms, calendar, principal, rate)
        run.run()
    return Plan(
        terms=terms,
        principal=principal + CENTS,
        annual_rate=rate,
        instalment=run.first_instalment or run.entries[-1].payment + CENTS,
        instalment_unrounded=round_to(run.first_unrounded or run.entries[-1].payment, "none"),
        anchor=calendar.anchor,
        entries=tuple(run.entries),
    )


def _principal_and_rate(terms: LoanTerms, calendar: Calendar) -> tuple[Decimal, Decimal]:
    principal, rate, instalment = terms.principal, terms.annual_rate, terms.instalment or Decimal(0)
    if principal is None:
        # The instalment is proportional to the principal; a large one keeps the rounding of interest out of sight.
        share = _level(terms, calendar, LARGEST_AMOUNT, rate or Decimal(0)) / LARGEST_AMOUNT
        principal = round_to(instalment / share, "hundredth")
    if rate is None:
        rate = _rate(terms, calendar, principal, instalment)
    return principal, rate


def _rate(terms: LoanTerms, calendar: Calendar, principal: Decimal, instalment: Decimal) -> Decimal:
    root = monotone_root(
        lambda rate: _level(terms, calendar, principal, rate) - instalment,
        Decimal(0),
        HIGHEST_RATE,
        _RATE_TOLERANCE,
    )
    if root is None:
        raise Invalid("instalment", "no rate between 0 and 500 % a year leads from the principal to it")
    return root.quantize(_RATE_SHOWN)


def _level(terms: LoanTerms, calendar: Calendar, principal: Decimal, rate: Decimal) -> Decimal:
    """The level instalment of a loan to which nothing happens, before rounding."""
    plain = replace(terms, rate_changes=(), prepayments=(), rounding="none", interest_rounding=None, instalment=None)
    run = _fresh(plain, calendar, principal, rate)
    run.stop_at_first = True
    run.run()
    return run.first_unrounded


def _agreed(terms: LoanTerms, calendar: Calendar, principal: Decimal, rate: Decimal) -> Amortization:
    run = _fresh(terms, calendar, principal, rate)
    first_due = calendar.due(terms.moratorium_months + 1)
    events = [change.date for change in terms.rate_changes] + [part.date for part in terms.prepayments]
    if terms.instalment is None and any(terms.start < day < first_due for day in events):
        # The contract's instalment is that of the loan as agreed, before anything happened to it.
        plain = _fresh(replace(terms, rate_changes=(), prepayments=()), calendar, principal, rate)
        plain.stop_at_first = True
        plain.run()
        run.instalment, run.unrounded = plain.instalment, plain.unrounded
    return run


def _fresh(terms: LoanTerms, calendar: Calendar, principal: Decimal, rate: Decimal) -> Amortization:
    return Amortization(
        terms=terms,
        calendar=calendar,
        balance=principal + CENTS,
        rate=rate,
        count=count_of(terms),
        instalment=terms.instalment or Decimal(0),
        unrounded=terms.instalment or Decimal(0),
    )


_FINEST: dict[int, Rounding] = {0: "unit", 3: "thousandth"}


def payable(terms: LoanTerms, currency: str) -> LoanTerms:
    """The same terms with hundredths taken as the smallest amount of a currency: a whole yen, a thousandth dinar."""
    finest = _FINEST.get(exponent(currency))
    if finest is None:
        return terms
    return replace(
        terms,
        rounding=finest if terms.rounding == "hundredth" else terms.rounding,
        interest_rounding=finest if terms.interest_rounding == "hundredth" else terms.interest_rounding,
    )


def build_schedule(terms: LoanTerms, *, currency: str | None, as_of: date) -> Schedule:
    """The whole schedule with totals, both APRs and its conventions. Raises Invalid as `amortize` does."""
    plan = amortize(terms if currency is None else payable(terms, currency))
    rows, principal, instalment = plan.rows, plan.principal, plan.instalment
    if currency is not None:
        unit = quantum(currency)
        rows = tuple(_in_currency(row, unit) for row in rows)
        principal, instalment = _written(principal, unit), _written(instalment, unit)
    interest = sum((row.interest for row in rows), Decimal(0))
    charges = sum((row.charges for row in rows), Decimal(0)) + terms.fees
    with localcontext(EXACT):
        paid = apr.Paid(rows=rows, start=terms.start, anchor=plan.anchor, frequency=terms.frequency)
        nominal = apr.nominal(paid, principal - terms.fees)
        effective = apr.effective(paid, principal - terms.fees)
    return Schedule(
        as_of=as_of,
        currency=currency,
        principal=principal,
        annual_rate=plan.annual_rate,
        months=plan.months,
        instalments=plan.instalments,
        frequency=terms.frequency,
        instalment=instalment,
        instalment_unrounded=plan.instalment_unrounded,
        solved=next(iter(unknowns(terms)), "none"),
        start=terms.start,
        ends_on=rows[-1].date,
        rows=rows,
        total_interest=interest,
        total_payment=principal + interest + charges,
        total_charges=charges,
        apr=nominal,
        apr_reason=None if nominal is not None else "no_root",
        effective_apr=effective,
        effective_apr_reason=None if effective is not None else "no_root",
        basis=_basis(plan),
    )


def _in_currency(row: ScheduleRow, unit: Decimal) -> ScheduleRow:
    """The same figures as a currency writes them; what a loan without rounding carries beyond that stays."""
    return replace(
        row,
        payment=_written(row.payment, unit),
        interest=_written(row.interest, unit),
        principal=_written(row.principal, unit),
        balance=_written(row.balance, unit),
        charges=_written(row.charges, unit),
    )


def _written(amount: Decimal, unit: Decimal) -> Decimal:
    shown = amount.quantize(unit, context=EXACT)
    return shown if shown == amount else amount


def _unit(terms: LoanTerms) -> str:
    return "by weeks, odd days simple over 7" if terms.frequency in DAYS else "by months, odd days simple over 30"


def _basis(plan: Plan) -> Basis:
    known, rows = plan.terms, plan.rows
    assumptions = {
        "day_count": known.day_count,
        "rounding": known.rounding,
        "rounding_mode": known.rounding_mode,
        "interest_rounding": known.interest_rounding or known.rounding,
        "interest_rounding_mode": known.interest_rounding_mode,
        "instalment_by": known.instalment_by,
        "frequency": known.frequency,
        "rate_compounding": known.rate_compounding,
        "month_end": "due dates keep the anchor day, clamped to the month's end",
        "month_length": "30/360 and 30e/360 count a month as 30 days and a week as 1/52 year; others count days",
        "last_row": "absorbs all rounding; the balance ends at 0.00",
        "months": "the term after the moratorium; with monthly instalments their number",
        "moratorium": known.moratorium,
        "broken_period": known.broken_period,
        "rate_change": "interest at the new rate from its date on; a split month by the days of each part",
        "part_payment": "lowers the balance from its date on; on a due date after that day's instalment",
        "apr": f"nominal, unit period {_unit(known)} (US Regulation Z, appendix J)",
        "effective_apr": "EU directive 2008/48/EC, annex I",
    }
    terms = tuple(
        Input(id=f"terms.{name}", kind="assumption", name=name, value=str(getattr(plan, name)), source="own")
        for name in ("principal", "annual_rate", "instalments")
    )
    formula = "P prod(1 + r f_k) / sum_j prod_(k>j)(1 + r f_k); interest = balance x r x f, rounded per row"
    return Basis(
        formula="assets.schedule",
        version=VERSION,
        assumptions=assumptions,
        rows=Rows(count=len(rows), first=rows[0].date, last=rows[-1].date),
        figures={"instalment": Figure(kind="formula", formula=formula, inputs=terms)},
    )
