"""The screen over HTTP: every tile, the figures to watch, the health score."""

from datetime import date
from functools import partial
from typing import Annotated, Protocol, TypeVar

from starlette.responses import Response

from finapp.dashboard.public import Dashboard, Every, HealthScore, InsightsTile, Kpis, NextRupee, Overview
from finapp.dashboard.schemas import RupeeBody
from finapp.kernel.errors import Unavailable
from finapp.platform.answers import Asked, AsOf, Question
from finapp.platform.fields import Money, Rate
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router()
Facade = Annotated[Dashboard, given("dashboard")]
T = TypeVar("T", Overview, Kpis, HealthScore, covariant=True)


class _Answers(Protocol[T]):
    """A question to the facade about the whole screen."""

    def __call__(self, *, owner: str, as_of: date, version: str | None) -> T: ...


@router.get("/dashboard", response_model=Overview)
def dashboard(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Every tile in one call. A tile whose context is down or slow is `unavailable`; the others answer."""
    day = asked.day(as_of)
    return _answer(Overview, asked, facade, day, facade.dashboard)


@router.get("/dashboard/kpis", response_model=Kpis)
def kpis(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The figures to watch."""
    day = asked.day(as_of)
    return _answer(Kpis, asked, facade, day, facade.kpis)


@router.get("/dashboard/health-score", response_model=HealthScore)
def health_score(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The health score with components, weights, knots, contributions, coverage, and what would raise it most."""
    day = asked.day(as_of)
    return _answer(HealthScore, asked, facade, day, facade.health_score)


@router.get("/dashboard/insights", response_model=InsightsTile)
def insights(asked: Question, facade: Facade, as_of: AsOf = None) -> InsightsTile:
    """What is worth acting on, the most money at stake first."""
    return facade.insights(owner=asked.owner, as_of=asked.day(as_of))


@router.post("/dashboard/insights/{insight_id}/dismiss", status_code=204)
def dismiss_insight(insight_id: str, asked: Question, caller: Caller, facade: Facade, as_of: AsOf = None) -> None:
    """Hides an insight until it expires."""
    day = asked.day(as_of)
    facade.dismiss_insight(owner=asked.owner, person=caller.person, insight_id=insight_id, as_of=day)


@router.delete("/dashboard/insights/dismissed", status_code=204)
def recall_insights(caller: Caller, facade: Facade) -> None:
    """Shows every dismissed insight again."""
    facade.recall_insights(owner=caller.household, person=caller.person)


@router.get("/dashboard/next-rupee", response_model=NextRupee)
def next_rupee(
    asked: Question,
    facade: Facade,
    amount: Money,
    every: Every = "once",
    invest_return: Rate | None = None,
    inflation: Rate | None = None,
    as_of: AsOf = None,
) -> Response:
    """Where the household's next money does most: buffer, which loan, investments; with the effect of each."""
    day = asked.day(as_of)
    return asked.answer(
        NextRupee,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.next_rupee(
            owner=asked.owner,
            amount=amount,
            every=every,
            invest_return=invest_return,
            inflation=inflation,
            as_of=day,
        ),
    )


@router.post("/dashboard/next-rupee")
def next_rupee_of(body: RupeeBody, asked: Question, facade: Facade) -> NextRupee:
    """The same for given inputs; nothing is stored. With nothing but the amount, for the household's own."""
    day = asked.day(None)
    if body.is_of_household:
        return facade.next_rupee(
            owner=asked.owner, amount=body.amount, every=body.every, invest_return=None, inflation=None, as_of=day
        )
    question = body.value(body.currency or facade.currency(owner=asked.owner))
    return facade.next_rupee_of(owner=asked.owner, question=question, as_of=day)


class _Incomplete(Exception):
    """An answer that lacks something that was only momentarily not to be had, so that it must not be kept."""

    def __init__(self, answer: object) -> None:
        super().__init__()
        self.answer = answer


def _answer(kind: type[T], asked: Asked, facade: Dashboard, day: date, ask: _Answers[T]) -> Response:
    try:
        version = facade.version(owner=asked.owner)
    except Unavailable:
        make = partial(ask, owner=asked.owner, as_of=day, version=None)
        return asked.answer(kind, version=None, as_of=day, make=make)

    def complete() -> T:
        found = ask(owner=asked.owner, as_of=day, version=version)
        if not found.complete:
            raise _Incomplete(found)
        return found

    try:
        return asked.answer(kind, version=version, as_of=day, make=complete)
    except _Incomplete as incomplete:
        found = incomplete.answer
        return asked.answer(kind, version=None, as_of=day, make=lambda: found)
