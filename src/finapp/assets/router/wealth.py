"""Net worth: on a day and over time."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from finapp.assets.public import (
    AssetKind,
    Assets,
    Attribution,
    NetWorth,
    NetWorthTimeline,
    Projection,
    ProjectionQuestion,
    Snapshots,
    Step,
)
from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month, first_day, last_day, month_of, shift
from finapp.platform.answers import AsOf, Question
from finapp.platform.operations import Router
from finapp.platform.routes import Limit, checked, given

router = Router()
Facade = Annotated[Assets, given("assets")]
_FRACTION = r"^-?\d(\.\d{1,8})?$"
_NO_GROWTH: list[str] = []
Bound = Annotated[str | None, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])(-\d\d)?$")]


@router.get("/net-worth", response_model=NetWorth)
def net_worth(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Net worth at the end of a day, with every position once."""
    return asked.figures(NetWorth, facade, lambda owner, day: facade.net_worth(owner=owner, as_of=day), as_of=as_of)


@router.get("/net-worth/timeline", response_model=NetWorthTimeline)
def net_worth_timeline(
    asked: Question,
    facade: Facade,
    first: Annotated[Bound, Query(alias="from")] = None,
    last: Annotated[Bound, Query(alias="to")] = None,
    by: Step = "month",
    as_of: AsOf = None,
) -> Response:
    """Net worth at the end of each step; `from` and `to` are days or months, the last twelve months when left out."""

    def timeline(owner: str, day: date) -> NetWorthTimeline:
        until = day if last is None else bound(last, "to", end=True)
        since = first_day(shift(month_of(until), -11)) if first is None else bound(first, "from", end=False)
        return facade.net_worth_timeline(owner=owner, first=since, last=until, by=by, as_of=day)

    return asked.figures(NetWorthTimeline, facade, timeline, as_of=as_of)


@router.get("/net-worth/attribution", response_model=Attribution)
def net_worth_attribution(
    asked: Question,
    facade: Facade,
    first: Annotated[Bound, Query(alias="from")] = None,
    last: Annotated[Bound, Query(alias="to")] = None,
) -> Response:
    """Why net worth changed between the ends of two days: since the last month's end when left out.

    A month as `from` means the end of the month before it, as `to` its own end, so that `from=to` asks for one month.
    """
    today = asked.day(None)
    until = today if last is None else min(bound(last, "to", end=True), today)
    if first is None:
        since = last_day(shift(month_of(until), -1))
    elif len(first) == len("YYYY-MM"):
        since = last_day(shift(Month(first), -1))
    else:
        since = bound(first, "from", end=False)
    return asked.answer(
        Attribution,
        version=facade.version(owner=asked.owner),
        as_of=until,
        make=lambda: facade.net_worth_attribution(owner=asked.owner, first=since, last=until),
    )


@router.get("/net-worth/projection", response_model=Projection)
def net_worth_projection(
    asked: Question,
    facade: Facade,
    years: Annotated[int, Query(ge=1, le=60)] = 10,
    monthly_saving: Annotated[str | None, Query(pattern=r"^-?\d{1,12}(\.\d{1,8})?$")] = None,
    monthly_investment: Annotated[str | None, Query(pattern=r"^\d{1,12}(\.\d{1,8})?$")] = None,
    investment_class: AssetKind = "fund",
    saving_growth: Annotated[str, Query(pattern=_FRACTION)] = "0",
    growth: Annotated[list[str], Query(max_length=30)] = _NO_GROWTH,
    freed_instalments_saved: bool = True,
    as_of: AsOf = None,
) -> Response:
    """Net worth ahead; `growth` is given as `class:rate` (`fund:0.1`), as often as needed.

    What is put aside a month comes from the ledger's last complete months unless it is stated.
    """
    day = asked.day(as_of)
    question = ProjectionQuestion(
        years=years,
        monthly_saving=None if monthly_saving is None else Decimal(monthly_saving),
        monthly_investment=None if monthly_investment is None else Decimal(monthly_investment),
        investment_class=investment_class,
        saving_growth=Decimal(saving_growth),
        growth=dict(_growth(item) for item in growth),
        freed_instalments_saved=freed_instalments_saved,
    )
    return asked.answer(
        Projection,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.net_worth_projection(owner=asked.owner, question=question, as_of=day),
    )


@router.get("/net-worth/snapshots", response_model=Snapshots)
def net_worth_snapshots(asked: Question, facade: Facade, limit: Limit = 120, as_of: AsOf = None) -> Response:
    """Month ends as they were known then, newest first, with the difference to what is known now."""
    return asked.figures(
        Snapshots,
        facade,
        lambda owner, day: facade.net_worth_snapshots(owner=owner, as_of=day, limit=limit),
        as_of=as_of,
    )


def _growth(text: str) -> tuple[str, Decimal]:
    found = re.fullmatch(rf"(\w{{1,40}}):({_FRACTION[1:-1]})", text)
    if found is None:
        raise Invalid("growth", f"{text!r} is not of the form class:rate, such as fund:0.1")
    return found.group(1), Decimal(found.group(2))


def bound(text: str, field: str, *, end: bool) -> date:
    """The day a bound names: itself, or the first or last one of a month."""
    if len(text) == len("YYYY-MM"):
        return last_day(Month(text)) if end else first_day(Month(text))
    day: date = checked(field, lambda: date.fromisoformat(text))
    return day
