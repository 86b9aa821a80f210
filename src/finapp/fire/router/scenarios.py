"""Routes of plans over time: versions, standing, scenarios."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.fire.public import Comparison, Fire, PlanVersionPage, Scenario, ScenarioPage, Standing
from finapp.fire.schemas import ScenarioBody
from finapp.kernel.months import add_months
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Fire, given("fire")]


@router.get("/fire/plan/versions")
def plan_versions(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> PlanVersionPage:
    """The own assumptions as they were stated over time, newest first."""
    return facade.plan_versions(owner=caller.household, limit=limit, cursor=cursor)


@router.get("/fire/plan/standing", response_model=Standing)
def standing(asked: Question, facade: Facade, as_of: AsOf = None, since: AsOf = None) -> Response:
    """Today against what the plan of an earlier day (a year ago when left out) expected, and why it differs."""
    day = asked.day(as_of)
    before = since or add_months(day, -12)
    return asked.answer(
        Standing,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.standing(owner=asked.owner, since=before, as_of=day),
    )


@router.get("/fire/scenarios")
def scenarios(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> ScenarioPage:
    """The kept scenarios, oldest first."""
    return facade.scenarios(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/fire/scenarios", status_code=201)
def create_scenario(body: ScenarioBody, caller: Caller, facade: Facade, once: OnceKey) -> Scenario:
    """Keeps a fork of the plan."""
    return facade.create_scenario(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/fire/scenarios/comparison", response_model=Comparison)
def comparison(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The plan and its scenarios side by side."""
    return asked.figures(Comparison, facade, lambda owner, day: facade.comparison(owner=owner, as_of=day), as_of=as_of)


@router.get("/fire/scenarios/{scenario_id}", response_model=Scenario)
def scenario(scenario_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A kept scenario."""
    found = facade.scenario(owner=caller.household, scenario_id=scenario_id)
    return tagged(request, found, found.version)


@router.put("/fire/scenarios/{scenario_id}", response_model=Scenario)
def change_scenario(
    scenario_id: str, body: ScenarioBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Replaces what a scenario says."""
    found = facade.change_scenario(
        owner=caller.household, person=caller.person, scenario_id=scenario_id, new=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.delete("/fire/scenarios/{scenario_id}", status_code=204)
def delete_scenario(scenario_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a scenario."""
    facade.delete_scenario(owner=caller.household, scenario_id=scenario_id, expected=expected)
