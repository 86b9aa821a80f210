"""What a household's own entries say: parts with their sources, own exchange rates, returns, uncovered payments."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.assets.domain.attribution import PARTS
from finapp.assets.public import (
    AssetDetails,
    AssetKind,
    LiabilityDetails,
    NewIncome,
    NewLiquidation,
    NewLot,
    NewPartPayment,
    NewValuation,
)
from tests.assets.support import TODAY, Household, household

D = Decimal
JUNE = date(2026, 6, 30)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path, {("USD", ""): "80"}) as made:
        yield made


def own(home: Household, kind: AssetKind, currency: str = "INR") -> str:
    details = AssetDetails(name=kind, kind=kind, currency=currency, liquidity="days")
    return home.facade.create_asset(**home.who, details=details).id


def loan(home: Household, start: date = date(2026, 1, 10)) -> str:
    details = LiabilityDetails(
        name="Car",
        kind="vehicle_loan",
        currency="INR",
        principal=D(120000),
        annual_rate=D(0),
        months=12,
        start=start,
    )
    return home.facade.create_liability(**home.who, details=details).id


def test_every_part_of_a_change_is_the_sum_of_sources_with_ids(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-01-01": "100000.00"})
    home.ledger.move(bank, "2026-07-03", "5000.00", "income")
    gold, fund = own(home, "gold"), own(home, "fund", "USD")
    for day, value in ((date(2026, 6, 1), 300), (date(2026, 7, 10), 350)):
        home.facade.add_valuations(**home.who, asset_id=gold, new=(NewValuation(date=day, value=D(value)),))
        home.facade.add_valuations(**home.who, asset_id=fund, new=(NewValuation(date=day, value=D(value)),))
    car = loan(home)
    made = home.facade.net_worth_attribution(owner=home.owner, first=JUNE, last=TODAY)
    for part in PARTS:
        inputs = made.basis.figures[part].inputs
        assert sum(D(item.value or "0") for item in inputs) == getattr(made, part)
    assert {item.id for item in made.basis.figures["market"].inputs} == {gold, fund}
    assert [item.id for item in made.basis.figures["debt_repaid"].inputs] == [car]
    [saved] = made.basis.figures["saved"].inputs
    assert saved.source == "/api/v1/transactions?kind=income&from=2026-07-01&to=2026-07-15"


def test_a_part_payment_that_no_account_made_is_other_and_not_debt_repaid(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-01-01": "100000.00"})
    car = loan(home)
    part = NewPartPayment(date=date(2026, 7, 5), amount=D(20000))
    home.facade.add_part_payment(**home.who, liability_id=car, new=part)
    made = home.facade.net_worth_attribution(owner=home.owner, first=JUNE, last=TODAY)
    assert (made.debt_repaid, made.other, made.change) == (D(10000), D(20000), D(30000))
    [source] = made.basis.figures["other"].inputs
    assert (source.id, source.source) == (car, "no row in the ledger")
    home.ledger.move(bank, "2026-07-06", "-20000.00", "debt")
    made = home.facade.net_worth_attribution(owner=home.owner, first=JUNE, last=TODAY)
    assert (made.saved, made.debt_repaid, made.other) == (D(-20000), D(30000), D(0))


def test_the_households_own_rate_comes_before_the_reference(home: Household) -> None:
    fund = own(home, "fund", "USD")
    home.facade.add_valuations(**home.who, asset_id=fund, new=(NewValuation(date=date(2026, 6, 1), value=D(10)),))
    assert home.facade.net_worth(owner=home.owner, as_of=JUNE).net_worth == D(800)
    home.ledger.rates["USD", date(2026, 6, 15)] = D(90)
    home.ledger.said += 1
    assert home.facade.net_worth(owner=home.owner, as_of=JUNE).net_worth == D(900)


def test_payments_of_a_time_without_rows_are_not_called_missing(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-01-01": "100000.00"})
    home.ledger.move(bank, "2026-04-01", "50000.00", "income")
    home.ledger.move(bank, "2026-05-10", "-10000.00", "debt")
    home.ledger.move(bank, "2026-06-20", "-10.00", "expense")
    made = home.facade.payments_matched(owner=home.owner, liability_id=loan(home), as_of=TODAY)
    assert [item.status for item in made.items] == ["not_covered", "not_covered", "missing", "paid", "missing", "due"]
    assert made.totals["scheduled"] == D(40000)


def test_holdings_are_measured_by_time_with_the_prices_of_their_days(home: Household) -> None:
    """Growth 100 -> 120 on 10 units, then 120 -> 90 on 30, with 30 of dividend in between: 1.2 x 0.75 x ..."""
    share = own(home, "stock")
    home.facade.add_lots(
        **home.who,
        asset_id=share,
        new=(
            NewLot(date=date(2025, 1, 1), quantity=D(10), cost=D(1000)),
            NewLot(date=date(2025, 7, 1), quantity=D(20), cost=D(2400)),
        ),
    )
    home.facade.add_income(
        **home.who, asset_id=share, new=NewIncome(date=date(2025, 10, 1), kind="dividend", amount=D(360))
    )
    home.facade.add_valuations(
        **home.who,
        asset_id=share,
        new=(
            NewValuation(date=date(2025, 10, 1), unit_price=D(108)),
            NewValuation(date=date(2026, 1, 1), unit_price=D(81)),
        ),
    )
    made = home.facade.asset_returns(owner=home.owner, asset_id=share, kind=None, as_of=date(2026, 1, 1))
    assert made.twr is not None
    assert made.twr == D("-0.1000000000")  # 1.2 x (108 + 12) / 120 x 81 / 108 - 1, over 365 days
    sale = NewLiquidation(asset_id=share, date=date(2026, 1, 1), quantity=D(30), proceeds=D(2430))
    home.facade.record_liquidation(**home.who, new=sale)
    sold = home.facade.asset_returns(owner=home.owner, asset_id=share, kind=None, as_of=TODAY)
    assert (sold.gain, sold.received) == (D("-610.00"), D("2790.00"))


def test_a_household_that_bought_nothing_has_no_return_and_is_told_why(home: Household) -> None:
    made = home.facade.asset_returns(owner=home.owner, asset_id=None, kind="fund", as_of=TODAY)
    reasons = {made.xirr_reason, made.twr_reason, made.modified_dietz_reason, made.period_return_reason}
    assert (made.xirr, made.twr, reasons, str(made.gain)) == (None, None, {"no_purchases"}, "0.00")
