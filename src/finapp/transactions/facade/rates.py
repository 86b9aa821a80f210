"""Exchange rates, and what the household has in every currency."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, rounded
from finapp.kernel.once import Once
from finapp.platform.exchange import ecb_rates
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.exchange import Held, OwnRate, held
from finapp.transactions.facade.base import Base
from finapp.transactions.public import (
    AccountTotals,
    CurrencyTotal,
    DatedRate,
    ExchangeRate,
    ExchangeRateNotFound,
    ExchangeRatePage,
)
from finapp.transactions.store import accounts, rates


class Rates(Base):
    """Dated rates: the household's own before the European Central Bank's."""

    def exchange_rates(self, *, owner: str, limit: int, cursor: str | None) -> ExchangeRatePage:
        """The household's own rates, newest first."""
        with self._database.read() as connection:
            found = [_shown(rate) for rate in rates.of_household(connection, owner)]
        start = int(from_cursor(cursor, int)[0]) if cursor is not None else 0
        more = to_cursor(start + limit) if len(found) > start + limit else None
        return ExchangeRatePage(items=tuple(found[start : start + limit]), next_cursor=more)

    def say_exchange_rate(
        self, *, owner: str, person: str, said: ExchangeRate, once: Once | None = None
    ) -> ExchangeRate:
        """Sets an own rate of a day, in place of an earlier one of that day. Raises Invalid."""
        if said.base == said.quote:
            raise Invalid("quote", "is the same currency as base")
        if said.rate <= 0:
            raise Invalid("rate", "must be larger than zero")
        own = OwnRate(base=said.base, quote=said.quote, on=said.date, rate=said.rate)
        key = {"base": said.base, "quote": said.quote, "date": said.date}
        with self._database.write(owner) as unit:

            def put() -> ExchangeRate:
                with self._changing(unit, person, ()).keeping("exchange_rate", exchange_rates=key):
                    rates.put(unit.connection, owner, person, own)
                return said

            return unit.once(once, ExchangeRate, put)

    def forget_exchange_rate(self, *, owner: str, person: str, base: str, quote: str, on: date) -> None:
        """Deletes an own rate. Raises ExchangeRateNotFound."""
        key = {"base": base, "quote": quote, "date": on}
        with (
            self._database.write(owner) as unit,
            self._changing(unit, person, ()).keeping("exchange_rate", exchange_rates=key),
        ):
            if rates.remove(unit.connection, owner, base, quote, on) is None:
                raise ExchangeRateNotFound()

    def exchange_rate(self, *, owner: str, base: str, quote: str, on: date) -> DatedRate:
        """The rate that holds on a day, and where it comes from."""
        return self.exchange_rates_of(owner=owner, base=base, quote=quote, days=(on,))[0]

    def exchange_rates_of(self, *, owner: str, base: str, quote: str, days: tuple[date, ...]) -> tuple[DatedRate, ...]:
        """The same for many days, in their order."""
        with self._database.read() as connection:
            own = rates.of_household(connection, owner)
        quoted = ecb_rates().quoted
        return tuple(_dated(held(own, quoted, base, quote, on), base, quote, on) for on in days)

    def account_totals(self, *, owner: str, on: date) -> AccountTotals:
        """What every account held at the end of a day, by currency and in the household's currency at that day's
        rates."""
        home = self._auth.household(owner=owner).currency
        with self._database.read() as connection:
            balances = accounts.balances(connection, owner, on)
            own = rates.of_household(connection, owner)
        by_currency: dict[str, list[Decimal]] = defaultdict(list)
        for account in balances:
            by_currency[account.currency].append(account.balance)
        totals = []
        for currency in sorted(by_currency):
            balance = sum(by_currency[currency], from_minor(0, currency))
            rate = _dated(held(own, ecb_rates().quoted, currency, home, on), currency, home, on)
            value = None if rate.rate is None else rounded(balance * rate.rate, home)
            shares = {"accounts": len(by_currency[currency]), "rate": rate, "value_reason": rate.rate_reason}
            totals.append(CurrencyTotal(currency=currency, balance=balance, value=value, **shares))  # type: ignore[arg-type]
        known = [total.value for total in totals if total.value is not None]
        whole = len(known) == len(totals)
        total = sum(known, from_minor(0, home)) if whole else None
        reason = None if whole else "no_rate"
        return AccountTotals(as_of=on, currency=home, total=total, total_reason=reason, by_currency=tuple(totals))


def _dated(found: Held | None, base: str, quote: str, on: date) -> DatedRate:
    return DatedRate(
        base=base,
        quote=quote,
        on=on,
        rate=None if found is None else found.rate,
        rate_reason="no_rate" if found is None else None,
        rate_on=None if found is None else found.on,
        source=None if found is None else found.source,
        days_old=None if found is None else (on - found.on).days,
        stale=found is not None and found.is_stale(on),
    )


def _shown(rate: OwnRate) -> ExchangeRate:
    return ExchangeRate(date=rate.on, base=rate.base, quote=rate.quote, rate=rate.rate)
