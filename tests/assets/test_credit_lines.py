"""Cards that revolve, overdrafts with parked money, payments beside their schedule."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finapp.assets.domain.credit_lines import park, revolve
from finapp.assets.public import LiabilityDetails, OverdraftEntry, OverdraftQuestion, RevolvingQuestion
from finapp.kernel.errors import Invalid
from tests.assets.support import Household, household

D = Decimal


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path) as made:
        yield made


def test_a_card_is_repaid_with_interest_by_the_day() -> None:
    asked = RevolvingQuestion(balance=D("36500"), annual_rate=D("0.36"), payment=D("20000"), start=date(2026, 1, 15))
    made = revolve(asked)
    assert [(row.interest, row.payment) for row in made.rows] == [
        (D("1116.00"), D("20000")),
        (D("486.49"), D("18102.49")),
    ]
    assert made.months == 2
    assert made.rows[-1].balance == 0
    assert made.total_interest == D("1602.49")


def test_a_payment_below_the_interest_never_ends_and_says_so() -> None:
    made = revolve(RevolvingQuestion(balance=D(1000), annual_rate=D(1), minimum_rate=D("0.01"), start=date(2026, 1, 1)))
    assert (made.months, made.months_reason, made.total_interest) == (None, "never", None)


def test_parked_money_lowers_the_interest_from_its_day() -> None:
    """36,500 at 10 % is 10 a day; 18,250 parked for the last ten days of January saves half of those."""
    made = park(
        OverdraftQuestion(
            outstanding=D("36500"),
            annual_rate=D("0.10"),
            start=date(2026, 1, 1),
            end=date(2026, 1, 31),
            entries=(OverdraftEntry(date=date(2026, 1, 22), amount=D("18250")),),
        )
    )
    [row] = made.rows
    assert (row.interest_without_parking, row.interest, made.saved) == (D("310.00"), D("260.00"), D("50.00"))
    assert row.balance == D("18510.00")


def test_taking_back_what_was_parked_is_no_new_drawing() -> None:
    """At 10 a day, half is parked for ten of 31 days and taken back: 5 a day are saved for ten days."""
    parked, back = date(2026, 1, 6), date(2026, 1, 16)
    made = park(
        OverdraftQuestion(
            outstanding=D("36500"),
            annual_rate=D("0.10"),
            start=date(2026, 1, 1),
            end=date(2026, 1, 31),
            entries=(
                OverdraftEntry(date=parked, amount=D("18250")),
                OverdraftEntry(date=back, amount=D("-18250")),
            ),
        )
    )
    assert (made.total_interest, made.saved) == (D("260.00"), D("50.00"))


def test_parking_more_than_is_drawn_earns_nothing_and_the_limit_holds() -> None:
    asked = OverdraftQuestion(
        outstanding=D(100),
        annual_rate=D("0.10"),
        start=date(2026, 1, 1),
        end=date(2026, 1, 31),
        entries=(OverdraftEntry(date=date(2026, 1, 1), amount=D(500)),),
    )
    assert park(asked).total_interest == 0
    with pytest.raises(Invalid, match="more than the limit"):
        park(
            OverdraftQuestion(
                outstanding=D(100),
                annual_rate=D("0.10"),
                start=date(2026, 1, 1),
                end=date(2026, 1, 31),
                entries=(OverdraftEntry(date=date(2026, 1, 2), amount=D(-500)),),
                limit=D(400),
            )
        )


def test_payments_in_the_ledger_stand_beside_the_schedule(home: Household) -> None:
    bank = home.ledger.account("savings", {"2025-01-01": "900000.00"})
    details = LiabilityDetails(
        name="Car",
        kind="vehicle_loan",
        currency="INR",
        principal=D("120000"),
        annual_rate=D("0"),
        months=12,
        start=date(2026, 1, 10),
    )
    loan = home.facade.create_liability(**home.who, details=details)
    exact = home.ledger.move(bank, "2026-02-12", "-10000.00", "expense")
    other = home.ledger.move(bank, "2026-03-10", "-10450.00", "debt")
    home.ledger.move(bank, "2026-04-10", "-9800.00", "expense")
    home.ledger.move(bank, "2026-05-25", "-10000.00", "debt")
    made = home.facade.payments_matched(owner=home.owner, liability_id=loan.id, as_of=date(2026, 5, 12))
    assert [item.status for item in made.items] == ["paid", "paid_other_amount", "missing", "due"]
    assert [item.transaction_id for item in made.items] == [exact, other, None, None]
    assert made.items[1].difference == D("450.00")
    assert made.totals == {"scheduled": D("40000.00"), "paid": D("20450.00"), "difference": D("-19550.00")}
