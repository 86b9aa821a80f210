"""Accounts over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, listed, tagged
from finapp.transactions.public import Account, AccountPage, Transactions
from finapp.transactions.schemas import AccountBody, AccountChangesBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/accounts", response_model=AccountPage)
def accounts(request: Request, caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The household's accounts with their balances."""
    return listed(request, facade.accounts(owner=caller.household, limit=limit, cursor=cursor))


@router.post("/accounts", status_code=201)
def create_account(body: AccountBody, caller: Caller, facade: Facade, once: OnceKey) -> Account:
    """Opens an account."""
    return facade.create_account(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/accounts/{account_id}", response_model=Account)
def account(account_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """An account."""
    found = facade.account(owner=caller.household, account_id=account_id)
    return tagged(request, found, found.version)


@router.patch("/accounts/{account_id}", response_model=Account)
def change_account(
    account_id: str, body: AccountChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes an account."""
    found = facade.change_account(
        owner=caller.household, person=caller.person, account_id=account_id, changes=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.delete("/accounts/{account_id}", status_code=204)
def delete_account(account_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes an account with its rows."""
    facade.delete_account(owner=caller.household, person=caller.person, account_id=account_id, expected=expected)
