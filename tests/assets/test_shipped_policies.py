"""The tax policies that ship, held to the statutes they name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.assets.domain.tax import Gains, policy_on, tax_on
from finapp.assets.facade.sales import policies
from finapp.assets.public import AssetDetails
from finapp.kernel.errors import Invalid
from tests.assets.support import D, Household, household


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("sold_on", "short", "long"),
    [
        ("2024-03-31", "15000.00", "20000.00"),
        ("2024-07-22", "15000.00", "17500.00"),
        ("2024-07-23", "20000.00", "21875.00"),
    ],
)
def test_listed_equity_in_india_by_the_day_of_its_sale(sold_on: str, short: str, long: str) -> None:
    """Sections 111A and 112A: 15 and 10 % up to 22 July 2024, 20 and 12.5 % from then; 1 lakh of a year's long-term
    gains exempt, 1.25 lakh of all of 2024-25."""
    policy = policy_on(policies(), "india", date.fromisoformat(sold_on))
    assert policy is not None
    equity = policy.class_of("stock", None)
    assert tax_on(Gains(short=D(100000)), equity) == D(short)
    assert tax_on(Gains(long=D(300000)), equity) == D(long)


@pytest.mark.parametrize(
    ("bought_on", "sold_on", "term", "rate"),
    [
        ("2020-04-01", "2023-06-01", "long", "0.20"),
        ("2023-04-01", "2026-06-01", "short", "0.30"),
        ("2022-04-01", "2024-06-01", "short", "0.30"),
        ("2022-04-01", "2024-08-01", "long", "0.125"),
    ],
)
def test_debt_in_india_by_the_days_of_purchase_and_sale(bought_on: str, sold_on: str, term: str, rate: str) -> None:
    """Sections 50AA and 112: units acquired from 1 April 2023 are short-term however long held; older ones long-term
    after 36 months, after 24 when sold from 23 July 2024."""
    sold = date.fromisoformat(sold_on)
    policy = policy_on(policies(), "india", sold)
    assert policy is not None
    debt = policy.class_of("bond", None)
    assert debt.term_of(date.fromisoformat(bought_on), sold) == term
    assert (debt.long_rate if term == "long" else debt.short_rate) == Decimal(rate)


def test_only_a_class_of_some_policy_can_be_stated(home: Household) -> None:
    details = AssetDetails(name="Gilt fund", kind="fund", currency="INR", liquidity="days", tax_class="debt")
    made = home.facade.create_asset(**home.who, details=details)
    wrong = replace(details, tax_class="moon")
    with pytest.raises(Invalid) as created:
        home.facade.create_asset(**home.who, details=wrong)
    with pytest.raises(Invalid) as changed:
        home.facade.change_asset(**home.who, asset_id=made.id, details=wrong)
    assert (created.value.field, changed.value.field) == ("tax_class", "tax_class")
