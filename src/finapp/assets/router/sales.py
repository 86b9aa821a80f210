"""Sales of assets and what payments have returned."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from finapp.assets.public import (
    AssetKind,
    Assets,
    Disposal,
    InHandPlan,
    Liquidation,
    LiquidationPage,
    Returns,
)
from finapp.assets.schemas import InHandBody, LiquidationBody, ReturnsBody
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Assets, given("assets")]
AssetId = Annotated[str | None, Query(max_length=13)]


@router.post("/assets/returns")
def returns(body: ReturnsBody, facade: Facade) -> Returns:
    """Returns of any payments; stores nothing."""
    return facade.measure_returns(question=body.question())


@router.get("/assets/returns", response_model=Returns)
def asset_returns(
    asked: Question, facade: Facade, asset_id: AssetId = None, kind: AssetKind | None = None, as_of: AsOf = None
) -> Response:
    """Returns of one asset, of a kind, or of everything that was bought in lots."""
    return asked.figures(
        Returns,
        facade,
        lambda owner, day: facade.asset_returns(owner=owner, asset_id=asset_id, kind=kind, as_of=day),
        as_of=as_of,
    )


@router.post("/liquidations/preview")
def preview_liquidation(body: LiquidationBody, asked: Question, facade: Facade) -> Disposal:
    """What a sale would take, realise and leave; stores nothing."""
    return facade.preview_liquidation(owner=asked.owner, new=body.sale(asked.day(None)))


@router.post("/liquidations/in-hand")
def plan_in_hand(body: InHandBody, asked: Question, facade: Facade) -> InHandPlan:
    """Which lots of which assets to sell for an amount in hand at the least tax; stores nothing."""
    return facade.plan_in_hand(owner=asked.owner, question=body.question(asked.day(None)))


@router.post("/liquidations", status_code=201)
def record_liquidation(
    body: LiquidationBody, asked: Question, caller: Caller, facade: Facade, once: OnceKey
) -> Liquidation:
    """Records a sale."""
    sale = body.sale(asked.day(None))
    return facade.record_liquidation(owner=asked.owner, person=caller.person, new=sale, once=once)


@router.get("/liquidations")
def liquidations(
    caller: Caller, facade: Facade, asset_id: AssetId = None, limit: Limit = 50, cursor: Cursor = None
) -> LiquidationPage:
    """Recorded sales, newest first."""
    return facade.liquidations(owner=caller.household, asset_id=asset_id, limit=limit, cursor=cursor)


@router.get("/liquidations/{liquidation_id}", response_model=Liquidation)
def liquidation(liquidation_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A recorded sale."""
    found = facade.liquidation(owner=caller.household, liquidation_id=liquidation_id)
    return tagged(request, found, found.version)


@router.delete("/liquidations/{liquidation_id}", status_code=204)
def undo_liquidation(liquidation_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Takes a sale back."""
    facade.undo_liquidation(
        owner=caller.household, person=caller.person, liquidation_id=liquidation_id, expected=expected
    )
