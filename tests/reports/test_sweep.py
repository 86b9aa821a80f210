"""Sweep plans are exact on real dates, never worse than doing nothing or one transfer a month, and proven feasible."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months
from finapp.reports.domain.sweep.ledger import Move, net, replay
from finapp.reports.domain.sweep.past import DAYS, Booked, replayed
from finapp.reports.domain.sweep.plan import plan
from finapp.reports.domain.sweep.setting import setting
from finapp.reports.public.sweep import DatedMoney, SalarySweep, Slab, SweepAccount, SweepQuestion, SweepReplay

START = date(2026, 7, 1)
SALARY = SweepAccount(id="salary", balance=Decimal("20000.00"), annual_rate=Decimal("0.03"), minimum=Decimal("5000.00"))
SAVER = SweepAccount(id="saver", balance=Decimal("0.00"), annual_rate=Decimal("0.07"))
CREDITS = (DatedMoney(date=START, amount=Decimal("100000.00")),)
DEBITS = tuple(
    DatedMoney(date=date(2026, 7, day), amount=Decimal(amount), name=name)
    for day, amount, name in ((5, 30000, "instalment"), (10, 20000, "rent"), (20, 10000, "school"))
)
MONTH = SweepQuestion(currency="INR", accounts=(SALARY, SAVER), credits=CREDITS, debits=DEBITS, horizon=31)


def ask(**changes: object) -> SalarySweep:
    return plan(replace(MONTH, **changes), START)


def scenario(found: SalarySweep, name: str) -> Decimal:
    return next(item.net for item in found.scenarios if item.name == name)


def test_free_transfers_keep_the_salary_account_at_its_minimum_every_day() -> None:
    """Same-day transfers at no cost: just in time is optimal (finance of lot-sizing without set-up cost)."""
    found = ask()
    assert all(day.balances["salary"] == Decimal("5000.00") for day in found.daily)
    per_day = [day.balances["saver"] * Decimal("0.07") / 365 for day in found.daily]
    salary = Decimal(5000) * Decimal("0.03") / 365 * 31
    assert found.interest is not None
    assert abs(found.interest - (sum(per_day) + salary)) <= Decimal("0.01")


def test_money_comes_to_the_first_account_when_that_pays_more() -> None:
    better = replace(SALARY, annual_rate=Decimal("0.08"))
    found = ask(accounts=(better, replace(SAVER, balance=Decimal("90000.00"))), debits=())
    assert all(day.balances["saver"] == 0 for day in found.daily)
    assert found.gap is not None
    assert found.gap < 1


def test_nothing_moves_when_the_salary_account_pays_no_less() -> None:
    found = ask(accounts=(SALARY, replace(SAVER, annual_rate=Decimal("0.03"))))
    assert found.gain == Decimal("0.00")


def test_nothing_moves_between_accounts_that_all_pay_nothing() -> None:
    """Every plan earns the same, and the solver's is any of them: it moved money in a circle for a gain of zero."""
    places = tuple(
        SweepAccount(id=name, balance=Decimal(balance), annual_rate=Decimal(0))
        for name, balance in (("salary", "20000.00"), ("second", "1000.00"), ("third", "90000.00"))
    )
    found = ask(accounts=places)
    assert (found.gain, found.transfers) == (Decimal("0.00"), ())
    assert found.best == "optimal"


def test_money_needed_the_evening_before_is_there_the_evening_before() -> None:
    """S_t = max(M, M + debit of the next day - credit of the next day)."""
    found = ask(needed="evening_before")
    by_day = {day.date: day.balances["salary"] for day in found.daily}
    assert by_day[date(2026, 7, 4)] == Decimal("35000.00")
    assert by_day[date(2026, 7, 5)] == Decimal("5000.00")
    assert by_day[date(2026, 7, 9)] == Decimal("25000.00")


def test_interest_follows_the_daily_product_and_is_added_when_credited() -> None:
    """10,000 at 3.65 % earns 1.00 a day; the quarter's interest is in the balance from 1 October on."""
    still = SweepAccount(id="a", balance=Decimal("10000.00"), annual_rate=Decimal("0.0365"))
    other = SweepAccount(id="b", balance=Decimal("0.00"), annual_rate=Decimal("0.01"))
    question = SweepQuestion(currency="INR", accounts=(still, other), horizon=40)
    found = plan(question, date(2026, 9, 11))
    by_day = {day.date: day for day in found.daily}
    assert by_day[date(2026, 9, 30)].interest == Decimal("1.00")
    assert by_day[date(2026, 9, 30)].balances["a"] == Decimal("10000.00")
    assert by_day[date(2026, 10, 1)].balances["a"] == Decimal("10020.00")
    assert found.interest == Decimal("40.04")  # 20 days on 10,000 and 20 days on 10,020 at 3.65 % / 365


def test_slabs_are_marginal_and_a_better_second_slab_is_reached_for() -> None:
    tiered = SweepAccount(
        id="tiered",
        balance=Decimal("0.00"),
        annual_rate=Decimal("0.03"),
        slabs=(Slab(above=Decimal("50000.00"), annual_rate=Decimal("0.07")),),
    )
    found = ask(accounts=(SALARY, tiered))
    top = max(found.daily, key=lambda day: day.balances["tiered"])
    assert top.balances["tiered"] > Decimal("50000.00")
    held = setting(replace(MONTH, accounts=(SALARY, tiered)), START).places[1]
    assert held.yearly_interest(6_000_000) == Decimal(5_000_000) * Decimal("0.03") + 1_000_000 * Decimal("0.07")


def test_a_transfer_cost_is_paid_only_where_it_is_earned_back() -> None:
    free, dear = ask(), ask(transfer_cost=Decimal("40.00"))
    assert len(dear.transfers) < len(free.transfers)
    assert scenario(dear, "optimal") >= max(scenario(dear, "none"), scenario(dear, "once"))
    assert ask(transfer_cost=Decimal("10000.00")).transfers == ()


def test_a_year_with_a_cost_per_transfer_is_solved_to_the_end() -> None:
    credits = tuple(DatedMoney(date=add_months(START, month), amount=Decimal(100000)) for month in range(12))
    debits = tuple(
        DatedMoney(date=add_months(START.replace(day=day), month), amount=Decimal(20000))
        for month in range(12)
        for day in (5, 10, 20)
    )
    found = ask(credits=credits, debits=debits, horizon=365, transfer_cost=Decimal(8))
    assert found.gap is not None
    assert found.gap < Decimal(2)


def test_at_most_k_transfers_are_made() -> None:
    for most in range(4):
        assert len(ask(max_transfers=most).transfers) <= most


def test_no_transfer_on_closed_days() -> None:
    found = ask(weekends_closed=True, closed=(date(2026, 7, 10),))
    assert found.transfers
    for transfer in found.transfers:
        assert transfer.date.weekday() < 5
        assert transfer.date != date(2026, 7, 10)


def test_a_variable_debit_keeps_its_quantile() -> None:
    unsure = (replace(DEBITS[0], deviation=Decimal("1000.00")),)
    found = ask(debits=unsure)
    by_day = {day.date: day.balances["salary"] for day in found.daily}
    assert by_day[date(2026, 7, 5)] == Decimal("6644.85")  # 5,000 + 1,000 x the normal quantile of 95 %


def test_an_infeasible_plan_names_the_day_and_the_missing_money() -> None:
    found = ask(credits=())
    assert not found.feasible
    assert found.shortfall is not None
    assert (found.shortfall.date, found.shortfall.missing) == (date(2026, 7, 5), Decimal("15000.00"))


def test_every_scenario_proves_its_feasibility() -> None:
    found = ask()
    for item in found.scenarios:
        for tightest in item.tightest:
            least = min(day.balances[tightest.account_id] for day in item.daily)
            assert tightest.slack == tightest.balance - tightest.required
            assert least >= tightest.required or not item.feasible


def test_moving_a_due_date_later_is_worth_the_extra_days() -> None:
    """30,000 kept 26 days longer at 7 %: 149.59."""
    move = next(move for move in ask().moves if move.name == "instalment")
    assert move.better_date == date(2026, 7, 31)
    assert move.earns == Decimal("149.59")


def exhaustive(question: SweepQuestion, step: int) -> int:
    """The best net over all schedules that move multiples of `step` minor units on each day."""
    found = setting(question, START)
    amounts = range(-2, 3)
    best = None
    for choice in product(amounts, repeat=found.days):
        moves: list[Move] = [
            (day, 0, 1, units * step) if units > 0 else (day, 1, 0, -units * step)
            for day, units in enumerate(choice)
            if units
        ]
        ledger = replay(found, moves)
        if ledger.short is None:
            value = net(found, ledger, moves)
            best = value if best is None else max(best, value)
    assert best is not None
    return best


@pytest.mark.parametrize("days", [(2, 4), (0, 3), (1, 2)])
@pytest.mark.parametrize("cost", ["0.00", "0.50", "3.00"])
def test_the_optimum_equals_exhaustive_search_on_small_cases(cost: str, days: tuple[int, int]) -> None:
    """Money that is spent to the last unit, so that every bound on a transfer matters."""
    question = SweepQuestion(
        currency="INR",
        accounts=(
            SweepAccount(id="a", balance=Decimal("20000.00"), annual_rate=Decimal("0.01")),
            SweepAccount(id="b", balance=Decimal("0.00"), annual_rate=Decimal("0.09")),
        ),
        debits=tuple(DatedMoney(date=START + timedelta(days=day), amount=Decimal("10000.00")) for day in days),
        horizon=5,
        transfer_cost=Decimal(cost),
    )
    found = plan(question, START)
    assert int(scenario(found, "optimal") * 100) == exhaustive(question, 1_000_000)


def test_deposits_take_whole_multiples_and_give_any_amount() -> None:
    deposit = replace(SAVER, kind="deposit", multiple=Decimal("25000.00"))
    found = ask(accounts=(SALARY, deposit))
    assert all(move.amount % 25000 == 0 for move in found.transfers if move.to == "saver")
    assert any(move.amount % 25000 for move in found.transfers if move.from_ == "saver")
    assert found.gap is not None
    assert found.gap < 1
    assert found.gain is not None
    free = ask()
    assert free.gain is not None
    assert 0 < found.gain < free.gain


def test_deposits_in_multiples_equal_exhaustive_search_on_a_small_case() -> None:
    question = SweepQuestion(
        currency="INR",
        accounts=(
            SweepAccount(id="a", balance=Decimal("30000.00"), annual_rate=Decimal("0.01")),
            SweepAccount(id="b", balance=Decimal("0.00"), annual_rate=Decimal("0.09"), multiple=Decimal("20000.00")),
        ),
        debits=tuple(DatedMoney(date=START + timedelta(days=day), amount=Decimal("10000.00")) for day in (1, 3)),
        horizon=5,
    )
    setting_ = setting(question, START)
    best = None
    for choice in product(range(-2, 3), repeat=5):
        moves: list[Move] = [
            (day, 0, 1, units * 1_000_000) if units > 0 else (day, 1, 0, -units * 1_000_000)
            for day, units in enumerate(choice)
            if units and not (units > 0 and units % 2)
        ]
        ledger = replay(setting_, moves)
        if ledger.short is None:
            value = net(setting_, ledger, moves)
            best = value if best is None else max(best, value)
    assert int(scenario(plan(question, START), "optimal") * 100) == best


def test_a_charge_on_taking_money_out_is_paid_only_where_it_is_earned_back() -> None:
    """At 7 % against 3 %, money must lie 46 days before a half percent charge is earned back; the last stays."""
    fund = replace(SAVER, kind="fund", withdrawal_charge=Decimal("0.005"))
    found = ask(accounts=(SALARY, fund))
    best = next(item for item in found.scenarios if item.name == "optimal")
    assert all(move.to == "saver" for move in found.transfers)
    assert best.costs == 0
    assert [move.amount for move in found.transfers] == [Decimal("55000.00")]


def test_tax_on_interest_decides_where_money_lies() -> None:
    """6 % taxed at 30 % leaves less than an overdraft that saves 5 % untaxed."""
    taxed = replace(SAVER, annual_rate=Decimal("0.06"), tax_rate=Decimal("0.3"))
    owed = SweepAccount(
        id="loan", balance=Decimal(0), annual_rate=Decimal("0.05"), kind="overdraft", maximum=Decimal(900000)
    )
    found = ask(accounts=(replace(SALARY, tax_rate=Decimal("0.3")), taxed, owed))
    assert {move.to for move in found.transfers if move.from_ == "salary"} == {"loan"}
    best = next(item for item in found.scenarios if item.name == "optimal")
    salary = Decimal(5000) * Decimal("0.03") / 365 * 31
    assert abs(best.tax - salary * Decimal("0.3")) <= Decimal("0.01")
    assert best.net == best.interest - best.costs - best.tax


def test_transfers_keep_their_smallest_and_largest_amount() -> None:
    found = ask(transfer_minimum=Decimal("25000.00"), transfer_maximum=Decimal("40000.00"))
    assert found.transfers
    assert all(Decimal(25000) <= move.amount <= Decimal(40000) for move in found.transfers)
    assert found.gap is not None
    assert found.gap < 1


flows = st.lists(
    st.builds(
        DatedMoney,
        date=st.integers(0, 40).map(lambda day: START + timedelta(days=day)),
        amount=st.integers(1, 40_000).map(Decimal),
    ),
    max_size=6,
)


@given(coming=flows, going=flows, cost=st.sampled_from(["0", "5"]), evening=st.booleans())
def test_the_optimum_is_never_worse_and_never_above_its_bound(
    coming: list[DatedMoney], going: list[DatedMoney], cost: str, evening: bool
) -> None:
    found = plan(
        SweepQuestion(
            currency="INR",
            accounts=(SALARY, replace(SAVER, minimum=Decimal(0))),
            credits=tuple(coming),
            debits=tuple(going),
            horizon=45,
            transfer_cost=Decimal(cost),
            needed="evening_before" if evening else "same_day",
        ),
        START,
    )
    if not found.feasible:
        assert found.shortfall is not None
        assert found.shortfall.missing > 0
        return
    feasible = [item for item in found.scenarios if item.feasible]
    assert scenario(found, "optimal") == max(item.net for item in feasible)
    assert found.gain is not None
    assert found.upper_bound is not None
    assert found.gain <= found.upper_bound
    assert found.gap is not None
    assert found.gap <= Decimal(1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"accounts": (SALARY,)}, "accounts"),
        ({"horizon": 0}, "horizon"),
        ({"accounts": (replace(SALARY, balance=Decimal(-1)), SAVER)}, "accounts.0.balance"),
        ({"accounts": (replace(SALARY, annual_rate=Decimal(10)), SAVER)}, "accounts.0.annual_rate"),
        ({"debits": (replace(DEBITS[0], account_id="nobody"),)}, "debits.0.account_id"),
        ({"debits": (replace(DEBITS[0], date=date(2020, 1, 1)),)}, "debits.0.date"),
        ({"credits": (replace(CREDITS[0], amount=Decimal(-5)),)}, "credits.0.amount"),
    ],
)
def test_nonsense_is_refused_with_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(**changes)
    assert refused.value.field == field


def test_a_year_in_which_every_account_moves_each_day_is_replayed() -> None:
    as_of = date(2026, 6, 30)
    question = SweepQuestion(
        currency="INR",
        accounts=(replace(SALARY, balance=Decimal("50000.00")), replace(SAVER, balance=Decimal("50000.00"))),
    )
    rows = [
        Booked(account_id=account, date=as_of - timedelta(days=day), amount=Decimal("-10.00"), transfer_id=None)
        for account in ("salary", "saver")
        for day in range(DAYS)
    ]
    assert isinstance(replayed(question, rows, as_of), SweepReplay)


def test_the_last_year_is_replayed_as_kept_and_as_it_could_have_been() -> None:
    """A year in which 100,000 lay at 3 % although the saver paid 7 %: the replay finds the difference of 4,000."""
    as_of = date(2026, 6, 30)
    first = as_of - timedelta(days=DAYS - 1)
    question = SweepQuestion(
        currency="INR",
        accounts=(
            replace(SALARY, balance=Decimal("110000.00"), minimum=Decimal(0), credited="yearly"),
            replace(SAVER, balance=Decimal("0.00"), credited="yearly"),
        ),
    )
    rows = [
        Booked(account_id="salary", date=first - timedelta(days=9), amount=Decimal("100000.00"), transfer_id=None),
        Booked(account_id="salary", date=as_of, amount=Decimal("10000.00"), transfer_id=None),
        Booked(account_id="salary", date=first, amount=Decimal("-500.00"), transfer_id="pair"),
        Booked(account_id="saver", date=first, amount=Decimal("500.00"), transfer_id="pair"),
        Booked(account_id="salary", date=as_of, amount=Decimal("500.00"), transfer_id="back"),
        Booked(account_id="saver", date=as_of, amount=Decimal("-500.00"), transfer_id="back"),
    ]
    found = replayed(question, rows, as_of)
    assert not isinstance(found, str)
    # Interest of July to December is credited on 1 January and earns with the rest; the last day has 10,000 more.
    credited = Decimal(100000) * Decimal("0.07") * 184 / 365
    rest = (100000 + credited) * Decimal("0.07") * 181 / 365 + Decimal(10000) * Decimal("0.07") / 365
    assert abs(found.interest_if_swept - credited - rest) < 1
    assert Decimal(3040) < found.interest_as_kept < Decimal(3050)
    assert found.interest_if_swept - found.interest_as_kept == found.gain
    assert replayed(question, rows[1:2], as_of) == "too_short_history"


def test_what_cannot_be_solved_in_time_still_has_a_plan_and_its_gap() -> None:
    """Six accounts over a year, with few transfers: far too many binaries for a second."""
    accounts = tuple(
        SweepAccount(id=f"a{n}", balance=Decimal(20000), annual_rate=Decimal(n + 3) / 100, minimum=Decimal(1000))
        for n in range(6)
    )
    paid = tuple(DatedMoney(date=START + timedelta(days=30 * n + 1), amount=Decimal(150000)) for n in range(12))
    owed = tuple(DatedMoney(date=START + timedelta(days=3 * n + 2), amount=Decimal(9000)) for n in range(120))
    question = SweepQuestion(
        currency="INR",
        accounts=accounts,
        credits=paid,
        debits=owed,
        horizon=366,
        transfer_cost=Decimal(5),
        max_transfers=30,
        time_limit_seconds=1,
    )
    found = plan(question, START)
    assert found.gap is not None
    assert found.upper_bound is not None
    assert len(found.transfers) <= 30
    once = next(scenario for scenario in found.scenarios if scenario.name == "once")
    assert found.gain >= (once.gain if once.feasible else 0)
    assert found.gap == found.upper_bound - found.gain
