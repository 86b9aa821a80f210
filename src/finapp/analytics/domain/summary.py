"""A period in a few figures, and a normal month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from finapp.analytics.domain import medians
from finapp.analytics.domain.explained import figures_of, is_part, only
from finapp.analytics.domain.queries import KINDS, SIGNS, Place
from finapp.analytics.domain.sums import Sum, Sums, Totals, savings_rate, totals
from finapp.analytics.public import Band, Summary, TypicalMonth
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.months import Month

VERSION = 1
ADDED_UP = ("income", "expenses", "essential", "discretionary", "debt_service", "invested")
SAVED = "income - expenses - debt_service"
_STARTS = {
    "day": "start on day {day}; after the 17th, named after the month that follows",
    "last_working_day": "start on the last working day (Monday to Friday); named after the month that follows",
    "payday": "start on the day the salary came, else on its usual day; named after the month most of each lies in",
}
CONVERSION = (
    "each day's sum at the household's own rate, else the European Central Bank's, of the day or the last before"
)
HOLIDAYS = timedelta(days=5)
"""Days for which a rate is carried over weekends and holidays without a word."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What moved between own accounts; None with the reason."""

    amount: Decimal | None
    reason: str | None


def by_month(sums: Sums, months: Sequence[Month]) -> dict[Month, Totals]:
    """The totals of each of `months`, in order; zeros where there are no rows."""
    found: dict[Month, list[Sum]] = {month: [] for month in months}
    named: dict[date, list[Sum] | None] = {}
    for item in sums.items:
        if item.on not in named:
            named[item.on] = found.get(sums.calendar.month_of(item.on))
        inside = named[item.on]
        if inside is not None:
            inside.append(item)
    return {month: totals(items, sums.currency) for month, items in found.items()}


def within(sums: Sums, months: Sequence[Month]) -> Sums:
    """The sums from the first of some months, which stand in order, to the end of the last."""
    if not months:
        return replace(sums, items=())
    first, last = sums.calendar.first_day(months[0]), sums.calendar.last_day(months[-1])
    return replace(sums, items=tuple([item for item in sums.items if first <= item.on <= last]))


def summary(place: Place, sums: Sums, months: tuple[Month, ...], moved: Moved, as_of: date) -> Summary:
    """A period in a few figures. `months` are the complete months of the period."""
    found = totals(sums.items, sums.currency)
    rate, reason = savings_rate(found)
    single = by_month(sums, months)
    return Summary(
        as_of=as_of,
        first=place.first,
        last=place.last,
        currency=sums.currency,
        income=found.income,
        expenses=found.expenses,
        essential=found.essential,
        discretionary=found.discretionary,
        debt_service=found.debt_service,
        invested=found.invested,
        saved=found.saved,
        savings_rate=rate,
        savings_rate_reason=reason,
        transfers=moved.amount,
        transfers_reason=moved.reason,
        count=found.count,
        months=months,
        monthly=medians.monthly(list(single.values()), sums.currency) if single else None,
        monthly_reason=None if single else "no_complete_month",
        other_currencies=sums.others,
        basis=Basis(
            formula="analytics.summary",
            version=VERSION,
            assumptions=assumptions(sums),
            rows=Rows(count=found.count, first=place.first, last=place.last),
            figures={**figures_of(place, sums, ADDED_UP), **_formulas(found), **_medians(place, sums, single)},
        ),
    )


def unknown(place: Place, currency: str, reason: str, as_of: date) -> Summary:
    """A period that the ledger tells nothing about."""
    return Summary(
        as_of=as_of,
        first=place.first,
        last=place.last,
        currency=currency,
        **dict.fromkeys((*ADDED_UP, "saved")),
        savings_rate=None,
        savings_rate_reason=reason,
        transfers=None,
        transfers_reason=reason,
        count=0,
        months=(),
        monthly=None,
        monthly_reason="no_complete_month",
        reason=reason,
        other_currencies=(),
        basis=Basis(formula="analytics.summary", version=VERSION, assumptions={"missing": reason}),
    )


def assumptions(sums: Sums) -> dict[str, str]:
    """The conventions that every answer made of sums states."""
    stated = {"signs": SIGNS, "complete_months": "first and last month compared with the usual days, three days off"}
    if not sums.calendar.is_plain:
        stated["months"] = _STARTS[sums.calendar.starts.kind].format(day=sums.calendar.starts.day)
    if sums.converted:
        stated["exchange_rates"] = f"{', '.join(sums.converted)}: {CONVERSION}"
        stated |= _carried(sums)
    if sums.others:
        stated["left_out"] = ", ".join(each.currency for each in sums.others) + ": no exchange rate is known"
    return stated


def _carried(sums: Sums) -> dict[str, str]:
    """The days of rates that are much older than the rows they convert, by currency."""
    old: dict[str, set[date]] = {}
    for item in sums.items:
        made = item.original
        if made is not None and item.on - made.rate.on > HOLIDAYS:
            old.setdefault(made.currency, set()).add(made.rate.on)
    said = (f"{code}: {', '.join(map(str, sorted(days)))}" for code, days in sorted(old.items()))
    return {"rates_carried_from": "; ".join(said)} if old else {}


def _formulas(found: Totals) -> dict[str, Figure]:
    saved = tuple(_figure(name, getattr(found, name)) for name in ("income", "expenses", "debt_service"))
    rate = (_figure("saved", found.saved), _figure("income", found.income))
    return {
        "saved": Figure(kind="formula", formula=SAVED, inputs=saved),
        "savings_rate": Figure(kind="formula", formula="saved / income", inputs=rate),
    }


def _figure(name: str, value: Decimal) -> Input:
    return Input(id=name, kind="figure", name=name, value=f"{value:f}", source="this answer")


def _medians(place: Place, sums: Sums, months: Mapping[Month, Totals]) -> dict[str, Figure]:
    names = (*ADDED_UP, "saved") if months else ()
    inside = {month: _inside(place, sums, month) for month in months}
    return {f"monthly.{name}": _median(inside, sums, name, months) for name in names}


def _median(inside: Mapping[Month, Place], sums: Sums, name: str, months: Mapping[Month, Totals]) -> Figure:
    some = sums.items if sums.converted else ()
    converted = (item for item in some if item.original is not None and is_part(item, name))
    foreign = {sums.calendar.month_of(item.on) for item in converted}
    inputs = tuple(
        _of_month(inside[month], name, month, getattr(found, name), None if month in foreign else only(sums))
        for month, found in months.items()
    )
    return Figure(kind="formula", formula="median over the complete months", inputs=inputs)


def _inside(place: Place, sums: Sums, month: Month) -> Place:
    return place.at(sums.calendar.first_day(month), min(sums.calendar.last_day(month), place.last))


def _of_month(inside: Place, name: str, month: Month, value: Decimal, own: Mapping[str, str] | None) -> Input:
    """A month's value: the rows that `own` narrows down, or the month's own answer where rows were converted."""
    if name in KINDS and own is not None:
        rows = inside.query(**KINDS[name], **own)
        return Input(id=f"{name}.{month}", kind="rows", name=name, value=f"{value:f}", source=rows)
    source = inside.figure("analytics/summary")
    return Input(id=f"{name}.{month}", kind="figure", name=name, value=f"{value:f}", source=source)


def typical_month(
    sums: Sums, months: tuple[Month, ...], complete: bool, last: date | None, as_of: date
) -> TypicalMonth:
    """What a normal month looks like over `months`: complete ones, or the one incomplete month there is.

    `last` is the last day looked at. Without months nothing is known.
    """
    single = by_month(sums, months)
    values = {name: tuple(getattr(each, name) for each in single.values()) for name in medians.FIGURES}
    middle = {name: medians.median(found, sums.currency) if found else None for name, found in values.items()}
    whole = totals([item for item in sums.items if sums.calendar.month_of(item.on) in single], sums.currency)
    rate, reason = savings_rate(whole) if single else (None, "no_months")

    def band(name: str) -> Band | None:
        return medians.band(values[name], sums.currency) if single else None

    return TypicalMonth(
        as_of=as_of,
        currency=sums.currency,
        months=months,
        complete=complete and bool(months),
        reason=None if months else "no_months",
        **middle,
        savings_rate=rate,
        savings_rate_reason=reason,
        income_band=band("income"),
        expenses_band=band("expenses"),
        essential_band=band("essential"),
        expenses_by_month=values["expenses"],
        essential_by_month=values["essential"],
        income_by_month=values["income"],
        saved_by_month=values["saved"],
        basis=_typical_basis(sums, single, whole, last),
        other_currencies=sums.others,
    )


def _typical_basis(sums: Sums, single: Mapping[Month, Totals], whole: Totals, last: date | None) -> Basis:
    if not single or last is None:
        return Basis(formula="analytics.typical_month", version=VERSION, assumptions={"missing": "no rows"})
    place = Place(first=sums.calendar.first_day(next(iter(single))), last=last)
    inside = {month: _inside(place, sums, month) for month in single}
    figures = {name: _median(inside, sums, name, single) for name in (*ADDED_UP, "saved")}
    begin = sums.calendar.first_day(next(iter(single)))
    until = min(sums.calendar.last_day(list(single)[-1]), last)
    source = place.at(begin, until).figure("analytics/summary")
    rate = tuple(
        Input(id=name, kind="figure", name=name, value=f"{getattr(whole, name):f}", source=source)
        for name in ("saved", "income")
    )
    return Basis(
        formula="analytics.typical_month",
        version=VERSION,
        assumptions={**assumptions(sums), "savings_rate": "over all months used together"},
        rows=Rows(count=whole.count, first=place.first, last=place.last),
        figures={**figures, "savings_rate": Figure(kind="formula", formula="saved / income", inputs=rate)},
    )
