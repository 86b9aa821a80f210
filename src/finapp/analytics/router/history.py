"""One part of the money month by month, and the household's settings, over HTTP."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from finapp.analytics.public import Analytics, AnalyticsSettings, History, HistoryKind, InPrices
from finapp.analytics.router.scope import Where
from finapp.analytics.schemas import SettingsBody
from finapp.kernel.months import Month
from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import MonthText
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Expected, given, tagged

router = Router()
Facade = Annotated[Analytics, given("analytics")]


@router.get("/analytics/categories/history", response_model=History)
def category_history(
    asked: Question,
    facade: Facade,
    scope: Where,
    category_id: Annotated[str, Query(max_length=50)],
    kind: HistoryKind | None = None,
    as_of: AsOf = None,
) -> Response:
    """A category with everything below it, month by month."""
    return asked.figures(
        History,
        facade,
        lambda owner, day: facade.category_history(
            owner=owner, category_id=category_id, kind=kind, scope=scope, as_of=day
        ),
        as_of=as_of,
    )


@router.get("/analytics/bank-charges", response_model=History)
def bank_charges(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """What banks take: fees and charges, month by month."""
    return asked.figures(
        History, facade, lambda owner, day: facade.bank_charges(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/passive-income", response_model=History)
def passive_income(asked: Question, facade: Facade, scope: Where, as_of: AsOf = None) -> Response:
    """What comes in without work: interest, dividends and what is kept below them, month by month."""
    return asked.figures(
        History, facade, lambda owner, day: facade.passive_income(owner=owner, scope=scope, as_of=day), as_of=as_of
    )


@router.get("/analytics/real", response_model=InPrices)
def in_prices(
    asked: Question, facade: Facade, scope: Where, base: MonthText | None = None, as_of: AsOf = None
) -> Response:
    """Complete months with inflation taken out, in the prices of the month `base`."""
    month = None if base is None else Month(base)
    return asked.figures(
        InPrices,
        facade,
        lambda owner, day: facade.in_prices(owner=owner, scope=scope, base=month, as_of=day),
        as_of=as_of,
    )


@router.get("/analytics/settings", response_model=AnalyticsSettings)
def settings(asked: Question, facade: Facade, as_of: AsOf = None) -> AnalyticsSettings:
    """When the household's months start, and how prices rose."""
    return facade.settings(owner=asked.owner, as_of=asked.day(as_of))


@router.put("/analytics/settings", response_model=AnalyticsSettings)
def change_settings(
    body: SettingsBody, request: Request, asked: Question, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Replaces them. Every figure by month follows at once."""
    changed = facade.change_settings(
        owner=asked.owner, person=caller.person, new=body.value(), as_of=asked.day(None), expected=expected
    )
    return tagged(request, changed, changed.version)
