"""Net worth: on a day and over time."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from finapp.assets.public import Assets, NetWorth, NetWorthTimeline, Step
from finapp.kernel.months import Month, first_day, last_day, month_of, shift
from finapp.platform.answers import AsOf, Question
from finapp.platform.routes import checked, given

router = APIRouter()
Facade = Annotated[Assets, given("assets")]
Bound = Annotated[str | None, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])(-\d\d)?$")]


@router.get("/net-worth", response_model=NetWorth)
def net_worth(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Net worth at the end of a day, with every position once."""
    day = asked.day(as_of)
    return asked.answer(
        NetWorth,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.net_worth(owner=asked.owner, as_of=day),
    )


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
    day = asked.day(as_of)
    until = day if last is None else bound(last, "to", end=True)
    since = first_day(shift(month_of(until), -11)) if first is None else bound(first, "from", end=False)
    return asked.answer(
        NetWorthTimeline,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.net_worth_timeline(owner=asked.owner, first=since, last=until, by=by, as_of=day),
    )


def bound(text: str, field: str, *, end: bool) -> date:
    """The day a bound names: itself, or the first or last one of a month."""
    if len(text) == len("YYYY-MM"):
        return last_day(Month(text)) if end else first_day(Month(text))
    day: date = checked(field, lambda: date.fromisoformat(text))
    return day
