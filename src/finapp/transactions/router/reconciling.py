"""Statements, asserted balances and reading profiles of an account over HTTP."""

from typing import Annotated

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import OnceKey, given
from finapp.transactions.public import (
    AccountStatements,
    AssertedBalance,
    AssertedBalances,
    ImportProfile,
    Transactions,
)
from finapp.transactions.schemas.reconciling import BalanceBody, ImportProfileBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/accounts/{account_id}/statements")
def account_statements(account_id: str, caller: Caller, facade: Facade) -> AccountStatements:
    """The statements of an account, gaps between them and missing months, each beside what the ledger holds."""
    return facade.account_statements(owner=caller.household, account_id=account_id)


@router.get("/accounts/{account_id}/balances")
def asserted_balances(account_id: str, caller: Caller, facade: Facade) -> AssertedBalances:
    """Balances asserted by hand, each beside what the ledger holds on that day."""
    return facade.asserted_balances(owner=caller.household, account_id=account_id)


@router.post("/accounts/{account_id}/balances", status_code=201)
def assert_balance(
    account_id: str, body: BalanceBody, caller: Caller, facade: Facade, once: OnceKey
) -> AssertedBalance:
    """Says what the account held at the end of a day; said again for the day, the new balance stands."""
    return facade.assert_balance(
        owner=caller.household,
        person=caller.person,
        account_id=account_id,
        on=body.date,
        balance=body.balance,
        once=once,
    )


@router.delete("/accounts/{account_id}/balances/{balance_id}", status_code=204)
def withdraw_balance(account_id: str, balance_id: str, caller: Caller, facade: Facade) -> None:
    """Forgets an asserted balance."""
    facade.withdraw_balance(owner=caller.household, person=caller.person, account_id=account_id, balance_id=balance_id)


@router.get("/accounts/{account_id}/import-profile")
def import_profile(account_id: str, caller: Caller, facade: Facade) -> ImportProfile:
    """How files of the account are read, as it may be given to another account or household."""
    return facade.import_profile(owner=caller.household, account_id=account_id)


@router.put("/accounts/{account_id}/import-profile")
def keep_import_profile(account_id: str, body: ImportProfileBody, caller: Caller, facade: Facade) -> ImportProfile:
    """Says how files of the account are read from now on."""
    return facade.keep_import_profile(
        owner=caller.household, person=caller.person, account_id=account_id, mapping=body.mapping
    )


@router.delete("/accounts/{account_id}/import-profile", status_code=204)
def forget_import_profile(account_id: str, caller: Caller, facade: Facade) -> None:
    """Leaves the reading of files of the account to detection again."""
    facade.forget_import_profile(owner=caller.household, person=caller.person, account_id=account_id)
