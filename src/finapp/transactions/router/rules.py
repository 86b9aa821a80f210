"""Rules over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Expected, OnceKey, given, tagged
from finapp.transactions.public import ChangeResult, Rule, RulePage, RuleSuggestions, Transactions
from finapp.transactions.schemas import RuleBody, RuleChangesBody, RuleGroupBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/rules")
def rules(caller: Caller, facade: Facade, group: str | None = None) -> RulePage:
    """Every rule, or those of a group, in the order they run."""
    return facade.rules(owner=caller.household, group=group)


@router.get("/rules/suggestions")
def rule_suggestions(caller: Caller, facade: Facade) -> RuleSuggestions:
    """Rules that the household's corrections speak for, each ready to be posted to `/rules`."""
    return facade.rule_suggestions(owner=caller.household)


@router.post("/rules/preview")
def preview_rules(body: RuleGroupBody, caller: Caller, facade: Facade) -> ChangeResult:
    """What running every active rule, or those of a group, would change. Nothing is changed."""
    return facade.apply_rules(owner=caller.household, person=caller.person, group=body.group, dry_run=True)


@router.post("/rules/apply")
def apply_rules(body: RuleGroupBody, caller: Caller, facade: Facade) -> ChangeResult:
    """Runs every active rule, or those of a group, over the rows that are there, as one change."""
    return facade.apply_rules(owner=caller.household, person=caller.person, group=body.group, dry_run=False)


@router.post("/rules", status_code=201)
def create_rule(body: RuleBody, caller: Caller, facade: Facade, once: OnceKey) -> Rule:
    """Adds a rule; it runs on what is imported from now on, and on what is there when it is applied."""
    return facade.create_rule(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/rules/{rule_id}", response_model=Rule)
def rule(rule_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A rule."""
    found = facade.rule(owner=caller.household, rule_id=rule_id)
    return tagged(request, found, found.version)


@router.patch("/rules/{rule_id}", response_model=Rule)
def change_rule(
    rule_id: str, body: RuleChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes a rule, or moves it to another position."""
    found = facade.change_rule(
        owner=caller.household, person=caller.person, rule_id=rule_id, changes=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.delete("/rules/{rule_id}", status_code=204)
def delete_rule(rule_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a rule; what it did to rows stays."""
    facade.delete_rule(owner=caller.household, person=caller.person, rule_id=rule_id)


@router.post("/rules/{rule_id}/preview")
def preview_rule(rule_id: str, caller: Caller, facade: Facade) -> ChangeResult:
    """What applying the rule would change, row by row and field by field. Nothing is changed."""
    return facade.apply_rule(owner=caller.household, person=caller.person, rule_id=rule_id, dry_run=True)


@router.post("/rules/{rule_id}/apply")
def apply_rule(rule_id: str, caller: Caller, facade: Facade) -> ChangeResult:
    """Applies the rule to the rows that are there, as one change that can be taken back."""
    return facade.apply_rule(owner=caller.household, person=caller.person, rule_id=rule_id, dry_run=False)
