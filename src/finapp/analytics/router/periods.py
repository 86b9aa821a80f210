"""Figures about periods over HTTP."""

from decimal import Decimal
from typing import Annotated

from starlette.responses import Response

from finapp.analytics.public import (
    Analytics,
    Anomalies,
    CashFlow,
    CategoryTree,
    Merchants,
    MoneyFlow,
    Patterns,
    Step,
    Summary,
    Trends,
    TypicalMonth,
)
from finapp.analytics.router.scope import Where
from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import Rate
from finapp.platform.operations import Router
from finapp.platform.routes import Limit, given

router = Router()
Facade = Annotated[Analytics, given("analytics")]


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
    by: Step = "month",
    as_of: AsOf = None,
) -> Response:
    """Income, spending and saving by month, week, day, or from pay day to pay day."""
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
