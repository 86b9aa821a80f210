"""HTTP of the reports."""

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import Depends, Query
from starlette.responses import Response

from finapp.kernel.months import add_months
from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import Day, Money
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly
from finapp.platform.routes import adapter, given
from finapp.reports.public import (
    CashForecast,
    EmergencyFund,
    LoanPrepayment,
    Obligations,
    RecurringCalendar,
    RecurringPayments,
    RecurringStream,
    Reports,
    SplitStream,
    SweepChoices,
)
from finapp.reports.schemas import (
    DetectBody,
    EmergencyBody,
    ForecastBody,
    MergeBody,
    PrepaymentBody,
    SplitBody,
    StreamBody,
    SweepAnswer,
    SweepBody,
)
from finapp.reports.writers import icalendar

router = Router(prefix="/reports", tags=["reports"], dependencies=[KnownOnly])
Facade = Annotated[Reports, given("reports")]
From = Annotated[Day | None, Query(alias="from", description="First day; the day of the question when left out.")]
AlarmDays = Annotated[
    int | None, Query(ge=0, le=30, description="Remind so many days before; not at all when left out.")
]
To = Annotated[Day | None, Query(description="Last day; three months after the first when left out.")]


def _choices(
    transfer_cost: Annotated[Money, Query(description="What each transfer costs.")] = Decimal(0),
    max_transfers: Annotated[int | None, Query(ge=0, le=1000)] = None,
    transfer_minimum: Annotated[Money, Query(description="Smallest amount worth moving.")] = Decimal(0),
    needed: Annotated[Literal["same_day", "evening_before"], Query()] = "same_day",
) -> SweepChoices:
    return SweepChoices(
        transfer_cost=transfer_cost, max_transfers=max_transfers, transfer_minimum=transfer_minimum, needed=needed
    )


Wanted = Annotated[SweepChoices, Depends(_choices)]


@router.get("/recurring-payments", response_model=RecurringPayments)
def recurring_payments(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Payments and income that follow the calendar, with the rows that are the evidence."""
    return asked.figures(
        RecurringPayments, facade, lambda owner, day: facade.recurring_payments(owner=owner, as_of=day), as_of=as_of
    )


@router.post("/recurring-payments/detect", response_model=RecurringPayments)
def detect(body: DetectBody, asked: Question, facade: Facade) -> Response:
    """The same among given rows; nothing is stored."""
    currency, day = body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of)
    found = facade.detect_recurring(owner=asked.owner, rows=body.rows(), currency=currency, as_of=day)
    # Written here and not by the framework, which would do so on the event loop.
    return Response(adapter(RecurringPayments).dump_json(found), media_type="application/json")


@router.get("/recurring-payments/calendar", response_model=RecurringCalendar)
def recurring_calendar(
    asked: Question, facade: Facade, first: From = None, to: To = None, as_of: AsOf = None
) -> Response:
    """The days on which live streams are expected."""
    day = asked.day(as_of)
    start = first or day
    end = to or add_months(start, 3)
    return asked.answer(
        RecurringCalendar,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: facade.recurring_calendar(owner=asked.owner, first=start, last=end, as_of=day),
    )


@router.get("/recurring-payments/calendar.ics", response_class=Response)
def recurring_feed(asked: Question, facade: Facade, as_of: AsOf = None, alarm_days: AlarmDays = None) -> Response:
    """The next twelve months of the calendar as a feed for calendar programs."""
    day = asked.day(as_of)
    found = facade.recurring_calendar(owner=asked.owner, first=day, last=add_months(day, 12), as_of=day)
    feed = icalendar.write(found, facade.currency(owner=asked.owner), alarm_days)
    return Response(feed, media_type=icalendar.MEDIA_TYPE)


@router.patch("/recurring-payments/{stream_id}")
def change_stream(
    stream_id: str, body: StreamBody, caller: Caller, asked: Question, facade: Facade, as_of: AsOf = None
) -> RecurringStream:
    """Confirms, dismisses or renames a stream; new rows do not undo it."""
    return facade.change_stream(
        owner=caller.household,
        person=caller.person,
        stream_id=stream_id,
        change=body.value(),
        as_of=asked.day(as_of),
    )


@router.post("/recurring-payments/merge")
def merge_streams(body: MergeBody, caller: Caller, asked: Question, facade: Facade) -> RecurringStream:
    """Makes one stream of several; new rows do not undo it."""
    return facade.merge_streams(
        owner=caller.household, person=caller.person, stream_ids=tuple(body.stream_ids), as_of=asked.day(None)
    )


@router.post("/recurring-payments/{stream_id}/split")
def split_stream(stream_id: str, body: SplitBody, caller: Caller, asked: Question, facade: Facade) -> SplitStream:
    """Takes rows out of a stream into one of their own; new rows go to the one whose size they have."""
    return facade.split_stream(
        owner=caller.household,
        person=caller.person,
        stream_id=stream_id,
        transaction_ids=tuple(body.transaction_ids),
        as_of=asked.day(None),
    )


@router.get("/obligations", response_model=Obligations)
def obligations(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """What has to be paid and can be expected: confirmed and mature streams, the next due first."""
    return asked.figures(
        Obligations, facade, lambda owner, day: facade.obligations(owner=owner, as_of=day), as_of=as_of
    )


@router.get("/cash-forecast", response_model=CashForecast)
def cash_forecast(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Balances to come, from streams and habits, with a band and the debits that would bounce."""
    return asked.figures(
        CashForecast, facade, lambda owner, day: facade.cash_forecast(owner=owner, as_of=day), as_of=as_of
    )


@router.post("/cash-forecast")
def cash_forecast_of(body: ForecastBody, asked: Question, facade: Facade) -> CashForecast:
    """The same for given inputs; nothing is stored."""
    day = asked.day(body.as_of)
    question = body.value(body.currency or facade.currency(owner=asked.owner), day)
    return facade.cash_forecast_of(owner=asked.owner, question=question, as_of=day)


@router.get("/emergency-fund", response_model=EmergencyFund)
def emergency_fund(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """How far liquid money carries the household, and how far it should."""
    return asked.figures(
        EmergencyFund, facade, lambda owner, day: facade.emergency_fund(owner=owner, as_of=day), as_of=as_of
    )


@router.post("/emergency-fund")
def emergency_fund_of(body: EmergencyBody, asked: Question, facade: Facade) -> EmergencyFund:
    """The same for given inputs; nothing is stored."""
    question = body.value(body.currency or facade.currency(owner=asked.owner))
    return facade.emergency_fund_of(owner=asked.owner, question=question, as_of=asked.day(body.as_of))


@router.get("/loan-prepayment", response_model=LoanPrepayment)
def loan_prepayment(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """Payoff strategies for the household's loans, on the same cash."""
    return asked.figures(
        LoanPrepayment, facade, lambda owner, day: facade.loan_prepayment(owner=owner, as_of=day), as_of=as_of
    )


@router.post("/loan-prepayment")
def loan_prepayment_of(body: PrepaymentBody, asked: Question, facade: Facade) -> LoanPrepayment:
    """The same for given inputs; nothing is stored."""
    day = asked.day(body.as_of)
    question = body.value(body.currency or facade.currency(owner=asked.owner), day)
    return facade.loan_prepayment_of(owner=asked.owner, question=question, as_of=day)


@router.get("/salary-sweep", response_model=SweepAnswer)
def salary_sweep(asked: Question, facade: Facade, wanted: Wanted, as_of: AsOf = None) -> Response:
    """Where to keep money day by day, from the household's accounts and expected rows."""
    day = asked.day(as_of)
    return asked.answer(
        SweepAnswer,
        version=facade.version(owner=asked.owner),
        as_of=day,
        make=lambda: SweepAnswer.of(facade.salary_sweep(owner=asked.owner, as_of=day, choices=wanted)),
    )


@router.post("/salary-sweep")
def salary_sweep_of(body: SweepBody, asked: Question, facade: Facade) -> SweepAnswer:
    """The same for given inputs; nothing is stored."""
    day = asked.day(body.as_of)
    question = body.value(body.currency or facade.currency(owner=asked.owner), day)
    return SweepAnswer.of(facade.salary_sweep_of(owner=asked.owner, question=question, as_of=day))
