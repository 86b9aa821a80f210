"""A portfolio in accounts with taxes and locks of their own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.fire.domain import simulation
from finapp.fire.public import Account, Simulation, TaxRate
from finapp.kernel.errors import Invalid
from tests.fire.futures import plan, us_annual

STEADY: dict[str, Any] = {"mean": Decimal(0), "volatility": Decimal(0), "paths": 2, "years": 4}


def simulated(*accounts: Account, **changes: Any) -> Simulation:
    total = sum((account.amount for account in accounts), Decimal(0))
    return simulation.simulate(plan(**{**STEADY, "portfolio": total, "accounts": accounts, **changes}), us_annual())


def wealth(found: Simulation) -> list[int]:
    return [int(amount) for amount in found.percentiles.wealth["p50"]]


def test_accounts_are_drawn_on_in_their_order_with_their_taxes() -> None:
    free = Account(amount=Decimal(60_000), name="free")
    taxed = Account(amount=Decimal(200_000), name="taxed", tax=(TaxRate(rate=Decimal("0.2")),))
    found = simulated(free, taxed, annual_spending=Decimal(40_000))
    # 40,000 free; then 20,000 free and 25,000 for 20,000 net; then 50,000 a year.
    assert wealth(found) == [260_000, 220_000, 175_000, 125_000, 75_000]
    assert found.success_rate == 1
    assert found.conventions["accounts"] == "free 60000, taxed 200000"


def test_a_locked_account_cannot_pay_before_its_day() -> None:
    open_one = Account(amount=Decimal(60_000))
    locked = Account(amount=Decimal(200_000), locked_until=date(2028, 1, 1))
    found = simulated(open_one, locked, annual_spending=Decimal(40_000), open_path=0)
    assert wealth(found) == [260_000, 220_000, 200_000, 160_000, 120_000]
    assert found.success_rate == 0
    assert found.depletion_years is not None
    assert found.depletion_years.earliest == 1
    assert found.opened is not None
    assert "locked money can be spent" in found.opened[2].reasons
    later = simulated(open_one, locked, annual_spending=Decimal(25_000))
    assert later.success_rate == 1


def test_a_tax_that_begins_later_is_charged_from_then() -> None:
    taxed = Account(amount=Decimal(200_000), tax=(TaxRate(rate=Decimal("0.5"), start=date(2027, 6, 1)),))
    assert wealth(simulated(taxed, annual_spending=Decimal(10_000))) == [200_000, 190_000, 180_000, 160_000, 140_000]


@settings(max_examples=25, deadline=None)
@given(rate=st.integers(0, 60), seed=st.integers(0, 99), share=st.integers(1, 99))
def test_accounts_of_one_tax_are_as_good_as_one_whole(rate: int, seed: int, share: int) -> None:
    tax = (TaxRate(rate=Decimal(rate) / 100),)
    whole = plan(withdrawal_tax=tax, paths=200, seed=seed)
    first = whole.portfolio * share / 100
    parts = (Account(amount=first, tax=tax), Account(amount=whole.portfolio - first, tax=tax))
    split = replace(whole, withdrawal_tax=(), accounts=parts)
    one, two = (simulation.simulate(request, us_annual()) for request in (whole, split))
    assert one.success_rate == two.success_rate
    assert one.percentiles.wealth["p50"] == pytest.approx(two.percentiles.wealth["p50"], abs=Decimal("0.02"))


@pytest.mark.parametrize(
    "changes",
    [
        {"portfolio": Decimal(5)},
        {"withdrawal_tax": (TaxRate(rate=Decimal("0.1")),)},
        {"locked": Decimal(1), "locked_years": 1},
    ],
)
def test_accounts_that_contradict_the_rest_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        simulated(Account(amount=Decimal(100_000)), **changes)
    assert refusal.value.field == "accounts"
