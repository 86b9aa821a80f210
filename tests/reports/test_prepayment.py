"""Every payoff strategy runs through one exact simulator; the optimal one is never worse and carries a bound."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.errors import Invalid
from finapp.reports.domain.prepayment import program
from finapp.reports.domain.prepayment.compare import compare
from finapp.reports.domain.prepayment.outcomes import Frame, cost
from finapp.reports.domain.prepayment.terms import terms_of
from finapp.reports.domain.prepayment.waterfall import Budget, run
from finapp.reports.public.prepayment import (
    BalanceTransfer,
    InvestAlternative,
    Loan,
    LumpSum,
    PrepaymentQuestion,
    RateChange,
    StrategyOutcome,
    TaxRelief,
)

AS_OF = date(2026, 1, 5)
HOME = Loan(id="home", name="Home loan", outstanding=Decimal("2500000.00"), annual_rate=Decimal("0.085"), months=180)
PERSONAL = Loan(id="card", name="Personal", outstanding=Decimal("300000.00"), annual_rate=Decimal("0.14"), months=36)
ALL = ("none", "avalanche", "snowball", "proportional", "custom", "optimal")


def ask(*loans: Loan, **more: object) -> PrepaymentQuestion:
    """A question in rupees with an extra of two lakh a year."""
    given_ = {"extra_monthly": Decimal("16666.67"), "time_limit_seconds": 60, **more}  # A busy machine is no reason.
    return PrepaymentQuestion(currency="INR", loans=loans, **given_)


def by_name(question: PrepaymentQuestion) -> dict[str, StrategyOutcome]:
    return {item.name: item for item in compare(question, AS_OF).strategies}


def test_the_contract_costs_what_the_annuity_formula_says() -> None:
    """25 lakh at 8.5 % over 180 months and 3 lakh at 14 % over 36 pay 20,00,446 of interest (annuity formula)."""
    none = by_name(ask(HOME, PERSONAL))["none"]
    assert abs(none.total_interest - Decimal(2000446)) < 1
    assert none.months == 180
    assert none.rows[-1].balance == 0


def test_rolling_on_freed_instalments_and_left_over_money_beats_losing_the_left_over() -> None:
    """A simulation that loses the unspent rest of a closing month pays 7,66,980; rolling it on pays less."""
    found = by_name(ask(HOME, PERSONAL))
    assert found["avalanche"].total_interest == Decimal("762005.41")
    assert found["optimal"].total_cost <= found["avalanche"].total_cost < Decimal(766980)
    assert found["proportional"].total_cost > found["avalanche"].total_cost


def test_every_strategy_commits_the_same_cash_and_accounts_for_all_of_it() -> None:
    outcomes = compare(ask(HOME, PERSONAL, strategies=ALL, custom_order=("home", "card")), AS_OF).strategies
    assert len({item.cash_committed for item in outcomes}) == 1
    for item in outcomes:
        spent = sum(row.payment + row.prepayment + row.fee for row in item.rows)
        assert spent + item.cash_left == item.cash_committed
        assert sum(row.principal + row.prepayment for row in item.rows) == Decimal(2800000)
        assert sum(row.interest for row in item.rows) == item.total_interest


def test_custom_order_pays_the_named_loan_first() -> None:
    custom = by_name(ask(HOME, PERSONAL, strategies=("custom", "avalanche"), custom_order=("home",)))["custom"]
    first = custom.prepayments[0]
    assert first.loan_id == "home"
    assert custom.loans[1].months == 36


def test_reducing_the_instalment_saves_less_than_reducing_the_tenure() -> None:
    compared = compare(ask(HOME, PERSONAL), AS_OF).reduce_comparison
    assert compared is not None
    assert compared.interest_reducing_tenure < compared.interest_reducing_instalment


def test_a_lump_sum_is_used_with_the_first_instalment_on_or_after_its_day() -> None:
    lump = LumpSum(date=date(2026, 3, 6), amount=Decimal(100000))
    outcome = by_name(ask(HOME, extra_monthly=Decimal(0), lump_sums=(lump,)))["avalanche"]
    assert [(step.date, step.amount) for step in outcome.prepayments] == [(date(2026, 4, 5), Decimal(100000))]


def test_the_floor_of_cash_stays_untouched() -> None:
    question = ask(HOME, extra_monthly=Decimal(0), cash=Decimal(500000), keep_cash=Decimal(300000))
    outcome = by_name(question)["avalanche"]
    assert [step.amount for step in outcome.prepayments] == [Decimal(200000)]


def test_a_charge_on_prepaying_is_weighed_against_the_interest_it_saves() -> None:
    """A loan with two instalments left and a 4 % charge is left alone by the optimal plan."""
    nearly_done = replace(PERSONAL, outstanding=Decimal("20000.00"), months=2, prepayment_fee=Decimal("0.04"))
    found = by_name(ask(HOME, nearly_done))
    assert found["avalanche"].total_fees > 0
    assert found["optimal"].total_fees == 0
    assert found["optimal"].total_cost < found["avalanche"].total_cost


def test_a_teaser_rate_that_steps_up_is_met_by_the_future_rate_not_the_present_one() -> None:
    teaser = replace(
        HOME, annual_rate=Decimal("0.06"), rate_changes=(RateChange(on=date(2026, 12, 1), annual_rate=Decimal("0.12")),)
    )
    teaser = replace(teaser, on_rate_change="instalment")
    steady = replace(PERSONAL, annual_rate=Decimal("0.09"), outstanding=Decimal("1500000.00"), months=180)
    answer = compare(ask(teaser, steady), AS_OF)
    found = {item.name: item for item in answer.strategies}
    assert answer.proof == "mixed_integer"
    assert found["optimal"].total_cost < found["avalanche"].total_cost - 1000
    assert answer.gap is not None
    assert answer.gap < 100


def test_minimum_part_payments_are_solved_with_a_bound_below_every_plan() -> None:
    """Amounts of ten digits beside binaries once made the solver's bound higher than a plan that exists."""
    loans = tuple(
        replace(
            HOME,
            id=str(number),
            outstanding=Decimal(outstanding),
            annual_rate=Decimal(rate),
            months=120,
            prepayment_fee=Decimal("0.02"),
            minimum_part_payment=Decimal(20000),
        )
        for number, (outstanding, rate) in enumerate(((1900000, "0.12"), (2700000, "0.09"), (800000, "0.2")))
    )
    answer = compare(ask(*loans, extra_monthly=Decimal(30000)), AS_OF)
    assert answer.lower_bound is not None
    assert answer.lower_bound <= min(item.total_cost for item in answer.strategies)
    assert answer.gap_share is not None
    assert answer.gap_share < Decimal("0.001")


def test_interest_deductible_inside_a_cap_lowers_the_effective_rate_only_below_the_cap() -> None:
    relief = TaxRelief(marginal_rate=Decimal("0.3"), yearly_cap=Decimal(200000))
    answer = compare(ask(replace(HOME, tax=relief), PERSONAL), AS_OF)
    none = next(item for item in answer.strategies if item.name == "none")
    assert 0 < none.tax_saved <= Decimal("0.3") * 200000 * 16
    best = min(item.total_cost for item in answer.strategies)
    assert answer.lower_bound is not None
    assert answer.lower_bound <= best
    assert answer.gap_share is not None
    assert answer.gap_share < Decimal("0.001")


def test_an_overdraft_loan_takes_money_without_a_charge_and_shows_it_as_drawable() -> None:
    overdraft = replace(HOME, overdraft=True, prepayment_fee=Decimal("0.04"))
    outcome = by_name(ask(overdraft))["avalanche"]
    assert outcome.total_fees == 0
    assert outcome.loans[0].drawable > Decimal(500000)


def exhaustive(question: PrepaymentQuestion, step: int) -> int:
    """The least cost over all ways to part each month's cash in multiples of `step` minor units."""
    loans = tuple(terms_of(loan, i, "INR", AS_OF) for i, loan in enumerate(question.loans))
    frame = Frame(loans=loans, currency="INR", as_of=AS_OF)
    extra = int(question.extra_monthly * 100)
    horizon, best = max(loan.months for loan in loans), None
    for shares in product(range(0, extra + 1, step), repeat=horizon):

        def parts(month: int, balances: object, cash: int, shares: tuple[int, ...] = shares) -> list[tuple[int, int]]:
            return [(0, shares[month - 1]), (1, cash - shares[month - 1])]

        found = cost(frame, run(loans, Budget(extra=extra), parts))
        best = found if best is None else min(best, found)
    assert best is not None
    return best


@pytest.mark.parametrize("fee", ["0", "0.02"])
@pytest.mark.parametrize("rates", [("0.12", "0.09"), ("0.06", "0.24")])
def test_optimal_is_no_worse_than_every_split_of_the_cash_on_small_cases(rates: tuple[str, str], fee: str) -> None:
    first = replace(
        HOME, outstanding=Decimal(9000), annual_rate=Decimal(rates[0]), months=5, prepayment_fee=Decimal(fee)
    )
    second = replace(PERSONAL, outstanding=Decimal(7000), annual_rate=Decimal(rates[1]), months=5)
    question = ask(first, second, extra_monthly=Decimal(1200))
    answer = compare(question, AS_OF)
    optimal = next(item for item in answer.strategies if item.name == "optimal")
    assert int(optimal.total_cost * 100) <= exhaustive(question, 20000) + 1
    assert answer.lower_bound is not None
    assert answer.lower_bound <= optimal.total_cost


loans = st.builds(
    Loan,
    id=st.uuids().map(str),
    name=st.just("loan"),
    outstanding=st.integers(10_000, 3_000_000).map(Decimal),
    annual_rate=st.integers(0, 3000).map(lambda bp: Decimal(bp) / 10000),
    months=st.integers(2, 48),
    prepayment_fee=st.sampled_from([Decimal(0), Decimal("0.02"), Decimal("0.04")]),
    tax=st.sampled_from([None, TaxRelief(marginal_rate=Decimal("0.3"), yearly_cap=Decimal(50000))]),
)


@given(found=st.lists(loans, min_size=1, max_size=3, unique_by=lambda loan: loan.id), extra=st.integers(0, 60_000))
def test_optimal_is_never_worse_than_any_strategy_and_never_below_its_bound(found: list[Loan], extra: int) -> None:
    answer = compare(ask(*found, extra_monthly=Decimal(extra)), AS_OF)
    optimal = next(item for item in answer.strategies if item.name == "optimal")
    assert all(optimal.total_cost <= item.total_cost for item in answer.strategies)
    assert answer.lower_bound is not None
    assert answer.lower_bound <= optimal.total_cost
    for item in answer.strategies:
        assert item.rows[-1].balance == 0
        assert sum(row.payment + row.prepayment + row.fee for row in item.rows) + item.cash_left == item.cash_committed


def test_the_greedy_proof_agrees_with_the_linear_program() -> None:
    """With constant rates and no charges, highest rate first is optimal: the program finds the same cost."""
    terms = tuple(terms_of(loan, i, "INR", AS_OF) for i, loan in enumerate((HOME, PERSONAL)))
    solved = program.solve(terms, Budget(extra=1666667), 20.0)
    assert solved is not None
    assert solved.bound is not None
    assert abs(solved.bound - 76200541) < 500


def test_a_certain_return_gives_a_verdict_and_a_risky_one_a_probability() -> None:
    """The break-even return is the loan's effective rate when one loan is all there is."""
    certain = compare(ask(HOME, invest=InvestAlternative(after_tax_return=Decimal("0.07"))), AS_OF).invest
    assert certain is not None
    assert certain.better == "prepay"
    assert certain.probability_investing_wins is None
    assert certain.break_even_return is not None
    assert abs(certain.break_even_return - Decimal("0.088391")) < Decimal("0.0001")  # (1 + 0.085 / 12) ** 12 - 1
    risky = InvestAlternative(after_tax_return=Decimal("0.12"), volatility=Decimal("0.18"))
    answers = [compare(ask(HOME, invest=risky), AS_OF).invest for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0] is not None
    assert answers[0].better is None
    assert answers[0].probability_investing_wins is not None
    assert 0.5 < answers[0].probability_investing_wins < 0.9


def test_a_balance_transfer_pays_back_after_its_costs() -> None:
    offer = BalanceTransfer(loan_id="home", annual_rate=Decimal("0.075"), cost=Decimal(30000))
    outcome = compare(ask(HOME, balance_transfer=offer), AS_OF).balance_transfer
    assert outcome is not None
    monthly = outcome.instalment_now - outcome.instalment_then
    assert outcome.break_even_month is not None
    assert monthly * outcome.break_even_month >= 30000 > monthly * (outcome.break_even_month - 1)
    longer = replace(offer, annual_rate=Decimal("0.08"), months=300)
    worse = compare(ask(HOME, balance_transfer=longer), AS_OF).balance_transfer
    assert worse is not None
    assert worse.saving < 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outstanding": Decimal(-1)}, "loans.0.outstanding"),
        ({"annual_rate": Decimal(10)}, "loans.0.annual_rate"),
        ({"months": 0}, "loans.0.months"),
        ({"months": None}, "loans.0.instalment"),
        ({"instalment": Decimal(100)}, "loans.0.instalment"),
        ({"outstanding": Decimal("1.234")}, "loans.0.outstanding"),
    ],
)
def test_nonsense_is_refused_with_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        compare(ask(replace(HOME, **change)), AS_OF)
    assert refused.value.field == field


def test_ten_thousand_loans_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        compare(ask(*(replace(HOME, id=str(i)) for i in range(10_000))), AS_OF)
    assert refused.value.field == "loans"


def test_a_solver_that_takes_twice_its_share_still_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver looks at its clock now and then only."""
    clock, granted = [100.0], []

    def solve(loans: object, budget: object, seconds: float, *, whole: bool) -> program.Solution:
        granted.append((whole, seconds))
        clock[0] += 2 * seconds
        return program.Solution(plan=None, bound=None, proof="time_limit")

    monkeypatch.setattr(program, "solve", solve)
    loans = tuple(
        Loan(id=name, name=name, outstanding=Decimal(900000), annual_rate=Decimal("0.1"), months=60, prepayment_fee=fee)
        for name, fee in (("a", Decimal("0.02")), ("b", Decimal(0)))
    )
    question = PrepaymentQuestion(currency="INR", loans=loans, extra_monthly=Decimal(5000), time_limit_seconds=10)
    answer = compare(question, date(2026, 7, 1))
    assert [whole for whole, _ in granted] == [False, True]
    assert clock[0] - 100 <= 10
    assert answer.proof == "relaxed"
    assert answer.lower_bound is not None
    assert answer.lower_bound <= min(item.total_cost for item in answer.strategies)


def test_many_long_loans_get_a_linear_bound_only() -> None:
    """Eighteen hundred months and more with binaries are beyond what the solver can stop in time."""
    loans = tuple(
        terms_of(
            Loan(id=str(n), name=str(n), outstanding=Decimal(900000), annual_rate=Decimal("0.09"), months=300),
            n,
            "INR",
            date(2026, 7, 1),
        )
        for n in range(6)
    )
    assert program.solve(loans, Budget(extra=0, lumps={}), 1.0, whole=True) is None


def test_many_loans_of_thirty_years_are_answered_with_a_bound_and_its_gap() -> None:
    """Too large for any program: what the charges take is all that the easier version leaves open."""
    loans = [
        Loan(
            id=str(n),
            name=str(n),
            outstanding=Decimal(200000 + 40000 * n),
            annual_rate=Decimal("0.07") + Decimal(n) / 1000,
            months=360,
            prepayment_fee=Decimal("0.02") if n % 3 == 0 else Decimal(0),
        )
        for n in range(25)
    ]
    answer = compare(ask(*loans, extra_monthly=Decimal(100000)), AS_OF)
    optimal = next(item for item in answer.strategies if item.name == "optimal")
    assert (answer.proof, answer.best) == ("relaxed", "optimal")
    assert answer.lower_bound is not None
    assert answer.gap == optimal.total_cost - answer.lower_bound
    assert answer.gap_share is not None
    assert answer.gap_share < Decimal("0.03")


def test_part_payments_are_made_on_the_due_days_of_their_loans() -> None:
    due = {"home": date(2026, 1, 31), "card": date(2026, 1, 12)}
    loans = [replace(loan, next_due_on=due[loan.id]) for loan in (HOME, PERSONAL)]
    answer = compare(ask(*loans, lump_sums=(LumpSum(date=date(2026, 2, 10), amount=Decimal(50000)),)), AS_OF)
    best = next(item for item in answer.strategies if item.name == "optimal")
    assert {item.date.day for item in best.prepayments if item.loan_id == "card"} == {12}
    assert [item.date for item in best.prepayments if item.loan_id == "home"][-1].day in (28, 30, 31)
    assert max(item.paid_off_on for item in best.loans) == best.debt_free_on
    assert next(row for row in best.rows if row.prepayment > 60000).number == 2
