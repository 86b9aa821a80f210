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
    return asked.figures(
        Summary, facade, lambda owner, day: facade.summary(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/typical-month", response_model=TypicalMonth)
def typical_month(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """What a normal month looks like: medians and bands over the complete months among the last twelve."""
    return asked.figures(
        TypicalMonth, facade, lambda owner, day: facade.typical_month(owner=owner, as_of=day), as_of=as_of
    )


@router.get("/analytics/categories", response_model=CategoryTree)
def categories(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """The category tree with shares and the period before."""
    return asked.figures(
        CategoryTree, facade, lambda owner, day: facade.categories(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/merchants", response_model=Merchants)
def merchants(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None, limit: Limit = 50) -> Response:
    """The merchants where most was spent."""
    return asked.figures(
        Merchants,
        facade,
        lambda owner, day: facade.merchants(owner=owner, scope=scope, as_of=day, limit=limit),
        as_of=as_of,
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
    return asked.figures(
        CashFlow, facade, lambda owner, day: facade.cash_flow(owner=owner, scope=scope, by=by, as_of=day), as_of=as_of
    )


@router.get("/analytics/patterns", response_model=Patterns)
def patterns(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """When living cost arises: by weekday, day of the month, month of the year, and a calendar of days."""
    return asked.figures(
        Patterns, facade, lambda owner, day: facade.patterns(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/flow", response_model=MoneyFlow)
def flow(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """Where money came from and went to, as nodes and links of a Sankey diagram."""
    return asked.figures(
        MoneyFlow, facade, lambda owner, day: facade.flow(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/trends", response_model=Trends)
def trends(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """Where the household is heading: robust slopes over the complete months, and how sure they are."""
    return asked.figures(
        Trends, facade, lambda owner, day: facade.trends(owner=owner, scope=scope, as_of=day), as_of=as_of
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
    return asked.figures(
        Anomalies,
        facade,
        lambda owner, day: facade.anomalies(owner=owner, scope=scope, false_alarm_rate=false_alarm_rate, as_of=day),
        as_of=as_of,
    )
