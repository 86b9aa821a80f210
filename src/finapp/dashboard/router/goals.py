"""Goals over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.dashboard.public import Dashboard, Goal, GoalPage
from finapp.dashboard.schemas import GoalBody, GoalChanges
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Dashboard, given("dashboard")]


@router.get("/goals")
def goals(asked: Question, facade: Facade, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None) -> GoalPage:
    """Goals with their progress."""
    return facade.goals(owner=asked.owner, as_of=asked.day(as_of), limit=limit, cursor=cursor)


@router.post("/goals", status_code=201)
def create_goal(body: GoalBody, asked: Question, caller: Caller, facade: Facade, once: OnceKey) -> Goal:
    """Sets a goal."""
    new = body.value(body.currency or facade.currency(owner=asked.owner))
    return facade.create_goal(owner=asked.owner, person=caller.person, new=new, as_of=asked.day(None), once=once)


@router.get("/goals/{goal_id}")
def goal(goal_id: str, response: Response, asked: Question, facade: Facade, as_of: AsOf = None) -> Goal:
    """A goal with its progress."""
    found = facade.goal(owner=asked.owner, goal_id=goal_id, as_of=asked.day(as_of))
    # Weak, and never answered with 304: progress moves without a change of the goal itself.
    response.headers["ETag"] = f'W/"v{found.version}"'
    return found


@router.patch("/goals/{goal_id}", response_model=Goal)
def change_goal(
    goal_id: str,
    body: GoalChanges,
    request: Request,
    asked: Question,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes what is stated of a goal."""
    day = asked.day(None)
    found = facade.goal(owner=asked.owner, goal_id=goal_id, as_of=day)
    changed = facade.change_goal(
        owner=asked.owner,
        person=caller.person,
        goal_id=goal_id,
        new=body.on(found),
        as_of=day,
        expected=found.version if expected is None else expected,
    )
    return tagged(request, changed, changed.version)


@router.delete("/goals/{goal_id}", status_code=204)
def delete_goal(goal_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a goal."""
    facade.delete_goal(owner=caller.household, person=caller.person, goal_id=goal_id, expected=expected)
