"""Budgets over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.analytics.public import Analytics, Budget, BudgetPage, Envelopes
from finapp.analytics.schemas import BudgetBody, BudgetChanges
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Analytics, given("analytics")]


@router.get("/budgets")
def budgets(
    asked: Question, facade: Facade, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None
) -> BudgetPage:
    """Budgets and how they stand in the month of the day."""
    return facade.budgets(owner=asked.owner, as_of=asked.day(as_of), limit=limit, cursor=cursor)


@router.get("/budgets/envelopes", response_model=Envelopes)
def envelopes(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The month by envelopes: what came in, what is assigned, what is left in each and still to assign."""
    return asked.figures(Envelopes, facade, lambda owner, day: facade.envelopes(owner=owner, as_of=day), as_of=as_of)


@router.post("/budgets", status_code=201)
def create_budget(body: BudgetBody, asked: Question, caller: Caller, facade: Facade, once: OnceKey) -> Budget:
    """Sets a budget for a category."""
    day = asked.day(None)
    month = body.starts or facade.settings(owner=asked.owner, as_of=day).month
    new = body.value(body.currency or facade.currency(owner=asked.owner), month)
    return facade.create_budget(owner=asked.owner, person=caller.person, new=new, as_of=day, once=once)


@router.get("/budgets/{budget_id}")
def budget(budget_id: str, response: Response, asked: Question, facade: Facade, as_of: AsOf = None) -> Budget:
    """A budget and how it stands."""
    found = facade.budget(owner=asked.owner, budget_id=budget_id, as_of=asked.day(as_of))
    # Weak, and never answered with 304: the standing moves without a change of the budget itself.
    response.headers["ETag"] = f'W/"v{found.version}"'
    return found


@router.patch("/budgets/{budget_id}", response_model=Budget)
def change_budget(
    budget_id: str,
    body: BudgetChanges,
    request: Request,
    asked: Question,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes what is stated of a budget."""
    day = asked.day(None)
    found = facade.budget(owner=asked.owner, budget_id=budget_id, as_of=day)
    changed = facade.change_budget(
        owner=asked.owner,
        person=caller.person,
        budget_id=budget_id,
        new=body.on(found),
        as_of=day,
        expected=found.version if expected is None else expected,
    )
    return tagged(request, changed, changed.version)


@router.delete("/budgets/{budget_id}", status_code=204)
def delete_budget(budget_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a budget."""
    facade.delete_budget(owner=caller.household, person=caller.person, budget_id=budget_id, expected=expected)
