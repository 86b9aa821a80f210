"""The next rupee: shares that add up, no choice that another dominates, and effects found by asking."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from finapp.dashboard.domain.next_rupee import Choice, check, saved_rate, split
from finapp.dashboard.public import RupeeLoan, RupeeQuestion
from finapp.kernel.errors import Invalid
from tests.support import client

D = Decimal
URL = "/api/v1/dashboard/next-rupee"


def loan(name: str, outstanding: str, rate: str, relief: str = "0") -> RupeeLoan:
    return RupeeLoan(
        id=name,
        name=name,
        outstanding=D(outstanding),
        annual_rate=D(rate),
        instalment=D(outstanding),
        tax_relief=D(relief),
    )


def question(
    amount: str, *loans: RupeeLoan, liquid: str = "0", target: str = "0", returns: str = "0.08"
) -> RupeeQuestion:
    return RupeeQuestion(
        currency="INR",
        amount=D(amount),
        liquid=D(liquid),
        buffer_target=D(target),
        loans=loans,
        invest_return=D(returns),
        inflation=D("0.04"),
    )


def shares(asked: RupeeQuestion) -> dict[str, Decimal]:
    return {choice.id: choice.share for choice in split(asked)}


def test_safety_comes_first_then_the_dearest_loan_then_investing() -> None:
    asked = question("1000", loan("home", "5000", "0.07"), loan("card", "300", "0.36"), liquid="50", target="250")
    assert shares(asked) == {"buffer": 200, "card": 300, "invest": 500, "home": 0}


def test_tax_relief_can_turn_a_loan_into_the_lesser_choice() -> None:
    assert shares(question("10", loan("home", "5000", "0.09")))["home"] == 10
    assert shares(question("10", loan("home", "5000", "0.09", "0.3")))["home"] == 0


def test_of_equal_returns_the_certain_one_is_taken_and_named_a_close_call() -> None:
    first, second = split(question("10", loan("home", "5000", "0.08")))
    assert (first.id, first.share, first.close_call) == ("home", 10, True)
    assert (second.id, second.share) == ("invest", 0)


RANKED = ("0", "0.05", "0.08", "0.12")
FEE = replace(loan("charged", "1000.00", "0.05"), prepayment_fee=D("0.2"))


@pytest.mark.parametrize("every", ["once", "month"])
@pytest.mark.parametrize("sweep", [None, *RANKED])
@pytest.mark.parametrize("returns", [*RANKED, "-0.02"])
def test_every_reason_is_true_of_the_numbers_beside_it(
    returns: str, sweep: str | None, every: Literal["once", "month"]
) -> None:
    for rates in ((), ("0.08",), *product(RANKED, repeat=2)):
        check_reasons(rates, returns, sweep, every)


def check_reasons(rates: tuple[str, ...], returns: str, sweep: str | None, every: Literal["once", "month"]) -> None:
    loans = (*(loan(f"loan {number}", "1000.00", rate) for number, rate in enumerate(rates)), *([FEE] if rates else []))
    asked = question("1500.00", *loans, returns=returns, target="100.00")
    found = split(replace(asked, sweep_rate=None if sweep is None else D(sweep), every=every))
    certain = {each.name: each.annual_return or D(0) for each in found if each.kind in ("loan", "sweep")}
    for choice in found:
        assert is_true(choice, D(returns), certain), (choice, certain)
        assert ("Nothing is left for it" in choice.why) == (choice.share == 0 and choice.first_month is None)
        assert ("Its turn comes in month" in choice.why) == (choice.share == 0 and choice.first_month is not None)


def is_true(choice: Choice, invested: Decimal, certain: dict[str, Decimal]) -> bool:
    own, best = choice.annual_return or D(0), max(certain.values(), default=D(0))
    claims = {
        "It saves at least what investing is expected": choice.certain and own >= invested,
        "It saves less than investing is expected": choice.certain and 0 <= own < invested,
        "The charge for paying ahead is more than": choice.certain and own < 0,
        "It is expected to return this over the years; there is no loan": not certain,
        "What is expected here is more than anything else": bool(certain) and invested > best,
        "It earns this for certain": choice.kind == "sweep",
        "Safety comes first": choice.kind == "buffer",
        **{
            f"What is expected here is no more than {name} returns for certain": rate == best >= invested
            for name, rate in certain.items()
        },
    }
    (claim,) = [held for words, held in claims.items() if choice.why.startswith(words)]
    return claim


LOANS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["0.05", "0.08", "0.12", "0.3"])), max_size=3).map(
    lambda found: tuple(loan(str(i), str(size), rate) for i, (size, rate) in enumerate(found))
)


@given(amount=st.integers(1, 8), loans=LOANS, missing=st.integers(0, 4))
def test_no_other_split_returns_more(amount: int, loans: tuple[RupeeLoan, ...], missing: int) -> None:
    asked = question(str(amount), *loans, target=str(missing))
    found = split(asked)
    assert sum(choice.share for choice in found) == amount
    buffer = next((choice.share for choice in found if choice.kind == "buffer"), D(0))
    assert buffer == min(missing, amount)
    rest = [choice for choice in found if choice.kind != "buffer"]
    best = max(returned(rest, tried) for tried in every_split(rest, amount - int(buffer)))
    assert returned(rest, tuple(choice.share for choice in rest)) == best


def every_split(choices: list[Choice], amount: int) -> Iterator[tuple[Decimal, ...]]:
    rooms = [range(min(amount, amount if each.capacity is None else int(each.capacity)) + 1) for each in choices]
    return (tuple(map(D, tried)) for tried in product(*rooms) if sum(tried) == amount)


def returned(choices: list[Choice], tried: tuple[Decimal, ...]) -> Decimal:
    return sum(((each.annual_return or D(0)) * share for each, share in zip(choices, tried, strict=True)), D(0))


@given(amount=st.integers(1, 20), loans=LOANS)
def test_a_choice_gets_nothing_while_a_better_one_has_room(amount: int, loans: tuple[RupeeLoan, ...]) -> None:
    found = split(question(str(amount), *loans))
    for better, worse in pairwise(found):
        assert (better.annual_return or 0) >= (worse.annual_return or 0)
        assert worse.share == 0 or better.share == better.capacity


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (question("0"), "amount"),
        (question("0.001"), "amount"),
        (question("1", liquid="-1"), "liquid"),
        (question("1", returns="-1"), "invest_return"),
        (question("1", loan("a", "1", "0.1"), loan("a", "1", "0.1")), "loans"),
        (question("1", loan("a", "0", "0.1")), "loans.0.outstanding"),
        (question("1", loan("a", "1", "0.1", "1")), "loans.0.tax_relief"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_field(asked: RupeeQuestion, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check(asked)
    assert refusal.value.field == field


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(Path(tmp_path_factory.mktemp("rupee"))) as signed_in:
        yield signed_in


HOME = {"id": "home", "name": "Home", "outstanding": "2500000.00", "annual_rate": "0.085", "instalment": "24618.49"}
BODY = {
    "amount": "100000.00",
    "liquid": "0.00",
    "buffer_target": "60000.00",
    "monthly_need": "20000.00",
    "loans": [HOME],
    "invest_return": "0.0816",
    "invested": "500000.00",
    "monthly_savings": "40000.00",
    "annual_expenses": "600000.00",
}


def test_each_choice_says_what_it_does(http: TestClient) -> None:
    answer = http.post(URL, json=BODY)
    assert answer.status_code == 200, answer.text
    buffer, home, invest = answer.json()["choices"]
    assert [each["share"] for each in (buffer, home, invest)] == ["60000.00", "40000.00", "0.00"]
    assert (buffer["effect"]["cover_months"], buffer["effect"]["independence_months_reason"]) == (3.0, "stays_liquid")
    asked = {"loans": [HOME], "cash": "100000.00", "strategies": ["none", "avalanche"]}
    report = http.post("/api/v1/reports/loan-prepayment", json=asked).json()
    saved = {each["name"]: each["cost_saved"] for each in report["strategies"]}
    assert home["effect"]["interest_saved"] == saved["avalanche"]
    assert Decimal(home["effect"]["interest_saved"]) > 200_000
    assert home["effect"]["independence_months"] > invest["effect"]["independence_months"] > 0


def test_without_spending_there_is_no_effect_on_independence(http: TestClient) -> None:
    answer = http.post(URL, json={**BODY, "annual_expenses": None}).json()
    reasons = {each["kind"]: each["effect"]["independence_months_reason"] for each in answer["choices"]}
    assert reasons == {"buffer": "stays_liquid", "loan": "no_spending", "invest": "no_spending"}


def test_the_households_own_loans_and_plan_are_asked(http: TestClient) -> None:
    body = {
        "name": "Car loan",
        "kind": "vehicle_loan",
        "currency": "INR",
        "principal": "300000.00",
        "annual_rate": "0.14",
        "months": 36,
        "start": "2026-07-01",
    }
    assert http.post("/api/v1/liabilities", json=body).status_code == 201
    answer = http.get(URL, params={"amount": "50000.00"})
    assert answer.status_code == 200, answer.text
    first = answer.json()["choices"][0]
    assert (first["name"], first["share"], first["annual_return"]) == ("Car loan", "50000.00", 0.14)
    again = http.get(URL, params={"amount": "50000.00"}, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    posted = http.post(URL, json={"amount": "50000.00"})
    assert posted.status_code == 200, posted.text
    assert posted.json() == answer.json()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 1}, "amount"),
        ({"amount": "0.00"}, "amount"),
        ({"invest_return": "2"}, "invest_return"),
        ({"invest_return": None}, "invest_return"),
    ],
)
def test_a_wrong_body_is_refused_by_field(http: TestClient, change: dict[str, object], field: str) -> None:
    answer = http.post(URL, json={**BODY, **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_insights_are_those_of_the_tile(http: TestClient) -> None:
    alone = http.get("/api/v1/dashboard/insights").json()
    assert alone == http.get("/api/v1/dashboard").json()["insights"]


def test_a_charge_can_make_a_loan_the_lesser_choice() -> None:
    free = loan("free", "100000.00", "0.09")
    charged = replace(free, id="charged", instalment=D("10000.00"), prepayment_fee=D("0.04"))
    assert saved_rate(free) == D("0.09")
    # Over the eleven months that are left, a charge of 4 % costs more than a year's interest of 9 % on half of it.
    assert D("0.03") < saved_rate(charged) < D("0.06")
    assert [each.id for each in split(question("1000.00", charged))] == ["invest", "charged"]


@given(
    rates=st.lists(st.decimals("0", "0.3", places=3), max_size=4),
    sweep=st.none() | st.decimals("0", "0.2", places=3),
    returns=st.decimals("0", "0.2", places=3),
    amount=st.integers(1, 5_000),
    monthly=st.booleans(),
)
def test_no_choice_that_another_dominates_gets_anything(
    rates: list[Decimal], sweep: Decimal | None, returns: Decimal, amount: int, monthly: bool
) -> None:
    loans = tuple(loan(str(number), "1000.00", str(rate)) for number, rate in enumerate(rates))
    asked = replace(question(f"{amount}.00", *loans, returns=str(returns)), sweep_rate=sweep)
    choices = split(replace(asked, every="month" if monthly else "once"))
    assert sum(each.share for each in choices) == amount
    for taken in choices:
        for other in choices:
            has_room = other.capacity is None or other.share < other.capacity
            better = (other.annual_return or D(0)) > (taken.annual_return or D(0)) and other.certain >= taken.certain
            assert not (taken.share > 0 and has_room and better and taken.kind != "buffer"), (taken, other)


def test_a_monthly_amount_fills_one_choice_after_the_other() -> None:
    # The loan shrinks by 20 a month: 210 are left in the second month, which pays 50 of them, 20 in the fourth.
    dear = replace(loan("dear", "250.00", "0"), instalment=D("20.00"))
    asked = replace(question("100.00", dear, liquid="0", target="150.00", returns="-0.01"), every="month")
    turns = [(each.id, each.share, each.first_month, each.months) for each in split(asked)]
    assert turns == [("buffer", D("100.00"), 1, 2), ("dear", D("0.00"), 2, 3), ("invest", D("0.00"), 4, None)]


def test_a_loan_that_its_instalments_pay_before_its_turn_gets_nothing() -> None:
    brief = replace(loan("brief", "200.00", "0.2"), instalment=D("110.00"))
    asked = replace(question("100.00", brief, liquid="0", target="300.00"), every="month")
    turns = {each.id: (each.first_month, each.months) for each in split(asked)}
    assert turns == {"buffer": (1, 3), "brief": (None, None), "invest": (4, None)}


def test_a_loan_takes_its_charge_as_well() -> None:
    charged = replace(loan("charged", "1000.00", "0.3"), prepayment_fee=D("0.04"), instalment=D("30.00"))
    (first, second) = split(question("5000.00", charged))
    assert (first.id, first.share, second.share) == ("charged", D("1040.00"), D("3960.00"))


def test_the_buffer_is_no_worse_than_the_best_liquid_account(http: TestClient) -> None:
    body = {**BODY, "amount": "1.00", "sweep_rate": "0.07", "loans": []}
    found = {each["kind"]: each for each in http.post(URL, json=body).json()["choices"]}
    assert found["buffer"]["share"] == "1.00"
    assert found["buffer"]["effect"] == found["sweep"]["effect"]
    assert found["buffer"]["effect"]["cover_months"] == 0.00005
    assert found["buffer"]["effect"]["interest_earned"] == "0.07"


def test_a_monthly_amount_says_what_it_does(http: TestClient) -> None:
    body = {
        "amount": "10000.00",
        "every": "month",
        "liquid": "100000.00",
        "monthly_need": "50000.00",
        "invest_return": "0.1",
        "sweep_rate": "0.07",
        "annual_expenses": "600000.00",
        "monthly_savings": "20000.00",
        "loans": [
            {"id": "a", "name": "A", "outstanding": "300000.00", "annual_rate": "0.12", "instalment": "10000.00"}
        ],
    }
    found = {each["id"]: each for each in http.post(URL, json=body).json()["choices"]}
    assert float(found["a"]["effect"]["interest_saved"]) > 0
    assert found["invest"]["effect"]["independence_months"] > 0
    assert found["sweep"]["effect"]["interest_earned"] == "8400.00"
    assert found["sweep"]["effect"]["cover_months"] == 2.4
