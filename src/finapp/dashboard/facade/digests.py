"""Digests: a period in short, from the same readings as the screen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from finapp.analytics.public import CategoryTree, Scope, Summary
from finapp.dashboard.domain import digest as writing
from finapp.dashboard.domain.addresses import source
from finapp.dashboard.facade import facts
from finapp.dashboard.facade.asking import Answered, Ask, Missing
from finapp.dashboard.facade.judging import insights_of
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import Digest, DigestLine, DigestPeriod, DigestSection
from finapp.kernel.basis import Basis
from finapp.kernel.months import add_months, first_day, last_day, month_of, shift

TOP = 8
_FIGURES = {
    "income": "Income",
    "expenses": "Living cost",
    "essential": "of it essential",
    "discretionary": "of it discretionary",
    "debt_service": "Debt service",
    "invested": "Invested",
    "saved": "Saved",
}

as_html, as_text = writing.as_html, writing.as_text


def bounds(period: DigestPeriod, as_of: date, year: int | None) -> tuple[date, date]:
    """The last whole week (Monday to Sunday), month or year before the day, or the given year up to the day."""
    if period == "week":
        sunday = as_of - timedelta(days=as_of.weekday() + 1)
        return sunday - timedelta(days=6), sunday
    if period == "month":
        before = shift(month_of(as_of), -1)
        return first_day(before), last_day(before)
    asked = year or as_of.year - 1
    return date(asked, 1, 1), min(date(asked, 12, 31), as_of)


def questions(
    near: Neighbours, owner: str, period: DigestPeriod, first: date, last: date, as_of: date
) -> Mapping[str, Ask]:
    """What a digest asks beyond the readings of the screen."""
    days = (last - first).days + 1
    begin = first - timedelta(days=days) if period == "week" else add_months(first, -12 if period == "year" else -1)
    before = Scope(first=begin, last=first - timedelta(days=1))
    scope = Scope(first=first, last=last)
    found: dict[str, Ask] = {
        "digest": lambda: near.analytics.summary(owner=owner, scope=scope, as_of=as_of),
        "digest_before": lambda: near.analytics.summary(owner=owner, scope=before, as_of=as_of),
        "digest_categories": lambda: near.analytics.categories(owner=owner, scope=scope, as_of=as_of),
        "digest_merchants": lambda: near.analytics.merchants(owner=owner, scope=scope, as_of=as_of, limit=TOP),
    }
    if period == "year":
        found["digest_worth"] = lambda: near.assets.net_worth(owner=owner, as_of=last)
        found["digest_worth_before"] = lambda: near.assets.net_worth(owner=owner, as_of=first - timedelta(days=1))
    return found


def digest(answered: Answered, found: Readings, period: DigestPeriod, first: date, last: date, as_of: date) -> Digest:
    """The digest; a section whose context did not answer is left out and named."""
    sections: list[DigestSection] = []
    left_out: list[str] = []
    for title, lines in _sections(answered, found, period, as_of).items():
        try:
            made = tuple(lines())
        except Missing:
            left_out.append(title)
            continue
        if made:
            sections.append(DigestSection(title=title, lines=made))
    titles = {"week": "Your week", "month": "Your month", "year": f"Your year {first.year}"}
    asked = source("analytics/summary", as_of, **{"from": first, "to": last})
    return Digest(
        as_of=as_of,
        period=period,
        first=first,
        last=last,
        title=titles[period],
        sections=tuple(sections),
        left_out=tuple(left_out),
        basis=Basis(
            formula="dashboard.digest",
            version=1,
            assumptions={"missing": "figures stand in words, each with its basis where it was asked", "money": asked},
        ),
    )


def _sections(
    answered: Answered, found: Readings, period: DigestPeriod, as_of: date
) -> dict[str, Callable[[], Iterator[DigestLine]]]:
    sections = {
        "Money": partial(_money, answered),
        "Where it went": partial(_categories, answered),
        "Who got most": partial(_merchants, answered),
    }
    if period == "year":
        return {**sections, "Net worth": partial(_worth, answered), "Goals": partial(_goals, found)}
    return {
        **sections,
        "Worth a look": partial(_insights, found, as_of),
        "Coming up": partial(_ahead, found),
        "Budgets": partial(_budgets, found),
        "Goals": partial(_goals, found),
    }


def _money(answered: Answered) -> Iterator[DigestLine]:
    now: Summary = answered.value("digest")
    before: Summary = answered.value("digest_before")
    for name, label in _FIGURES.items():
        earlier = getattr(before, name)
        beside = "" if earlier is None else f"before: {earlier:f}"
        yield DigestLine(label=label, value=_amount(getattr(now, name), now.currency, now.reason), beside=beside)
    rate = now.savings_rate
    value = f"not known ({now.savings_rate_reason})" if rate is None else f"{rate * 100:.1f} %"
    yield DigestLine(label="Savings rate", value=value)


def _categories(answered: Answered) -> Iterator[DigestLine]:
    tree: CategoryTree = answered.value("digest_categories")
    for item in [each for each in tree.items if each.kind == "expense"][:TOP]:
        beside = "" if item.previous is None else f"before: {item.previous:f}"
        yield DigestLine(label=item.name, value=_amount(item.amount, tree.currency, None), beside=beside)


def _merchants(answered: Answered) -> Iterator[DigestLine]:
    for item in answered.value("digest_merchants").items:
        visits = "1 row" if item.count == 1 else f"{item.count} rows"
        yield DigestLine(label=item.merchant, value=_amount(item.amount, item.currency, None), beside=visits)


def _worth(answered: Answered) -> Iterator[DigestLine]:
    now, before = answered.value("digest_worth"), answered.value("digest_worth_before")
    for label, worth in (("At the end", now), ("At the beginning", before)):
        yield DigestLine(label=label, value=_amount(worth.net_worth, worth.currency, worth.net_worth_reason))
    if now.net_worth is not None and before.net_worth is not None:
        yield DigestLine(label="Change", value=_amount(now.net_worth - before.net_worth, now.currency, None))


def _insights(found: Readings, as_of: date) -> Iterator[DigestLine]:
    shown = insights_of(found, as_of)
    for item in shown.items:
        yield DigestLine(label=item.subject, value=_amount(item.at_stake, shown.currency, None), beside=item.action)


def _ahead(found: Readings) -> Iterator[DigestLine]:
    ahead = facts.obligations(found)
    yield DigestLine(label="Due in 30 days", value=_amount(ahead.total_out, ahead.currency, None))
    lowest = _amount(ahead.lowest_balance, ahead.currency, None)
    yield DigestLine(label="Lowest balance", value=lowest, beside=f"on {ahead.lowest_on}")
    left = _amount(ahead.left_until_payday, ahead.currency, ahead.payday_reason)
    beside = "" if ahead.payday is None else f"on {ahead.payday}"
    yield DigestLine(label="Left until pay day", value=left, beside=beside)


def _budgets(found: Readings) -> Iterator[DigestLine]:
    for item in found.envelopes.items:
        yield DigestLine(
            label=item.category,
            value=_amount(item.remaining, item.currency, None),
            beside=f"left of {item.available:f} ({item.state})",
        )


def _goals(found: Readings) -> Iterator[DigestLine]:
    for goal in found.goals.items:
        share = "not known" if goal.progress is None else f"{goal.progress * 100:.0f} %"
        yield DigestLine(label=goal.name, value=share, beside=f"of {goal.target_amount:f} {goal.currency}")


def _amount(value: Decimal | None, currency: str, reason: str | None) -> str:
    return f"not known ({reason or 'no figure'})" if value is None else f"{value:,.{_places(value)}f} {currency}"


def _places(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)
