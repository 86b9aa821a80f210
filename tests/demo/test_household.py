"""The truth of a simulated household holds together, row by row and series by series."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import get_args

import pytest

from finapp.app.demo.borrowing import outstanding
from finapp.app.demo.household import Household, simulate
from finapp.app.demo.truth import Flow, Frequency, ProfileName, Row

UNTIL = date(2026, 10, 31)
PROFILES = get_args(ProfileName)
SEEDS = range(6)
FLOWS: dict[str, set[Flow]] = {
    "income_salary": {"income"},
    "income_interest": {"income"},
    "income_other": {"income"},
    "transfer": {"transfer"},
    "card_payment": {"transfer"},
    "cash": {"transfer"},
    "investment": {"investment"},
    "loan": {"debt"},
}
SPENDING = set(
    "bank_fees taxes_gov insurance housing utilities telecom home groceries dining fuel transport auto health "
    "personal_care education childcare pets gifts_donations shopping entertainment subscriptions travel services "
    "card_spending_unseen".split()
)


@cache
def household(profile: ProfileName, seed: int) -> Household:
    return simulate(seed=seed, profile=profile, until=UNTIL, months=30)


@cache
def rows(profile: ProfileName, seed: int) -> tuple[Row, ...]:
    return tuple(household(profile, seed).rows())


@pytest.fixture(params=[(profile, seed) for profile in PROFILES for seed in SEEDS], ids=str)
def case(request: pytest.FixtureRequest) -> tuple[Household, tuple[Row, ...]]:
    return household(*request.param), rows(*request.param)


def everywhere() -> Iterator[tuple[Household, tuple[Row, ...]]]:
    for profile in PROFILES:
        for seed in SEEDS:
            yield household(profile, seed), rows(profile, seed)


def test_rows_come_in_date_order_with_keys_of_their_own(case: tuple[Household, tuple[Row, ...]]) -> None:
    home, found = case
    assert all(earlier.date <= later.date for earlier, later in pairwise(found))
    assert home.first <= found[0].date
    assert found[-1].date <= home.last
    assert len({row.key for row in found}) == len(found)


def test_balances_run_from_the_opening_balance_row_by_row(case: tuple[Household, tuple[Row, ...]]) -> None:
    home, found = case
    balances = {account.id: account.opening_balance for account in home.accounts}
    for row in found:
        assert row.amount
        balances[row.account_id] += row.amount
        assert row.balance == balances[row.account_id]
        assert row.amount.as_tuple().exponent == -2


def test_categories_are_leaves_of_the_taxonomy_and_agree_with_the_flow(
    case: tuple[Household, tuple[Row, ...]],
) -> None:
    for row in case[1]:
        allowed = FLOWS.get(row.category, {"expense", "refund"} if row.category in SPENDING else set())
        assert row.flow in allowed, row
        assert (row.amount > 0) == (row.flow in ("income", "refund")) or row.flow == "transfer", row


def test_the_two_sides_of_every_own_movement_cancel(case: tuple[Household, tuple[Row, ...]]) -> None:
    home, found = case
    pairs = defaultdict(list)
    for row in found:
        if row.transfer_id:
            pairs[row.transfer_id].append(row)
    assert pairs
    for pair_id, pair in pairs.items():
        if len(pair) == 1 and (home.last - pair[0].date).days < 4:
            continue
        assert len(pair) == 2, pair_id
        assert pair[0].amount + pair[1].amount == 0
        own_account = pair_id.startswith("conversion-")
        assert (pair[0].account_id == pair[1].account_id) == own_account
        assert abs((pair[0].date - pair[1].date).days) <= 3


def test_what_comes_back_never_exceeds_what_was_paid(case: tuple[Household, tuple[Row, ...]]) -> None:
    groups = defaultdict(list)
    for row in case[1]:
        if row.refund_id:
            groups[row.refund_id].append(row)
    for group in groups.values():
        paid = sum((row.amount for row in group if row.amount < 0), Decimal(0))
        back = sum((row.amount for row in group if row.flow == "refund"), Decimal(0))
        assert 0 < back <= -paid
        assert len({row.category for row in group}) == 1


def test_the_truth_of_each_series_is_what_its_rows_show(case: tuple[Household, tuple[Row, ...]]) -> None:
    home, found = case
    by_series = defaultdict(list)
    for row in found:
        if row.series_id:
            by_series[row.series_id].append(row)
    assert set(by_series) == {series.id for series in home.series}
    for series in home.series:
        mine = by_series[series.id]
        assert len(mine) == series.occurrences
        assert (mine[0].date, mine[-1].date) == (series.first_on, series.last_on)
        assert {row.account_id for row in mine} == {series.account_id}
        assert {row.category for row in mine} == {series.category}
        assert all((row.amount > 0) == (series.direction == "in") for row in mine)
        if series.amount_last is not None:
            assert abs(mine[-1].amount) == series.amount_last
        steps = {row.date for before, row in pairwise(mine) if before.amount != row.amount}
        if series.amount_kind == "fixed":
            assert steps == set()
        if series.amount_kind == "stepped":
            assert steps == {change.on for change in series.price_changes}
            assert steps
        assert (series.next_on is None) == series.ended
        assert series.next_on is None or series.next_on > home.last


def test_salary_and_savings_accounts_do_not_go_below_zero() -> None:
    below = [
        row.key for home, found in everywhere() for row in found if row.account_id in deposits(home) and row.balance < 0
    ]
    assert below == []


def deposits(home: Household) -> set[str]:
    return {account.id for account in home.accounts if account.kind in ("checking", "savings", "cash")}


def test_households_show_every_frequency_kind_of_amount_and_irregularity() -> None:
    series = [item for home, _ in everywhere() for item in home.series]
    assert {item.frequency for item in series} == set(get_args(Frequency))
    assert {item.amount_kind for item in series} == {"fixed", "variable", "stepped"}
    assert any(item.ended for item in series)
    assert any(item.missed_on for item in series)
    assert any(item.anchor == "last working day" for item in series)
    assert any(item.anchor == "last day" for item in series)
    assert any(item.first_on > date(2025, 6, 1) for item in series)
    loans = [Counter(loan.lender for loan in home.loans) for home, _ in everywhere()]
    assert any(max(counts.values(), default=0) > 1 for counts in loans)


def test_households_show_every_kind_of_movement_and_return() -> None:
    kinds = {(row.transfer_id or row.refund_id or "-").split("-")[0] for _, found in everywhere() for row in found} - {
        ""
    }
    assert kinds == {"transfer", "card", "wallet", "conversion", "refund", "reversal", "claim"}


def test_equal_fares_are_paid_twice_on_one_day() -> None:
    fares = Counter(
        (row.account_id, row.date, row.amount, row.merchant)
        for _, found in everywhere()
        for row in found
        if row.category == "transport"
    )
    assert sum(count > 1 for count in fares.values()) > 100


def test_a_card_bill_pays_exactly_what_the_card_owed_when_the_month_began(
    case: tuple[Household, tuple[Row, ...]],
) -> None:
    home, found = case
    for card in (account for account in home.accounts if account.kind == "credit_card"):
        mine = [row for row in found if row.account_id == card.id]
        for paid in (row for row in mine if row.channel == "card_credit"):
            before = [row.balance for row in mine if row.date < paid.date.replace(day=1)]
            owed = -(before[-1] if before else card.opening_balance)
            assert paid.amount == max(owed, Decimal("1.00"))


def test_loan_accounts_open_with_what_the_schedule_says_is_owed() -> None:
    for home, _ in everywhere():
        for loan in home.loans:
            account = home.account(loan.account_id)
            assert -loan.principal <= account.opening_balance <= 0
            assert outstanding(loan, loan.months) == 0


def test_the_same_seed_gives_the_same_household_and_another_seed_another() -> None:
    again = simulate(seed=3, profile="in", until=UNTIL, months=30)
    assert tuple(again.rows()) == rows("in", 3)
    assert again.series == household("in", 3).series
    assert rows("in", 3)[:50] != rows("in", 4)[:50]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("wanted", [200, 1_000, 12_345])
def test_exactly_as_many_rows_come_as_were_asked_for(profile: ProfileName, wanted: int) -> None:
    home = simulate(seed=1, profile=profile, until=UNTIL, rows=wanted)
    assert sum(1 for _ in home.rows()) == wanted


def test_rows_of_one_account_are_its_rows_among_all() -> None:
    home, found = household("us", 1), rows("us", 1)
    for account in home.accounts:
        assert list(home.rows(account.id)) == [row for row in found if row.account_id == account.id]


def test_a_window_that_ends_inside_a_month_has_no_row_after_it() -> None:
    home = simulate(seed=2, profile="gb", until=date(2026, 10, 9), months=3)
    found = list(home.rows())
    assert max(row.date for row in found) <= date(2026, 10, 9)
    assert {row.date.month for row in found} == {8, 9, 10}


def test_a_large_ledger_has_many_merchants_and_mostly_distinct_texts() -> None:
    found = list(simulate(seed=1, profile="in", until=UNTIL, rows=30_000).rows())
    assert len({row.merchant for row in found}) > 300
    assert len({row.description for row in found}) > 0.7 * len(found)


@pytest.mark.parametrize(
    "arguments",
    [{"seed": -1}, {"seed": 1, "months": 0}, {"seed": 1, "rows": 10}, {"seed": 1, "months": 2, "rows": 500}],
)
def test_impossible_sizes_are_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="seed of at least 0"):
        simulate(profile="in", until=UNTIL, **arguments)


def test_an_account_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        household("in", 0).account("nowhere")
