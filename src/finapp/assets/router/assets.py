"""Assets with their valuations, lots, corporate actions and income."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.assets.public import (
    Asset,
    AssetDetails,
    AssetPage,
    Assets,
    CorporateAction,
    Income,
    Lot,
    Valuation,
    ValuationPage,
)
from finapp.assets.schemas import (
    AssetBody,
    AssetChanges,
    CorporateActionBody,
    IncomeBody,
    Listed,
    LotBody,
    ValuationBody,
)
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Assets, given("assets")]


@router.get("/assets")
def assets(asked: Question, facade: Facade, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None) -> AssetPage:
    """Assets with their values on a day."""
    return facade.assets(owner=asked.owner, as_of=asked.day(as_of), limit=limit, cursor=cursor)


@router.post("/assets", status_code=201)
def create_asset(body: AssetBody, asked: Question, caller: Caller, facade: Facade, once: OnceKey) -> Asset:
    """Enters an asset."""
    currency = body.currency or facade.currency(owner=asked.owner)
    return facade.create_asset(
        owner=asked.owner,
        person=caller.person,
        details=body.details(currency),
        valuation=body.valuation(asked.day(None)),
        once=once,
    )


@router.get("/assets/{asset_id}", response_model=Asset)
def asset(asset_id: str, request: Request, asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """One asset with its value on a day."""
    found = facade.asset(owner=asked.owner, asset_id=asset_id, as_of=asked.day(as_of))
    return tagged(request, found, found.version)


@router.patch("/assets/{asset_id}", response_model=Asset)
def change_asset(
    asset_id: str,
    body: AssetChanges,
    request: Request,
    asked: Question,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes what is stated of an asset."""
    found = facade.asset(owner=asked.owner, asset_id=asset_id, as_of=asked.day(None))
    stated = AssetDetails(**{name: getattr(found, name) for name in AssetDetails.__dataclass_fields__})
    changed = facade.change_asset(
        owner=asked.owner,
        person=caller.person,
        asset_id=asset_id,
        details=body.on(stated),
        expected=found.version if expected is None else expected,
    )
    return tagged(request, changed, changed.version)


@router.delete("/assets/{asset_id}", status_code=204)
def delete_asset(asset_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes an asset with everything entered for it."""
    facade.delete_asset(owner=caller.household, person=caller.person, asset_id=asset_id, expected=expected)


@router.get("/assets/{asset_id}/valuations")
def valuations(
    asset_id: str, caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None
) -> ValuationPage:
    """Valuations, newest first."""
    return facade.valuations(owner=caller.household, asset_id=asset_id, limit=limit, cursor=cursor)


@router.post("/assets/{asset_id}/valuations", status_code=201)
def add_valuation(asset_id: str, body: ValuationBody, caller: Caller, facade: Facade, once: OnceKey) -> Valuation:
    """Enters a valuation; one a day."""
    [added] = facade.add_valuations(
        owner=caller.household, person=caller.person, asset_id=asset_id, new=(body.valuation(),), once=once
    )
    return added


@router.put("/assets/{asset_id}/valuations/{valuation_id}")
def change_valuation(
    asset_id: str, valuation_id: str, body: ValuationBody, caller: Caller, facade: Facade
) -> Valuation:
    """Replaces a valuation."""
    return facade.change_valuation(
        owner=caller.household,
        person=caller.person,
        asset_id=asset_id,
        valuation_id=valuation_id,
        new=body.valuation(),
    )


@router.delete("/assets/{asset_id}/valuations/{valuation_id}", status_code=204)
def delete_valuation(asset_id: str, valuation_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a valuation."""
    facade.delete_entry(
        owner=caller.household, person=caller.person, asset_id=asset_id, kind="valuation", entry_id=valuation_id
    )


@router.get("/assets/{asset_id}/lots")
def lots(asset_id: str, asked: Question, facade: Facade, as_of: AsOf = None) -> Listed[Lot]:
    """Purchases with what is left of them on a day."""
    return Listed(items=facade.lots(owner=asked.owner, asset_id=asset_id, as_of=asked.day(as_of)))


@router.post("/assets/{asset_id}/lots", status_code=201)
def add_lot(asset_id: str, body: LotBody, caller: Caller, facade: Facade, once: OnceKey) -> Lot:
    """Enters a purchase."""
    [added] = facade.add_lots(
        owner=caller.household, person=caller.person, asset_id=asset_id, new=(body.lot(),), once=once
    )
    return added


@router.delete("/assets/{asset_id}/lots/{lot_id}", status_code=204)
def delete_lot(asset_id: str, lot_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a purchase of which nothing was sold."""
    facade.delete_entry(owner=caller.household, person=caller.person, asset_id=asset_id, kind="lot", entry_id=lot_id)


@router.get("/assets/{asset_id}/corporate-actions")
def corporate_actions(asset_id: str, caller: Caller, facade: Facade) -> Listed[CorporateAction]:
    """Splits and bonus issues."""
    return Listed(items=facade.corporate_actions(owner=caller.household, asset_id=asset_id))


@router.post("/assets/{asset_id}/corporate-actions", status_code=201)
def add_corporate_action(
    asset_id: str, body: CorporateActionBody, caller: Caller, facade: Facade, once: OnceKey
) -> CorporateAction:
    """Enters a split or bonus."""
    return facade.add_corporate_action(
        owner=caller.household, person=caller.person, asset_id=asset_id, new=body.action(), once=once
    )


@router.delete("/assets/{asset_id}/corporate-actions/{action_id}", status_code=204)
def delete_corporate_action(asset_id: str, action_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a split or bonus."""
    facade.delete_entry(
        owner=caller.household, person=caller.person, asset_id=asset_id, kind="corporate_action", entry_id=action_id
    )


@router.get("/assets/{asset_id}/income")
def incomes(asset_id: str, caller: Caller, facade: Facade) -> Listed[Income]:
    """What the asset paid."""
    return Listed(items=facade.incomes(owner=caller.household, asset_id=asset_id))


@router.post("/assets/{asset_id}/income", status_code=201)
def add_income(asset_id: str, body: IncomeBody, caller: Caller, facade: Facade, once: OnceKey) -> Income:
    """Enters a dividend, rent or interest."""
    return facade.add_income(
        owner=caller.household, person=caller.person, asset_id=asset_id, new=body.income(), once=once
    )


@router.delete("/assets/{asset_id}/income/{income_id}", status_code=204)
def delete_income(asset_id: str, income_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes income."""
    facade.delete_entry(
        owner=caller.household, person=caller.person, asset_id=asset_id, kind="income", entry_id=income_id
    )
