"""Money-weighted, time-weighted and modified Dietz returns of dated payments."""

from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.flows import netted
from finapp.assets.public import Returns, ReturnsQuestion
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor

VERSION = 1
_SHOWN = Decimal("1e-12")
_YEAR = 365
_CENTS = Decimal("0.00")
"""Added to an amount, it shows at least two decimals."""
MOST_FLOWS = 10_000
Answer = tuple[Decimal | None, str | None]
_ASSUMPTIONS = {
    "sign": "from the investor: paid in negative, received positive; value and as_of are a last receipt",
    "xirr": "sum a (1 + r)^(-days / 365) = 0, r > -1; a yearly rate by definition, also under a year",
    "roots": "all of them, separated by bounds of the curvature; none is guessed",
    "under_a_year": "twr and modified_dietz are over the period unless annualise is asked, else yearly",
    "twr": "linked at each payment; a valuation is the worth before its day's payments",
    "modified_dietz": "(B - F) / sum w F, w = (T - t) / T, payments at the end of their day's count",
}


def measure(question: ReturnsQuestion) -> Returns:
    """All returns of a question. Raises Invalid for no payments, payments after the end, or impossible values."""
    # numpy stands behind the roots: loaded when they are first asked for, not at the start of the process.
    from finapp.assets.domain.xirr import all_roots

    _check(question)
    first = min(flow.date for flow in question.flows)
    end = question.as_of or max(flow.date for flow in question.flows)
    days = (end - first).days
    value = question.value or Decimal(0)
    flows = [(flow.date, flow.amount) for flow in question.flows]
    roots = all_roots([*flows, (end, value)]) if days else ()
    xirr, reason = _single(roots, days)
    per_year = question.annualise or days >= _YEAR
    twr, twr_reason = time_weighted(question, end)
    dietz, dietz_reason = modified_dietz(flows, value, end) if _is_settled(question) else (None, "no_value")
    invested = -sum((amount for _, amount in flows if amount < 0), Decimal(0))
    received = sum((amount for _, amount in flows if amount > 0), Decimal(0))
    return Returns(
        as_of=end,
        first=first,
        days=days,
        xirr=xirr,
        xirr_reason=reason,
        roots=roots,
        period_return=None if xirr is None else _over(xirr, days),
        period_return_reason=reason,
        twr=_annual(twr, days) if per_year else twr,
        twr_reason=twr_reason,
        twr_annualised=per_year and twr is not None,
        modified_dietz=_annual(dietz, days) if per_year else dietz,
        modified_dietz_reason=dietz_reason,
        modified_dietz_annualised=per_year and dietz is not None,
        invested=invested + _CENTS,
        received=received + _CENTS,
        gain=received + value - invested + _CENTS,
        basis=_basis(question, end),
    )


def nothing(as_of: date, currency: str, reason: str) -> Returns:
    """No return, and why: where nothing was bought, or an exchange rate is not known."""
    zero = from_minor(0, currency)
    return Returns(
        as_of=as_of,
        first=None,
        days=0,
        xirr=None,
        xirr_reason=reason,
        roots=(),
        period_return=None,
        period_return_reason=reason,
        twr=None,
        twr_reason=reason,
        twr_annualised=False,
        modified_dietz=None,
        modified_dietz_reason=reason,
        modified_dietz_annualised=False,
        invested=zero,
        received=zero,
        gain=zero,
        basis=Basis(formula="assets.returns", version=VERSION, assumptions=_ASSUMPTIONS, rows=Rows(count=0)),
    )


def _is_settled(question: ReturnsQuestion) -> bool:
    """Whether the worth at the end is known: told, or nothing because the last payment was received."""
    if question.value is not None:
        return True
    last = max(flow.date for flow in question.flows)
    return sum((flow.amount for flow in question.flows if flow.date == last), Decimal(0)) > 0


def _single(roots: tuple[Decimal, ...], days: int) -> Answer:
    if days == 0:
        return None, "one_day"
    if not roots:
        return None, "no_root"
    return (roots[0], None) if len(roots) == 1 else (None, "several_roots")


def _over(yearly: Decimal, days: int) -> Decimal:
    growth = EXACT.power(1 + yearly, EXACT.divide(Decimal(days), Decimal(_YEAR)))
    return (growth - 1).quantize(_SHOWN, context=EXACT)


def _annual(period: Decimal | None, days: int) -> Decimal | None:
    """A period's return per year: (1 + R)^(365 / days) - 1. A loss of everything stays one."""
    if period is None or days == 0 or period <= -1:
        return period
    growth = EXACT.power(1 + period, EXACT.divide(Decimal(_YEAR), Decimal(days)))
    return (growth - 1).quantize(_SHOWN, context=EXACT)


def time_weighted(question: ReturnsQuestion, end: date) -> Answer:
    """The product of the growth between payments, less one.

    A valuation is the worth before its day's payments; growth from one payment to the next is the value before the
    later one over the value after the earlier one. Needs a valuation for every day with payments but the first.
    """
    paid = dict(netted([(flow.date, -flow.amount) for flow in question.flows]))
    known = {item.date: item.value for item in question.valuations}
    first = min(flow.date for flow in question.flows)
    final = known.get(end, None if end in paid and question.value is None else question.value)
    days = sorted({*paid, *(day for day in known if first <= day <= end)})
    capital, growth = known.get(first, Decimal(0)) + paid.get(first, Decimal(0)), Decimal(1)
    if end not in known and not _is_settled(question):
        return None, "no_value"
    if end == first or capital <= 0:
        return None, "no_capital"
    for day in [*(day for day in days if first < day < end), end]:
        before = known.get(day) if day < end else _before_last(final, paid.get(end), question.value, known.get(end))
        if before is None or before < 0:
            return None, "no_valuations"
        if capital <= 0:
            return None, "no_capital"
        growth = EXACT.multiply(growth, EXACT.divide(before, capital))
        capital = before + paid.get(day, Decimal(0))
    return (growth - 1).quantize(_SHOWN, context=EXACT), None


def _before_last(
    final: Decimal | None, paid: Decimal | None, value: Decimal | None, known: Decimal | None
) -> Decimal | None:
    """The worth before the payments of the last day: stated, or the worth after them with them taken back."""
    if known is not None:
        return known
    if value is not None:
        return value - (paid or Decimal(0))
    return -paid if paid is not None else final


def modified_dietz(flows: list[tuple[date, Decimal]], value: Decimal, end: date) -> Answer:
    """(B - F) / sum w_i F_i with w_i = (T - t_i) / T: the gain over the capital weighted by its time.

    Payments of the first day weigh 1, so that a beginning value is simply a payment on it. More than everything
    cannot be lost: a weight of late payments too small for their loss gives no return.
    """
    first = min(day for day, _ in flows)
    length = (end - first).days
    if length == 0:
        return None, "no_capital"
    weighted = sum((-amount * (end - day).days for day, amount in flows), Decimal(0))
    if weighted <= 0:
        return None, "no_capital"
    gain = value + sum((amount for _, amount in flows), Decimal(0))
    found = EXACT.divide(gain * length, weighted).quantize(_SHOWN, context=EXACT)
    return (found, None) if found >= -1 else (None, "beyond_total_loss")


def _check(question: ReturnsQuestion) -> None:
    if not question.flows:
        raise Invalid("flows", "are needed")
    if len(question.flows) > MOST_FLOWS:
        raise Invalid("flows", f"{MOST_FLOWS} are the most")
    for index, flow in enumerate(question.flows):
        checks.check_date(f"flows.{index}.date", flow.date)
        checks.check_amount(f"flows.{index}.amount", abs(flow.amount), zero=True)
        if question.as_of is not None and flow.date > question.as_of:
            raise Invalid(f"flows.{index}.date", "lies after as_of")
    if question.as_of is not None:
        checks.check_date("as_of", question.as_of)
    if question.value is not None:
        checks.check_amount("value", question.value, zero=True)
    seen = set()
    for index, item in enumerate(question.valuations):
        checks.check_date(f"valuations.{index}.date", item.date)
        checks.check_amount(f"valuations.{index}.value", item.value, zero=True)
        if item.date in seen:
            raise Invalid(f"valuations.{index}.date", "has two valuations")
        seen.add(item.date)


def _basis(question: ReturnsQuestion, end: date) -> Basis:
    days = [flow.date for flow in question.flows]
    inputs = (
        Input(id="flows", kind="rows", name="flows", value=str(len(days)), source="own"),
        Input(id="value", kind="valuation", name="value", value=str(question.value), source="own"),
    )
    return Basis(
        formula="assets.returns",
        version=VERSION,
        assumptions={
            **_ASSUMPTIONS,
            "end": end.isoformat(),
        },
        rows=Rows(count=len(days), first=min(days), last=max(days)),
        figures={"xirr": Figure(kind="formula", formula="sum a (1 + xirr)^(-days / 365) = 0", inputs=inputs)},
    )
