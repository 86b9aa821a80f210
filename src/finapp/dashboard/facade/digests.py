"""Digests: a period in short, from the same readings as the screen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from finapp.analytics.public import CategoryTree, Scope, Summary
from finapp.dashboard.domain import digest as page
from finapp.dashboard.domain.addresses import source
from finapp.dashboard.domain.words import said
from finapp.dashboard.facade import facts
from finapp.dashboard.facade.asking import Answered, Ask, Missing
from finapp.dashboard.facade.judging import insights_of
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.facade.writing import Writing, writing_of
from finapp.dashboard.public import Digest, DigestLine, DigestPeriod, DigestSection, InsightValue
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

as_html, as_text = page.as_html, page.as_text


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
    writing = _writing(found)
    for title, lines in _sections(answered, found, period, as_of, writing).items():
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
        dates=f"{writing.day(first)} to {writing.day(last)}",
        title=titles[period],
        sections=tuple(sections),
        left_out=tuple(left_out),
        basis=Basis(
            formula="dashboard.digest",
            version=2,
            assumptions={"missing": "figures stand in words, each with its basis where it was asked", "money": asked},
        ),
    )


def _writing(found: Readings) -> Writing:
    """The writing of the household; plain English while it cannot be asked."""
    try:
        return writing_of(found.household.locale)
    except Missing:
        return writing_of("en")


def _sections(
    answered: Answered, found: Readings, period: DigestPeriod, as_of: date, writing: Writing
) -> dict[str, Callable[[], Iterator[DigestLine]]]:
    sections = {
        "Money": partial(_money, answered, writing),
        "Where it went": partial(_categories, answered, writing),
        "Who got most": partial(_merchants, answered, writing),
    }
    goals = partial(_goals, found, writing)
    if period == "year":
        return {**sections, "Net worth": partial(_worth, answered, writing), "Goals": goals}
    return {
        **sections,
        "Worth a look": partial(_insights, found, as_of, writing),
        "Coming up": partial(_ahead, found, writing),
        "Budgets": partial(_budgets, found, writing),
        "Goals": goals,
    }


def _money(answered: Answered, writing: Writing) -> Iterator[DigestLine]:
    now: Summary = answered.value("digest")
    before: Summary = answered.value("digest_before")
    tree: CategoryTree = answered.value("digest_categories")
    # The ledger may have begun within the period before: it is compared only where the categories are.
    is_known = any(item.previous is not None for item in tree.items)
    for name, label in _FIGURES.items():
        earlier = getattr(before, name) if is_known else None
        beside = "" if earlier is None else f"before: {writing.money(earlier, before.currency)}"
        value = _amount(writing, getattr(now, name), now.currency, now.reason)
        yield DigestLine(label=label, value=value, beside=beside)
    rate = now.savings_rate
    value = f"not known ({now.savings_rate_reason})" if rate is None else writing.share(rate, 1)
    yield DigestLine(label="Savings rate", value=value)


def _categories(answered: Answered, writing: Writing) -> Iterator[DigestLine]:
    tree: CategoryTree = answered.value("digest_categories")
    for item in [each for each in tree.items if each.kind == "expense"][:TOP]:
        beside = "" if item.previous is None else f"before: {writing.money(item.previous, tree.currency)}"
        yield DigestLine(label=item.name, value=writing.money(item.amount, tree.currency), beside=beside)


def _merchants(answered: Answered, writing: Writing) -> Iterator[DigestLine]:
    for item in answered.value("digest_merchants").items:
        visits = "1 row" if item.count == 1 else f"{item.count} rows"
        yield DigestLine(label=item.merchant, value=writing.money(item.amount, item.currency), beside=visits)


def _worth(answered: Answered, writing: Writing) -> Iterator[DigestLine]:
    now, before = answered.value("digest_worth"), answered.value("digest_worth_before")
    for label, worth in (("At the end", now), ("At the beginning", before)):
        value = _amount(writing, worth.net_worth, worth.currency, worth.net_worth_reason)
        yield DigestLine(label=label, value=value)
    if now.net_worth is not None and before.net_worth is not None:
        yield DigestLine(label="Change", value=writing.money(now.net_worth - before.net_worth, now.currency))


def _insights(found: Readings, as_of: date, writing: Writing) -> Iterator[DigestLine]:
    shown = insights_of(found, as_of)
    for item in shown.items:
        subject, action = said(item.key, item.values, partial(_value, writing))
        yield DigestLine(label=subject, value=writing.money(item.at_stake, shown.currency), beside=action)


def _value(writing: Writing, value: InsightValue) -> str:
    if value.kind == "name":
        return value.value
    amount = Decimal(value.value)
    return writing.number(amount) if value.currency is None else writing.money(amount, value.currency)


def _ahead(found: Readings, writing: Writing) -> Iterator[DigestLine]:
    ahead = facts.obligations(found)
    due = _amount(writing, ahead.total_out, ahead.currency, ahead.total_out_reason)
    yield DigestLine(label="Due in 30 days", value=due)
    lowest = _amount(writing, ahead.lowest_balance, ahead.currency, ahead.lowest_balance_reason)
    lowest_on = "" if ahead.lowest_on is None else f"on {writing.day(ahead.lowest_on)}"
    yield DigestLine(label="Lowest balance", value=lowest, beside=lowest_on)
    left = _amount(writing, ahead.left_until_payday, ahead.currency, ahead.left_until_payday_reason)
    beside = "" if ahead.payday is None else f"on {writing.day(ahead.payday)}"
    yield DigestLine(label="Left until pay day", value=left, beside=beside)


def _budgets(found: Readings, writing: Writing) -> Iterator[DigestLine]:
    for item in found.envelopes.items:
        yield DigestLine(
            label=item.category,
            value=writing.money(item.remaining, item.currency),
            beside=f"left of {writing.money(item.available, item.currency)} ({item.state})",
        )


def _goals(found: Readings, writing: Writing) -> Iterator[DigestLine]:
    for goal in found.goals.items:
        share = "not known" if goal.progress is None else writing.share(goal.progress)
        yield DigestLine(label=goal.name, value=share, beside=f"of {writing.money(goal.target_amount, goal.currency)}")


def _amount(writing: Writing, value: Decimal | None, currency: str, reason: str | None) -> str:
    return f"not known ({reason or 'no figure'})" if value is None else writing.money(value, currency)
