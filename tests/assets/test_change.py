"""Attribution that adds up, projection by schedules, snapshots beside the reconstruction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.assets.domain.attribution import PARTS, Change, attribute
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.estate import Estate, LedgerAccount, unknown_why
from finapp.assets.domain.ledger_flows import LedgerFlow
from finapp.assets.domain.lots import Happening, Purchase, replay
from finapp.assets.domain.valuing import Holding, Mark, marks_from
from finapp.assets.public import (
    AssetDetails,
    Attribution,
    LiabilityDetails,
    NewLot,
    NewValuation,
    ProjectionQuestion,
)
from finapp.kernel.errors import Invalid
from tests.assets.support import TODAY, FixedRates, Household, household

D = Decimal
FIRST, LAST = date(2026, 1, 31), date(2026, 6, 30)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path, {("USD", "2026-01-31"): "80", ("USD", "2026-02-10"): "85", ("USD", ""): "90"}) as made:
        yield made


def details(kind: str, liquidity: str = "days", **more: object) -> AssetDetails:
    stated = {"name": kind, "kind": kind, "currency": "INR", "liquidity": liquidity}
    return AssetDetails(**{**stated, **more})  # type: ignore[arg-type]


def parts_of(made: Attribution) -> dict[str, Decimal]:
    return {name: getattr(made, name) for name in PARTS if getattr(made, name)}


def explain(home: Household) -> Attribution:
    made = home.facade.net_worth_attribution(owner=home.owner, first=FIRST, last=LAST)
    assert made.change is not None
    assert sum(getattr(made, name) for name in PARTS) == made.change
    before = home.facade.net_worth(owner=home.owner, as_of=FIRST).net_worth
    after = home.facade.net_worth(owner=home.owner, as_of=LAST).net_worth
    assert (made.before, made.after) == (before, after)
    return made


def test_income_and_spending_are_saved(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "1000.00"})
    home.ledger.move(bank, "2026-02-01", "500.00", "income")
    home.ledger.move(bank, "2026-03-01", "-120.00", "expense")
    home.ledger.move(bank, "2026-03-02", "-7.00", "transfer")
    home.ledger.move(bank, "2026-07-02", "-9.00", "expense")
    assert parts_of(explain(home)) == {"saved": D("380.00"), "other": D("-7.00")}


def test_an_instalment_is_not_saved_and_the_principal_in_it_is_repaid(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "900000.00"})
    loan = LiabilityDetails(
        name="Loan",
        kind="home_loan",
        currency="INR",
        principal=D("1000000"),
        annual_rate=D("0.12"),
        months=60,
        start=date(2026, 1, 10),
    )
    made = home.facade.create_liability(**home.who, details=loan)
    assert made.instalment is not None
    for month in range(2, 7):
        home.ledger.move(bank, f"2026-0{month}-10", f"-{made.instalment}", "debt")
    owed = home.facade.liability(owner=home.owner, liability_id=made.id, as_of=LAST).outstanding
    parts = parts_of(explain(home))
    assert parts == {"saved": -5 * made.instalment, "debt_repaid": D("1000000") - owed}
    assert parts["saved"] + parts["debt_repaid"] < 0


def test_a_purchase_is_neutral_and_its_price_rise_is_market(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "5000.00"})
    fund = home.facade.create_asset(**home.who, details=details("fund")).id
    home.ledger.move(bank, "2026-02-01", "-1000.00", "investment")
    lot = NewLot(date=date(2026, 2, 1), quantity=D(10), cost=D("1000.00"))
    home.facade.add_lots(**home.who, asset_id=fund, new=(lot,))
    price = NewValuation(date=date(2026, 6, 1), unit_price=D(112))
    home.facade.add_valuations(**home.who, asset_id=fund, new=(price,))
    assert parts_of(explain(home)) == {"market": D("120.00")}


def test_investments_without_lots_are_paid_into_what_is_valued_as_a_whole(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "5000.00"})
    fund = home.facade.create_asset(**home.who, details=details("fund")).id
    new = tuple(NewValuation(date=day, value=D(value)) for day, value in ((FIRST, 2000), (LAST, 3100)))
    home.facade.add_valuations(**home.who, asset_id=fund, new=new)
    home.ledger.move(bank, "2026-02-01", "-1000.00", "investment")
    assert parts_of(explain(home)) == {"market": D("100.00")}


def test_interest_revaluation_and_what_is_new_are_told_apart(home: Household) -> None:
    for kind, marks in (
        ("deposit", ((FIRST, 1000), (LAST, 1035))),
        ("property", ((FIRST, 5000), (LAST, 5600))),
        ("gold", ((date(2026, 3, 1), 300),)),
    ):
        asset_id = home.facade.create_asset(**home.who, details=details(kind)).id
        new = tuple(NewValuation(date=day, value=D(value)) for day, value in marks)
        home.facade.add_valuations(**home.who, asset_id=asset_id, new=new)
    assert parts_of(explain(home)) == {"interest": D(35), "revaluation": D(600), "other": D(300)}


def test_a_foreign_account_shows_what_its_rate_has_done(home: Household) -> None:
    account = home.ledger.account("savings", {"2025-01-01": "100.00"}, currency="USD")
    home.ledger.move(account, "2026-03-01", "10.00", "income")
    assert parts_of(explain(home)) == {"saved": D("900.00"), "exchange": D("1000.00")}


def test_a_foreign_purchase_is_carried_at_the_rate_of_its_day(home: Household) -> None:
    """10 units for 100 dollars at 85 rupees, paid with 8,500 rupees; at the end 120 dollars at 90."""
    bank = home.ledger.account("savings", {"2025-01-01": "9000.00"})
    fund = home.facade.create_asset(**home.who, details=details("fund", currency="USD")).id
    home.ledger.move(bank, "2026-02-10", "-8500.00", "investment")
    lot = NewLot(date=date(2026, 2, 10), quantity=D(10), cost=D("100.00"))
    home.facade.add_lots(**home.who, asset_id=fund, new=(lot,))
    price = NewValuation(date=date(2026, 6, 1), unit_price=D(12))
    home.facade.add_valuations(**home.who, asset_id=fund, new=(price,))
    assert parts_of(explain(home)) == {"market": D("1800.00"), "exchange": D("500.00")}


def test_without_a_rate_no_part_is_given(home: Household) -> None:
    home.ledger.account("savings", {"2025-01-01": "100.00"}, currency="GBP")
    made = home.facade.net_worth_attribution(owner=home.owner, first=FIRST, last=LAST)
    assert (made.change, made.saved, made.reason) == (None, None, "no_exchange_rate")


def test_a_period_that_ends_before_it_begins_is_refused(home: Household) -> None:
    with pytest.raises(Invalid):
        home.facade.net_worth_attribution(owner=home.owner, first=LAST, last=FIRST)


MARKS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10**8)), max_size=5, unique_by=lambda mark: mark[0])
CURRENCIES = st.sampled_from(["INR", "USD"])


@given(
    assets=st.lists(
        st.tuples(
            st.sampled_from(["fund", "deposit", "property", "stock"]),
            CURRENCIES,
            MARKS,
            st.lists(st.tuples(st.integers(0, 400), st.integers(1, 1000), st.integers(0, 10**7)), max_size=3),
            st.integers(1, 100),
        ),
        max_size=5,
    ),
    balances=st.lists(st.tuples(CURRENCIES, st.integers(-(10**7), 10**8), st.integers(-(10**7), 10**8)), max_size=3),
    flows=st.lists(
        st.tuples(
            st.integers(1, 149),
            st.sampled_from(["income", "expense", "investment", "transfer", "debt", "refund"]),
            CURRENCIES,
            st.integers(-(10**6), 10**6),
        ),
        max_size=6,
    ),
    loan=st.tuples(st.integers(10**5, 10**9), st.integers(0, 2000), st.integers(1, 60), st.integers(0, 400)),
)
def test_the_parts_always_add_up_to_the_change(
    assets: list[tuple[str, str, list[tuple[int, int]], list[tuple[int, int, int]], int]],
    balances: list[tuple[str, int, int]],
    flows: list[tuple[int, str, str, int]],
    loan: tuple[int, int, int, int],
) -> None:
    holdings, happenings = [], {}
    origin = date(2025, 7, 1)
    for number, (kind, currency, marks, lots, share) in enumerate(assets):
        bought: list[Happening] = [
            Purchase(
                id=f"{number}.{index}",
                date=origin + timedelta(days=day),
                quantity=D(quantity),
                cost=D(cost) / 100,
            )
            for index, (day, quantity, cost) in enumerate(lots)
        ]
        happenings[str(number)] = bought
        holdings.append(
            Holding(
                id=str(number),
                details=details(kind, currency=currency, owner_share=D(share) / 100),
                marks=marks_from(Mark(origin + timedelta(days=day), value, None) for day, value in marks),
                steps=replay(bought, currency).steps,
            )
        )
    terms = LiabilityDetails(
        name="Loan",
        kind="other",
        currency="INR",
        principal=D(loan[0]) / 100,
        annual_rate=D(loan[1]) / 10_000,
        months=loan[2],
        start=origin + timedelta(days=loan[3]),
    )
    accounts = {
        f"a{number}": LedgerAccount(
            id=f"a{number}",
            name="",
            kind="savings",
            currency=currency,
            balances=[D(before) / 100, D(after) / 100],
            last_rows=[None, None],
        )
        for number, (currency, before, after) in enumerate(balances)
    }
    estate = Estate(
        currency="INR",
        days=(FIRST, LAST),
        holdings=holdings,
        debts=[Debt(id="loan", details=terms)],
        accounts=accounts,
    )
    made = attribute(
        Change(
            estate=estate,
            happenings=happenings,
            flows=[
                LedgerFlow(
                    on=FIRST + timedelta(days=day),
                    flow=flow,
                    currency=currency,
                    amount=D(amount) / 100,
                    side=("in" if amount > 0 else "out") if flow == "investment" else None,
                )
                for day, flow, currency, amount in flows
            ],
            rates=FixedRates({("USD", "2026-01-31"): "80.1234", ("USD", ""): "83.7"}),
        )
    )
    known = unknown_why(estate)[0] is None
    assert known == (made.before is not None) == (made.reason is None)
    if made.before is None or made.after is None:
        assert {getattr(made, name) for name in ("before", "change", *PARTS)} == {None}
        return
    assert sum(getattr(made, name) for name in PARTS) == made.change == made.after - made.before
    for name in PARTS:
        assert sum(D(given.value or "") for given in made.basis.figures[name].inputs) == getattr(made, name)


def test_a_projection_follows_the_schedules_and_says_what_each_end_frees(home: Household) -> None:
    home.ledger.account("savings", {"2025-01-01": "100000.00"})
    fund = home.facade.create_asset(**home.who, details=details("fund")).id
    mark = NewValuation(date=TODAY, value=D(50000))
    home.facade.add_valuations(**home.who, asset_id=fund, new=(mark,))
    loan = LiabilityDetails(
        name="Car",
        kind="vehicle_loan",
        currency="INR",
        principal=D("120000"),
        annual_rate=D("0"),
        months=12,
        start=date(2025, 12, 20),
    )
    made = home.facade.create_liability(**home.who, details=loan)
    question = ProjectionQuestion(years=1, monthly_saving=D("1000"), growth={"fund": D("0.21")})
    ahead = home.facade.net_worth_projection(owner=home.owner, question=question, as_of=TODAY)
    [end] = ahead.loan_ends
    assert (end.id, end.ends_on, end.frees) == (made.id, date(2026, 12, 20), D("10000.00"))
    assert len(ahead.points) == 12
    first, last = ahead.points[0], ahead.points[-1]
    assert (first.date, first.liabilities) == (date(2026, 8, 31), D("40000.00"))
    assert (last.date, last.liabilities) == (date(2027, 7, 31), D(0))
    assert last.assets == D("100000") + D("60500.00") + 12 * 1000 + 7 * 10000
    assert (ahead.monthly_saving_origin, last.put_aside) == ("own", D(12 * 1000 + 7 * 10000))
    steady = home.facade.net_worth_projection(
        owner=home.owner, question=ProjectionQuestion(years=1, growth={}, freed_instalments_saved=False), as_of=TODAY
    )
    assert steady.points[-1].net_worth == D("150000.00")


def test_a_projection_saves_what_the_ledger_saved_and_lets_deposits_accrue(home: Household) -> None:
    savings = home.ledger.account("savings", {})
    for month in ("2026-03", "2026-04", "2026-05", "2026-06"):
        home.ledger.move(savings, f"{month}-01", "50000.00", "income")
        home.ledger.move(savings, f"{month}-05", "-20000.00", "expense")
        home.ledger.move(savings, f"{month}-28", "-10000.00", "investment")
    home.ledger.move(savings, "2026-05-30", "-90000.00", "expense")
    deposit = replace(details("deposit"), accrual_rate=D("0.08"))
    held = home.facade.create_asset(**home.who, details=deposit).id
    mark = NewValuation(date=date(2025, 7, 31), value=D(100000))
    home.facade.add_valuations(**home.who, asset_id=held, new=(mark,))
    ahead = home.facade.net_worth_projection(
        owner=home.owner, question=ProjectionQuestion(years=1, growth={"fund": D("0.12")}), as_of=TODAY
    )
    assert (ahead.monthly_saving, ahead.monthly_saving_origin) == (D("30000.00"), "derived")
    assert ahead.monthly_investment == D("10000.00")
    assert ahead.saving_months == ("2026-03", "2026-04", "2026-05", "2026-06")
    invested = sum(10000 * 1.12 ** (month / 12) for month in range(12))
    last = ahead.points[-1]
    assert float(last.put_aside) == pytest.approx(12 * 20000 + invested, abs=0.01)
    assert last.date == date(2027, 7, 31)
    grown = D("100000") * D("1.08") * D("1.08")
    assert last.net_worth == home.ledger.balances[savings][-1][1] + grown + last.put_aside
    stated = ProjectionQuestion(years=1, monthly_saving=D(0), growth={"deposit": D(0)})
    flat = home.facade.net_worth_projection(owner=home.owner, question=stated, as_of=TODAY).points
    assert flat[0].net_worth == flat[-1].net_worth


@pytest.mark.parametrize(
    "question",
    [
        ProjectionQuestion(years=0, growth={}),
        ProjectionQuestion(years=5, growth={"fund": D(9)}),
        ProjectionQuestion(years=5, growth={}, saving_growth=D("-1")),
    ],
)
def test_a_projection_that_cannot_be_is_refused(home: Household, question: ProjectionQuestion) -> None:
    with pytest.raises(Invalid):
        home.facade.net_worth_projection(owner=home.owner, question=question, as_of=TODAY)
