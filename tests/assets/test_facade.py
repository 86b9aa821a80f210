"""Assets and liabilities stored on a real database, and what they are worth together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from finapp.assets.listeners import on_household_deleted
from finapp.assets.public import (
    AccountLinked,
    AssetDetails,
    AssetNotFound,
    EntryNotFound,
    LiabilityDetails,
    NewCorporateAction,
    NewLot,
    NewPartPayment,
    NewValuation,
    RateChange,
)
from finapp.assets.store.parents import CHILDREN
from finapp.auth.public import HouseholdDeleted
from finapp.kernel.errors import IdempotencyConflict, Invalid, PreconditionFailed
from finapp.kernel.ids import new_id
from finapp.kernel.once import Once
from tests.assets.support import TODAY, Household, household

D = Decimal


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path, {("USD", ""): "80"}) as made:
        yield made


def house(**more: object) -> AssetDetails:
    stated = {"name": "House", "kind": "property", "currency": "INR", "liquidity": "months"}
    return AssetDetails(**{**stated, **more})  # type: ignore[arg-type]


def mortgage(**more: object) -> LiabilityDetails:
    stated = {
        "name": "Home loan",
        "kind": "home_loan",
        "currency": "INR",
        "principal": D("2500000"),
        "annual_rate": D("0.085"),
        "months": 240,
        "start": date(2024, 7, 1),
    }
    return LiabilityDetails(**{**stated, **more})  # type: ignore[arg-type]


def valued(home: Household, details: AssetDetails, *marks: tuple[str, str]) -> str:
    asset = home.facade.create_asset(**home.who, details=details)
    new = tuple(NewValuation(date=date.fromisoformat(day), value=D(value)) for day, value in marks)
    home.facade.add_valuations(**home.who, asset_id=asset.id, new=new)
    return asset.id


def worth(home: Household, day: date = TODAY) -> Decimal | None:
    return home.facade.net_worth(owner=home.owner, as_of=day).net_worth


def test_a_valuation_is_carried_forward_and_never_back(home: Household) -> None:
    valued(home, house(), ("2025-01-10", "4000000"), ("2026-01-10", "4500000"))
    assert worth(home, date(2025, 1, 9)) is None
    assert worth(home, date(2025, 1, 10)) == D("4000000.00")
    assert worth(home, date(2025, 12, 31)) == D("4000000.00")
    assert worth(home, date(2026, 3, 1)) == D("4500000.00")


def test_a_loan_lowers_net_worth_by_what_is_outstanding(home: Household) -> None:
    valued(home, house(), ("2024-07-01", "4000000"))
    made = home.facade.create_liability(**home.who, details=mortgage())
    assert made.instalment == D("21695.58")
    at = home.facade.liability(owner=home.owner, liability_id=made.id, as_of=date(2025, 7, 1))
    assert at.outstanding == D("2450244.28")
    assert worth(home, date(2025, 7, 1)) == D("1549755.72")
    assert worth(home, date(2024, 6, 30)) is None


def test_a_linked_account_is_counted_once(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-01-01": "150000.00"})
    card = home.ledger.account("credit_card", {"2026-01-01": "-12000.00"})
    home.ledger.account("cash", {"2026-01-01": "3000.00"})
    valued(home, house(name="Savings", kind="bank", liquidity="today", account_id=bank), ("2026-01-01", "999999"))
    home.facade.create_liability(
        **home.who,
        details=LiabilityDetails(
            name="Card", kind="credit_card", currency="INR", account_id=card, start=date(2026, 1, 1)
        ),
    )
    answer = home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert (answer.assets, answer.liabilities, answer.net_worth) == (D("153000.00"), D("12000.00"), D("141000.00"))
    assert answer.by_class == {"bank": D("150000.00"), "cash": D("3000.00"), "credit_card": D("-12000.00")}
    assert answer.by_liquidity == {"today": D("153000.00"), "debt": D("-12000.00")}
    assert sum(answer.by_owner.values()) == answer.net_worth


def test_a_linked_loan_and_investment_show_the_difference_to_the_ledger(home: Household) -> None:
    loan = home.ledger.account("loan", {"2025-07-01": "-2450000.00"})
    broker = home.ledger.account("investment", {"2025-01-01": "90000.00"})
    home.facade.create_liability(**home.who, details=mortgage(account_id=loan))
    valued(home, house(name="Fund", kind="fund", liquidity="days", account_id=broker), ("2025-07-01", "100000"))
    answer = home.facade.net_worth(owner=home.owner, as_of=date(2025, 7, 1))
    by_name = {item.name: item for item in answer.positions}
    assert by_name["Home loan"].amount == D("-2450244.28")
    assert by_name["Home loan"].ledger_difference == D("244.28")
    assert by_name["Fund"].ledger_difference == D("-10000.00")
    assert len(answer.positions) == 2


def test_an_account_can_be_linked_only_once(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-01-01": "1.00"})
    home.facade.create_asset(**home.who, details=house(account_id=bank))
    with pytest.raises(AccountLinked):
        home.facade.create_asset(**home.who, details=house(account_id=bank))
    with pytest.raises(AccountLinked):
        home.facade.create_liability(**home.who, details=mortgage(account_id=bank))
    with pytest.raises(Invalid, match="no account"):
        home.facade.create_asset(**home.who, details=house(account_id=new_id()))
    assert len(home.facade.assets(owner=home.owner, as_of=TODAY).items) == 1


def test_foreign_assets_are_converted_or_leave_the_total_unknown(home: Household) -> None:
    valued(home, house(currency="USD"), ("2026-01-01", "1000.00"))
    answer = home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert answer.net_worth == D("80000.00")
    assert answer.by_currency == {"USD": D("1000.00")}
    valued(home, house(currency="GBP"), ("2026-01-01", "5.00"))
    unknown = home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert (unknown.net_worth, unknown.assets, unknown.net_worth_reason) == (None, None, "no_exchange_rate")
    assert home.facade.liquid_by_tier(owner=home.owner, as_of=TODAY).reason == "no_exchange_rate"


def test_a_share_of_an_asset_counts_by_that_share(home: Household) -> None:
    valued(home, house(owner_share=D("0.5"), held_by="A"), ("2026-01-01", "1000.01"))
    answer = home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert answer.net_worth == D("500.00")
    assert answer.by_owner == {"A": D("500.00")}


def test_a_closed_asset_is_gone_from_its_day(home: Household) -> None:
    asset_id = valued(home, house(), ("2026-01-01", "1000"))
    home.facade.change_asset(**home.who, asset_id=asset_id, details=house(closed_on=date(2026, 5, 1)))
    assert worth(home, date(2026, 4, 30)) == D("1000.00")
    assert worth(home, date(2026, 5, 1)) == 0


def test_units_times_price_are_the_value_and_cost_stands_in_for_a_missing_price(home: Household) -> None:
    share = home.facade.create_asset(**home.who, details=house(name="Share", kind="stock", liquidity="days"))
    lots = (NewLot(date=date(2026, 1, 5), quantity=D(10), cost=D("1000.00"), fees=D("5.00")),)
    home.facade.add_lots(**home.who, asset_id=share.id, new=lots)
    at_cost = home.facade.asset(owner=home.owner, asset_id=share.id, as_of=TODAY)
    assert (at_cost.value, at_cost.value_source, at_cost.quantity) == (D("1005.00"), "cost", D(10))
    price = NewValuation(date=date(2026, 2, 1), unit_price=D("120.125"))
    home.facade.add_valuations(**home.who, asset_id=share.id, new=(price,))
    split = NewCorporateAction(date=date(2026, 3, 1), kind="split", ratio=D(2))
    home.facade.add_corporate_action(**home.who, asset_id=share.id, new=split)
    before = home.facade.asset(owner=home.owner, asset_id=share.id, as_of=date(2026, 2, 28))
    assert (before.value, before.value_source) == (D("1201.25"), "price")
    after = home.facade.asset(owner=home.owner, asset_id=share.id, as_of=date(2026, 3, 1))
    assert (after.quantity, after.cost) == (D(20), D("1005.00"))


def test_a_deposit_accrues_from_its_last_valuation(home: Household) -> None:
    details = house(name="Deposit", kind="deposit", liquidity="days", accrual_rate=D("0.08"), compounding="quarterly")
    valued(home, details, ("2025-07-15", "100000"))
    assert worth(home, date(2026, 7, 15)) == D("108243.22")
    assert worth(home, date(2025, 8, 14)) == D("100657.53")


def test_an_old_value_is_flagged_with_its_share(home: Household) -> None:
    valued(home, house(), ("2024-01-01", "3000000"))
    valued(home, house(name="New"), ("2026-07-01", "1000000"))
    [stale] = home.facade.net_worth(owner=home.owner, as_of=TODAY).stale
    assert (stale.name, stale.limit_days, stale.share) == ("House", 366, D("0.75"))


def test_an_asset_without_any_value_is_listed_and_counts_nothing(home: Household) -> None:
    asset = home.facade.create_asset(**home.who, details=house(acquired_on=date(2026, 1, 1)))
    answer = home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert answer.unvalued == (asset.id,)
    assert answer.net_worth == 0
    assert (asset.value, asset.value_reason) == (None, "no_valuation")


def test_the_timeline_agrees_with_net_worth_on_every_day(home: Household) -> None:
    home.ledger.account("savings", {"2025-01-01": "100.00", "2026-02-01": "250.00"})
    home.ledger.account("overdraft", {"2025-06-01": "-70.00"}, currency="USD")
    valued(home, house(), ("2025-03-05", "4000"), ("2026-01-10", "4500"))
    home.facade.create_liability(**home.who, details=mortgage(principal=D("1200"), months=12, start=date(2025, 5, 31)))
    home.ledger.asked.clear()
    line = home.facade.net_worth_timeline(
        owner=home.owner, first=date(2025, 1, 1), last=date(2026, 12, 31), by="month", as_of=TODAY
    )
    assert home.ledger.asked == ["account_balances_by_month", "account_balances"]
    assert len(line.points) == 19
    assert line.points[-1].date == TODAY
    for point in line.points:
        single = home.facade.net_worth(owner=home.owner, as_of=point.date)
        assert (point.assets, point.liabilities, point.net_worth) == (
            single.assets,
            single.liabilities,
            single.net_worth,
        )


def test_tiers_and_invested_leave_out_what_they_should(home: Household) -> None:
    home.ledger.account("savings", {"2025-01-01": "100.00"})
    home.ledger.account("credit_card", {"2025-01-01": "-40.00"})
    valued(home, house(), ("2026-01-01", "4000"))
    valued(home, house(name="Fund", kind="fund", liquidity="days"), ("2026-01-01", "500"))
    valued(home, house(name="PPF", kind="retirement", liquidity="locked"), ("2026-01-01", "300"))
    tiers = home.facade.liquid_by_tier(owner=home.owner, as_of=TODAY)
    assert (tiers.today, tiers.days, tiers.months, tiers.locked) == (D(100), D(500), D(4000), D(300))
    invested = home.facade.invested(owner=home.owner, as_of=TODAY)
    assert invested.total == D("800.00")
    assert invested.by_class == {"fund": D(500), "retirement": D(300)}


def test_loans_say_what_is_still_to_come(home: Household) -> None:
    home.facade.create_liability(**home.who, details=mortgage())
    [loan] = home.facade.loans(owner=home.owner, as_of=date(2025, 7, 1)).items
    assert (loan.outstanding, loan.instalment, loan.annual_rate) == (D("2450244.28"), D("21695.58"), D("0.085"))
    assert (loan.months_remaining, loan.next_due_on, loan.ends_on) == (228, date(2025, 8, 1), date(2044, 7, 1))
    assert home.facade.loans(owner=home.owner, as_of=date(2044, 7, 1)).items == ()


def test_loans_say_which_resets_are_still_to_come(home: Household) -> None:
    liability_id = home.facade.create_liability(**home.who, details=mortgage()).id
    for day, rate in ((date(2026, 4, 1), "0.095"), (date(2025, 4, 1), "0.09")):
        home.facade.add_rate_change(
            **home.who, liability_id=liability_id, new=RateChange(date=day, annual_rate=D(rate), keep="instalment")
        )
    [loan] = home.facade.loans(owner=home.owner, as_of=date(2025, 7, 1)).items
    assert loan.annual_rate == D("0.09")
    assert loan.rate_changes == (RateChange(date=date(2026, 4, 1), annual_rate=D("0.095"), keep="instalment"),)


def test_rate_changes_and_part_payments_move_the_schedule_and_can_be_taken_back(home: Household) -> None:
    liability_id = home.facade.create_liability(**home.who, details=mortgage()).id
    plain = home.facade.liability_schedule(owner=home.owner, liability_id=liability_id, as_of=TODAY)
    reset = RateChange(date=date(2025, 7, 1), annual_rate=D("0.09"))
    change = home.facade.add_rate_change(**home.who, liability_id=liability_id, new=reset)
    part = NewPartPayment(date=date(2026, 1, 1), amount=D("200000"))
    paid = home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part)
    moved = home.facade.liability_schedule(owner=home.owner, liability_id=liability_id, as_of=TODAY)
    assert moved.months < 240
    assert moved.rows[12].annual_rate == D("0.09")
    with pytest.raises(Invalid, match="two changes"):
        home.facade.add_rate_change(**home.who, liability_id=liability_id, new=reset)
    for kind, entry_id in (("rate_change", change.id), ("part_payment", paid.id)):
        home.facade.delete_liability_entry(
            **home.who,
            liability_id=liability_id,
            kind=kind,  # type: ignore[arg-type]
            entry_id=entry_id,
        )
    again = home.facade.liability_schedule(owner=home.owner, liability_id=liability_id, as_of=TODAY)
    assert again.rows == plain.rows


def test_a_second_valuation_on_a_day_is_refused_and_nothing_is_changed(home: Household) -> None:
    asset_id = valued(home, house(), ("2026-01-01", "1000"))
    new = (NewValuation(date=date(2026, 2, 1), value=D(5)), NewValuation(date=date(2026, 1, 1), value=D(6)))
    with pytest.raises(Invalid) as refused:
        home.facade.add_valuations(**home.who, asset_id=asset_id, new=new)
    assert refused.value.field == "date"
    assert len(home.facade.valuations(owner=home.owner, asset_id=asset_id).items) == 1


def test_valuations_are_paged_newest_first_and_can_be_replaced_and_deleted(home: Household) -> None:
    asset_id = valued(home, house(), ("2026-01-01", "1"), ("2026-02-01", "2"), ("2026-03-01", "3"))
    first = home.facade.valuations(owner=home.owner, asset_id=asset_id, limit=2)
    second = home.facade.valuations(owner=home.owner, asset_id=asset_id, limit=2, cursor=first.next_cursor)
    assert [item.value for item in (*first.items, *second.items)] == [D(3), D(2), D(1)]
    assert second.next_cursor is None
    newest = first.items[0]
    home.facade.change_valuation(
        **home.who,
        asset_id=asset_id,
        valuation_id=newest.id,
        new=NewValuation(date=date(2026, 3, 2), value=D("9.50")),
    )
    assert worth(home) == D("9.50")
    home.facade.delete_entry(**home.who, asset_id=asset_id, kind="valuation", entry_id=newest.id)
    assert worth(home) == D("2.00")
    with pytest.raises(EntryNotFound):
        home.facade.delete_entry(**home.who, asset_id=asset_id, kind="valuation", entry_id=newest.id)


def test_another_household_sees_nothing(home: Household) -> None:
    asset_id = valued(home, house(), ("2026-01-01", "1000"))
    with pytest.raises(AssetNotFound):
        home.facade.asset(owner=new_id(), asset_id=asset_id, as_of=TODAY)
    with pytest.raises(AssetNotFound):
        home.facade.delete_asset(owner=new_id(), person=home.person, asset_id=asset_id)
    assert home.facade.assets(owner=new_id(), as_of=TODAY).items == ()


def test_a_stale_version_changes_nothing(home: Household) -> None:
    asset = home.facade.create_asset(**home.who, details=house())
    home.facade.change_asset(**home.who, asset_id=asset.id, details=house(note="x"), expected=1)
    with pytest.raises(PreconditionFailed):
        home.facade.change_asset(**home.who, asset_id=asset.id, details=house(note="y"), expected=1)
    assert home.facade.asset(owner=home.owner, asset_id=asset.id, as_of=TODAY).note == "x"


def test_the_same_key_enters_an_asset_once(home: Household) -> None:
    once = Once(person=home.person, key="k", digest="1")
    first = home.facade.create_asset(**home.who, details=house(), once=once)
    assert home.facade.create_asset(**home.who, details=house(), once=once) == first
    with pytest.raises(IdempotencyConflict):
        home.facade.create_asset(**home.who, details=house(), once=replace(once, digest="2"))
    assert len(home.facade.assets(owner=home.owner, as_of=TODAY).items) == 1


def test_amounts_finer_than_the_currency_are_refused(home: Household) -> None:
    with pytest.raises(Invalid) as refused:
        home.facade.create_liability(**home.who, details=mortgage(principal=D("100.001")))
    assert refused.value.field == "principal"


def test_a_deleted_household_leaves_nothing_and_others_stay(home: Household) -> None:
    asset_id = valued(home, house(), ("2026-01-01", "1000"))
    lots = (NewLot(date=date(2026, 1, 5), quantity=D(10), cost=D("1000.00")),)
    home.facade.add_lots(**home.who, asset_id=asset_id, new=lots)
    home.facade.create_liability(**home.who, details=mortgage())
    other, person = new_id(), new_id()
    home.facade.create_asset(owner=other, person=person, details=house())
    with home.database.write(home.owner) as unit:
        on_household_deleted(unit, HouseholdDeleted(owner=home.owner))
    assert home.facade.assets(owner=home.owner, as_of=TODAY).items == ()
    assert home.facade.liabilities(owner=home.owner, as_of=TODAY).items == ()
    assert len(home.facade.assets(owner=other, as_of=TODAY).items) == 1
    for table in (*CHILDREN["assets"], *CHILDREN["liabilities"]):
        with home.database.read() as connection:
            assert connection.execute(select(table).where(table.c.owner == home.owner)).all() == []


def test_net_worth_asks_for_the_last_month_to_be_kept_once(home: Household) -> None:
    for _ in range(3):
        home.facade.net_worth(owner=home.owner, as_of=TODAY)
    assert home.kept_later == [home.owner]


def test_net_worth_is_unknown_until_something_is_known_and_says_why(home: Household) -> None:
    def why(day: date) -> list[str | None]:
        month = date(day.year, day.month, 1)
        line = home.facade.net_worth_timeline(owner=home.owner, first=month, last=day, by="month", as_of=TODAY)
        worth = home.facade.net_worth(owner=home.owner, as_of=day)
        assert (worth.net_worth, worth.assets) == (line.points[-1].net_worth, line.points[-1].assets)
        return [worth.net_worth_reason, line.points[-1].net_worth_reason]

    assert why(TODAY) == ["no_rows", "no_rows"]
    home.facade.create_asset(**home.who, details=replace(house(), acquired_on=None))
    assert why(TODAY) == ["no_valuation", "no_valuation"]
    valued(home, house(), ("2025-01-10", "4000000"))
    assert why(date(2025, 1, 9)) == ["no_rows", "no_rows"]
    assert why(date(2025, 1, 10)) == [None, None]


def test_a_lot_that_a_later_split_would_leave_without_units_changes_nothing(home: Household) -> None:
    shares = valued(home, house(kind="stock", acquired_on=None))
    split = NewCorporateAction(date=date(2190, 1, 1), kind="split", ratio=D("0.01"))
    home.facade.add_corporate_action(**home.who, asset_id=shares, new=split)
    speck = NewLot(date=date(2026, 1, 1), quantity=D("0.000000000000000001"), cost=D(1))
    with pytest.raises(Invalid):
        home.facade.add_lots(**home.who, asset_id=shares, new=(speck,))
    assert home.facade.lots(owner=home.owner, asset_id=shares, as_of=TODAY) == ()
    assert home.facade.net_worth(owner=home.owner, as_of=TODAY).net_worth is None
