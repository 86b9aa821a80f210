"""Liabilities with their schedules, rate changes and part payments; the schedule of any loan."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.assets.public import (
    Assets,
    Liability,
    LiabilityPage,
    Overdraft,
    PaymentsMatched,
    Revolving,
    Schedule,
    StoredPartPayment,
    StoredRateChange,
)
from finapp.assets.schemas import (
    LiabilityBody,
    LiabilityChanges,
    Listed,
    NewPartPaymentBody,
    OverdraftBody,
    RateChangeBody,
    RevolvingBody,
    ScheduleBody,
)
from finapp.platform.answers import AsOf, Question
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Assets, given("assets")]


@router.post("/liabilities/schedule")
def schedule(body: ScheduleBody, asked: Question, facade: Facade) -> Schedule:
    """The schedule of any loan, exactly to 0.00, in `currency` or else the household's; stores nothing."""
    today = asked.day(None)
    currency = body.currency or facade.currency(owner=asked.owner)
    return facade.schedule(terms=body.terms(today), currency=currency, as_of=today)


@router.post("/liabilities/revolving")
def revolving(body: RevolvingBody, asked: Question, facade: Facade) -> Revolving:
    """How long a card balance lasts and what it costs; stores nothing."""
    return facade.revolve(question=body.question(asked.day(None)))


@router.post("/liabilities/overdraft")
def overdraft(body: OverdraftBody, facade: Facade) -> Overdraft:
    """What an overdraft costs by the day and what parked money saves; stores nothing."""
    return facade.park(question=body.question())


@router.get("/liabilities")
def liabilities(
    asked: Question, facade: Facade, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None
) -> LiabilityPage:
    """Liabilities with what is owed on a day."""
    return facade.liabilities(owner=asked.owner, as_of=asked.day(as_of), limit=limit, cursor=cursor)


@router.post("/liabilities", status_code=201)
def create_liability(body: LiabilityBody, asked: Question, caller: Caller, facade: Facade, once: OnceKey) -> Liability:
    """Enters a liability."""
    currency = body.currency or facade.currency(owner=asked.owner)
    details = body.details(currency, asked.day(None))
    return facade.create_liability(owner=asked.owner, person=caller.person, details=details, once=once)


@router.get("/liabilities/{liability_id}", response_model=Liability)
def liability(liability_id: str, request: Request, asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """One liability with what is owed on a day."""
    found = facade.liability(owner=asked.owner, liability_id=liability_id, as_of=asked.day(as_of))
    return tagged(request, found, found.version)


@router.patch("/liabilities/{liability_id}", response_model=Liability)
def change_liability(
    liability_id: str,
    body: LiabilityChanges,
    request: Request,
    asked: Question,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes what is stated of a liability."""
    stated = facade.liability_details(owner=asked.owner, liability_id=liability_id)
    changed = facade.change_liability(
        owner=asked.owner,
        person=caller.person,
        liability_id=liability_id,
        details=body.on(stated.details),
        expected=stated.version if expected is None else expected,
    )
    return tagged(request, changed, changed.version)


@router.delete("/liabilities/{liability_id}", status_code=204)
def delete_liability(liability_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a liability with everything entered for it."""
    facade.delete_liability(owner=caller.household, person=caller.person, liability_id=liability_id, expected=expected)


@router.get("/liabilities/{liability_id}/schedule", response_model=Schedule)
def liability_schedule(liability_id: str, asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """The whole schedule, with rate changes and part payments."""
    return asked.figures(
        Schedule,
        facade,
        lambda owner, day: facade.liability_schedule(owner=owner, liability_id=liability_id, as_of=day),
        as_of=as_of,
    )


@router.get("/liabilities/{liability_id}/rates")
def rate_changes(liability_id: str, caller: Caller, facade: Facade) -> Listed[StoredRateChange]:
    """Resets of the rate."""
    return Listed(items=facade.rate_changes(owner=caller.household, liability_id=liability_id))


@router.post("/liabilities/{liability_id}/rates", status_code=201)
def add_rate_change(
    liability_id: str, body: RateChangeBody, caller: Caller, facade: Facade, once: OnceKey
) -> StoredRateChange:
    """Enters a reset of the rate."""
    return facade.add_rate_change(
        owner=caller.household, person=caller.person, liability_id=liability_id, new=body.change(), once=once
    )


@router.delete("/liabilities/{liability_id}/rates/{change_id}", status_code=204)
def delete_rate_change(liability_id: str, change_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a reset."""
    facade.delete_liability_entry(
        owner=caller.household,
        person=caller.person,
        liability_id=liability_id,
        kind="rate_change",
        entry_id=change_id,
    )


@router.get("/liabilities/{liability_id}/payments")
def part_payments(liability_id: str, caller: Caller, facade: Facade) -> Listed[StoredPartPayment]:
    """Part payments besides the instalments."""
    return Listed(items=facade.part_payments(owner=caller.household, liability_id=liability_id))


@router.get("/liabilities/{liability_id}/payments/matched", response_model=PaymentsMatched)
def payments_matched(liability_id: str, asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Due rows of the schedule beside the payments that the ledger has."""
    return asked.figures(
        PaymentsMatched,
        facade,
        lambda owner, day: facade.payments_matched(owner=owner, liability_id=liability_id, as_of=day),
        as_of=as_of,
    )


@router.post("/liabilities/{liability_id}/payments", status_code=201)
def add_part_payment(
    liability_id: str, body: NewPartPaymentBody, caller: Caller, facade: Facade, once: OnceKey
) -> StoredPartPayment:
    """Enters a part payment."""
    return facade.add_part_payment(
        owner=caller.household, person=caller.person, liability_id=liability_id, new=body.new(), once=once
    )


@router.delete("/liabilities/{liability_id}/payments/{payment_id}", status_code=204)
def delete_part_payment(liability_id: str, payment_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a part payment."""
    facade.delete_liability_entry(
        owner=caller.household,
        person=caller.person,
        liability_id=liability_id,
        kind="part_payment",
        entry_id=payment_id,
    )
