"""Bodies of exchange rates."""

from typing import Annotated

from pydantic import Field

from finapp.platform.fields import Body, Currency, Day, Number
from finapp.transactions.public import ExchangeRate


class ExchangeRateBody(Body):
    """An own rate: one unit of `base` is `rate` of `quote` from `date`."""

    date: Day
    base: Currency
    quote: Currency
    rate: Annotated[Number, Field(gt=0, lt=10**12)]

    def value(self) -> ExchangeRate:
        """As transactions takes it."""
        return ExchangeRate(date=self.date, base=self.base, quote=self.quote, rate=self.rate)
