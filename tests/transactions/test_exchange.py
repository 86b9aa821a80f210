"""Dated rates: the household's own before the European Central Bank's, and transfers between currencies."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.exchange import Held, OwnRate, held
from finapp.transactions.public import ExchangeRate, ExchangeRateNotFound
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO = {"owner": OWNER, "person": PERSON}
DAY = date(2026, 6, 1)


def quoted(currency: str, to: str, on: date) -> tuple[Decimal, date] | None:
    return (Decimal("80"), on) if (currency, to) == ("USD", "INR") else None


def rate(base: str, quote: str, on: date, value: str) -> ExchangeRate:
    return ExchangeRate(base=base, quote=quote, date=on, rate=Decimal(value))


def test_an_own_rate_holds_for_a_month_before_the_central_bank_is_asked_again() -> None:
    own = [OwnRate(base="USD", quote="INR", on=DAY, rate=Decimal("83.5"))]
    found = [
        held(own, quoted, "USD", "INR", day) for day in (date(2026, 5, 31), DAY, date(2026, 7, 2), date(2026, 7, 3))
    ]
    assert [(each.rate, each.source) for each in found if each] == [
        (80, "ecb"), (Decimal("83.5"), "own"), (Decimal("83.5"), "own"), (80, "ecb"),
    ]  # fmt: skip


def test_a_rate_is_turned_round_and_a_currency_without_reference_keeps_its_own() -> None:
    own = [OwnRate(base="INR", quote="AED", on=DAY, rate=Decimal("0.04"))]
    found = held(own, quoted, "AED", "INR", date(2027, 6, 1))
    assert found is not None
    assert (found.rate, found.source, found.on) == (25, "own", DAY)
    assert held([], quoted, "AED", "INR", DAY) is None
    same = held([], quoted, "INR", "INR", DAY)
    assert same is not None
    assert (same.rate, same.source) == (1, "same")


def test_totals_are_at_the_rates_of_the_day_and_say_where_these_come_from(ledger: Ledger) -> None:
    rupees, dollars = ledger.account(), ledger.account("Dollars", currency="USD")
    ledger.row(rupees, DAY, "1000.00", "SALARY")
    ledger.row(dollars, DAY, "10.05", "SALARY")
    ledger.facade.say_exchange_rate(**WHO, said=rate("USD", "INR", DAY, "83.333"))
    totals = ledger.facade.account_totals(owner=OWNER, on=DAY)
    assert (totals.currency, totals.total) == ("INR", Decimal("1837.50"))
    assert [(one.currency, one.rate.source) for one in totals.by_currency] == [("INR", "same"), ("USD", "own")]
    ledger.facade.forget_exchange_rate(**WHO, base="USD", quote="INR", on=DAY)
    # One euro was 1.0944 dollars in the file of reference rates that the product carries.
    early = ledger.facade.exchange_rate(owner=OWNER, base="USD", quote="EUR", on=date(2015, 6, 1))
    assert (early.source, early.rate_on, round(early.rate or 0, 4)) == ("ecb", date(2015, 6, 1), Decimal("0.9137"))
    ledger.account("Dirhams", currency="AED")
    unknown = ledger.facade.account_totals(owner=OWNER, on=DAY)
    assert (unknown.total, unknown.total_reason) == (None, "no_rate")


def test_own_rates_are_listed_replaced_and_refused(ledger: Ledger) -> None:
    for value in ("83", "84"):
        ledger.facade.say_exchange_rate(**WHO, said=rate("USD", "INR", DAY, value))
    ledger.facade.say_exchange_rate(**WHO, said=rate("EUR", "INR", DAY, "90"))
    page = ledger.facade.exchange_rates(owner=OWNER, limit=1, cursor=None)
    rest = ledger.facade.exchange_rates(owner=OWNER, limit=1, cursor=page.next_cursor)
    assert [(one.base, one.rate) for one in (*page.items, *rest.items)] == [("EUR", 90), ("USD", 84)]
    with pytest.raises(Invalid):
        ledger.facade.say_exchange_rate(**WHO, said=rate("USD", "USD", DAY, "1"))
    with pytest.raises(ExchangeRateNotFound):
        ledger.facade.forget_exchange_rate(**WHO, base="GBP", quote="INR", on=DAY)


def test_a_transfer_between_currencies_is_one_movement_at_the_rate_of_its_day(ledger: Ledger) -> None:
    rupees, dollars = ledger.account(), ledger.account("Dollars", currency="USD")
    ledger.facade.say_exchange_rate(**WHO, said=rate("USD", "INR", DAY, "83"))
    out = ledger.row(rupees, DAY, "-83500.00", "WIRE TRANSFER TO SELF USD")
    ledger.row(dollars, date(2026, 6, 3), "700.00", "WIRE TRANSFER FROM SELF")
    into = ledger.row(dollars, date(2026, 6, 3), "1000.00", "WIRE TRANSFER FROM SELF")
    (pair,) = ledger.facade.transfers(owner=OWNER, limit=10, cursor=None).items
    assert (pair.out.id, pair.into.id) == (out.id, into.id)
    assert any(code.startswith("rate:0.012") for code in pair.evidence)


def test_a_rate_says_how_old_it_is_and_when_a_newer_one_should_be_known(ledger: Ledger) -> None:
    asked = {"owner": OWNER, "base": "USD", "quote": "INR"}
    monday = ledger.facade.exchange_rate(**asked, on=date(2024, 5, 6))
    sunday = ledger.facade.exchange_rate(**asked, on=date(2024, 5, 12))
    assert [(each.days_old, each.stale) for each in (monday, sunday)] == [(0, False), (2, False)]
    ledger.facade.say_exchange_rate(**WHO, said=rate("USD", "INR", date(2024, 5, 1), "83.5"))
    own = ledger.facade.exchange_rate(**asked, on=date(2024, 5, 31))
    assert (own.source, own.days_old, own.stale) == ("own", 30, False)
    assert Held(rate=Decimal(1), on=date(2024, 5, 1), source="ecb").is_stale(date(2024, 5, 9))
    assert not Held(rate=Decimal(1), on=date(2024, 5, 1), source="same").is_stale(date(2030, 5, 9))
