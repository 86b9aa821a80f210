"""Figures about periods over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from finapp.analytics.public import (
    Analytics,
    Anomalies,
    CashFlow,
    CategoryTree,
    Merchants,
    MoneyFlow,
    Patterns,
    Scope,
    Summary,
    Trends,
    TypicalMonth,
)
from finapp.kernel.months import Month, first_day, last_day
from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import Rate
from finapp.platform.routes import Limit, checked, given

router = APIRouter()
Facade = Annotated[Analytics, given("analytics")]
Bound = Annotated[str | None, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])(-\d\d)?$")]


def _scope(
    first: Annotated[Bound, Query(alias="from", description="A day or a month.")] = None,
    last: Annotated[Bound, Query(alias="to", description="A day or a month.")] = None,
    account_id: Annotated[str | None, Query(max_length=50)] = None,
    tag: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    include_transfers: bool = False,
) -> Scope:
    return Scope(
        first=None if first is None else _day(first, "from", end=False),
        last=None if last is None else _day(last, "to", end=True),
        account_id=account_id,
        tag=tag,
        include_transfers=include_transfers,
    )


def _day(text: str, field: str, *, end: bool) -> date:
    """The day a bound names: itself, or the first or last one of a month."""
    if len(text) == len("YYYY-MM"):
        return last_day(Month(text)) if end else first_day(Month(text))
    day: date = checked(field, lambda: date.fromisoformat(text))
    return day


Where = Annotated[Scope, Depends(_scope)]


@router.get("/analytics/summary", response_model=Summary)
def summary(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """Income, living cost, debt service, investments and what was saved; without dates over the complete months
    among the last twelve."""
    day = asked.day(as_of)
    return asked.answer(
        Summary,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.summary(owner=asked.owner, scope=scope, as_of=day),
    )


@router.get("/analytics/typical-month", response_model=TypicalMonth)
def typical_month(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """What a normal month looks like: medians and bands over the complete months among the last twelve."""
    day = asked.day(as_of)
    return asked.answer(
        TypicalMonth,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.typical_month(owner=asked.owner, as_of=day),
    )


@router.get("/analytics/categories", response_model=CategoryTree)
def categories(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """The category tree with shares and the period before."""
    day = asked.day(as_of)
    return asked.answer(
        CategoryTree,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.categories(owner=asked.owner, scope=scope, as_of=day),
    )


@router.get("/analytics/merchants", response_model=Merchants)
def merchants(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None, limit: Limit = 50) -> Response:
    """The merchants where most was spent."""
    day = asked.day(as_of)
    return asked.answer(
        Merchants,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.merchants(owner=asked.owner, scope=scope, as_of=day, limit=limit),
    )


@router.get("/analytics/cashflow", response_model=CashFlow)
def cash_flow(
    asked: Question,
    facade: Facade,
    scope: Where,
    by: Literal["month", "week", "day"] = "month",
    as_of: AsOf = None,
) -> Response:
    """Income, spending and saving, period by period."""
    day = asked.day(as_of)
    return asked.answer(
        CashFlow,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.cash_flow(owner=asked.owner, scope=scope, by=by, as_of=day),
    )


@router.get("/analytics/patterns", response_model=Patterns)
def patterns(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """When living cost arises: by weekday, day of the month, month of the year, and a calendar of days."""
    day = asked.day(as_of)
    return asked.answer(
        Patterns,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.patterns(owner=asked.owner, scope=scope, as_of=day),
    )


@router.get("/analytics/flow", response_model=MoneyFlow)
def flow(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """Where money came from and went to, as nodes and links of a Sankey diagram."""
    day = asked.day(as_of)
    return asked.answer(
        MoneyFlow,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.flow(owner=asked.owner, scope=scope, as_of=day),
    )


@router.get("/analytics/trends", response_model=Trends)
def trends(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """Where the household is heading: robust slopes over the complete months, and how sure they are."""
    day = asked.day(as_of)
    return asked.answer(
        Trends,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.trends(owner=asked.owner, scope=scope, as_of=day),
    )


@router.get("/analytics/anomalies", response_model=Anomalies)
def anomalies(
    asked: Question,
    facade: Facade,
    scope: Where,
    false_alarm_rate: Rate = Decimal("0.01"),
    as_of: AsOf = None,
) -> Response:
    """Complete months in which a category cost unusually much or little, with the rate of false alarms."""
    day = asked.day(as_of)
    return asked.answer(
        Anomalies,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.anomalies(owner=asked.owner, scope=scope, false_alarm_rate=false_alarm_rate, as_of=day),
    )
