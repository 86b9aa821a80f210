"""Routes of the plan, its figures, the projection and the runway."""

from typing import Annotated

from starlette.responses import Response

from finapp.fire.public import (
    Fire,
    Plan,
    Projection,
    Runway,
    SavingsRate,
    Summary,
)
from finapp.fire.schemas import (
    PlanBody,
    ProjectionBody,
    RunwayBody,
)
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router()
Facade = Annotated[Fire, given("fire")]


@router.get("/fire/plan", response_model=Plan)
def plan(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The assumptions behind every figure, each `own` or `derived`, with its evidence."""
    return asked.figures(Plan, facade, lambda owner, day: facade.plan(owner=owner, as_of=day), as_of=as_of)


@router.put("/fire/plan")
def change_plan(body: PlanBody, caller: Caller, asked: Question, facade: Facade) -> Plan:
    """Replaces the household's own assumptions; what is left out or null is derived again."""
    return facade.change_plan(
        owner=caller.household, person=caller.person, overrides=body.value(), as_of=asked.day(None)
    )


@router.get("/fire/summary", response_model=Summary)
def summary(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """All independence figures at one glance."""
    return asked.figures(Summary, facade, lambda owner, day: facade.summary(owner=owner, as_of=day), as_of=as_of)


@router.get("/fire/savings-rate", response_model=SavingsRate)
def savings_rate(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """How much of the income is kept."""
    return asked.figures(
        SavingsRate, facade, lambda owner, day: facade.savings_rate(owner=owner, as_of=day), as_of=as_of
    )


@router.get("/fire/runway", response_model=Runway)
def runway(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """How long the household can go on without income."""
    return asked.figures(Runway, facade, lambda owner, day: facade.runway(owner=owner, as_of=day), as_of=as_of)


@router.post("/fire/runway")
def runway_of(body: RunwayBody, asked: Question, facade: Facade) -> Runway:
    """The same for given inputs; nothing is stored."""
    request = body.value(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return facade.runway_of(owner=asked.owner, request=request)


@router.get("/fire/projection", response_model=Projection)
def projection(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """When the household's capital suffices, and the way there."""
    return asked.figures(Projection, facade, lambda owner, day: facade.projection(owner=owner, as_of=day), as_of=as_of)


@router.post("/fire/projection")
def projection_of(body: ProjectionBody, asked: Question, facade: Facade) -> Projection:
    """The same for given inputs; nothing is stored."""
    request = body.value(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return facade.projection_of(owner=asked.owner, request=request)
