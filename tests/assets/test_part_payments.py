"""Part payments name the account that paid them, if they like."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from finapp.assets.public import LiabilityDetails, NewPartPayment
from finapp.kernel.errors import Invalid
from finapp.kernel.ids import new_id
from tests.assets.support import D, Household, household

PAID_ON = date(2026, 3, 5)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path) as made:
        yield made


def loan(home: Household, account_id: str | None = None) -> str:
    details = LiabilityDetails(
        name="Loan",
        kind="home_loan",
        currency="INR",
        account_id=account_id,
        principal=D(1000000),
        annual_rate=D("0.09"),
        months=120,
        start=date(2026, 1, 31),
    )
    return home.facade.create_liability(**home.who, details=details).id


def part(account_id: str | None) -> NewPartPayment:
    return NewPartPayment(date=PAID_ON, amount=D("50000.00"), account_id=account_id)


def test_the_account_is_kept_with_the_payment(home: Household) -> None:
    liability_id, salary = loan(home), home.ledger.account("checking", {"2026-01-01": "500000.00"})
    made = home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part(salary))
    assert made.account_id == salary
    assert home.facade.part_payments(owner=home.owner, liability_id=liability_id) == (made,)
    other = home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part(None))
    assert other.account_id is None


def test_only_another_account_in_the_loans_currency_can_pay(home: Household) -> None:
    own = home.ledger.account("loan", {"2026-01-01": "-1000000.00"})
    abroad = home.ledger.account("savings", {"2026-01-01": "900.00"}, currency="USD")
    liability_id = loan(home, account_id=own)
    for account_id in (own, abroad, new_id()):
        with pytest.raises(Invalid) as refused:
            home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part(account_id))
        assert refused.value.field == "account_id"
    assert home.facade.part_payments(owner=home.owner, liability_id=liability_id) == ()


@pytest.mark.parametrize(("paid_from", "unfunded"), [("named", "0.00"), ("another", "50000.00")])
def test_a_payment_is_found_in_the_account_it_names(home: Household, paid_from: str, unfunded: str) -> None:
    accounts = {name: home.ledger.account("savings", {"2026-01-01": "500000.00"}) for name in ("named", "another")}
    liability_id = loan(home)
    home.ledger.move(accounts[paid_from], PAID_ON.isoformat(), "-50000.00", "debt")
    home.facade.add_part_payment(**home.who, liability_id=liability_id, new=part(accounts["named"]))
    change = home.facade.net_worth_attribution(owner=home.owner, first=date(2026, 2, 28), last=date(2026, 3, 31))
    assert change.other == D(unfunded)
