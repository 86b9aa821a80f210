"""Exchange rates and totals over currencies over HTTP."""

from typing import Annotated

from fastapi import Response

from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import Currency, Day
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Limit, OnceKey, given
from finapp.transactions.public import AccountTotals, DatedRate, ExchangeRate, ExchangeRatePage, Transactions
from finapp.transactions.schemas.rates import ExchangeRateBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/accounts/totals", response_model=AccountTotals)
def account_totals(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """What the accounts hold, by currency and in the household's at the rates of the day, with their source."""
    return asked.figures(
        AccountTotals, facade, lambda owner, day: facade.account_totals(owner=owner, on=day), as_of=as_of
    )


@router.get("/exchange-rates")
def exchange_rates(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> ExchangeRatePage:
    """The household's own rates, newest first. They hold before the European Central Bank's."""
    return facade.exchange_rates(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/exchange-rates", status_code=201)
def say_exchange_rate(body: ExchangeRateBody, caller: Caller, facade: Facade, once: OnceKey) -> ExchangeRate:
    """Sets an own rate of a day; one that was said of that day before is replaced."""
    return facade.say_exchange_rate(owner=caller.household, person=caller.person, said=body.value(), once=once)


@router.get("/exchange-rates/{base}/{quote}")
def exchange_rate(base: Currency, quote: Currency, asked: Question, facade: Facade, on: Day | None = None) -> DatedRate:
    """The rate that holds on a day, today unless said, and where it comes from."""
    return facade.exchange_rate(owner=asked.owner, base=base, quote=quote, on=asked.day(on))


@router.delete("/exchange-rates/{base}/{quote}/{date}", status_code=204)
def forget_exchange_rate(base: Currency, quote: Currency, date: Day, caller: Caller, facade: Facade) -> None:
    """Deletes an own rate."""
    facade.forget_exchange_rate(owner=caller.household, person=caller.person, base=base, quote=quote, on=date)
