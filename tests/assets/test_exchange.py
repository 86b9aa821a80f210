"""European Central Bank rates, offline."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.platform.exchange import EcbRates

D = Decimal


@pytest.fixture(scope="module")
def rates() -> EcbRates:
    return EcbRates()


def test_the_first_rates_of_the_euro_and_their_cross(rates: EcbRates) -> None:
    """European Central Bank, 4 January 1999: 1.1789 dollars, 133.73 yen and 0.7111 pounds to the euro."""
    day = date(1999, 1, 4)
    assert rates.rate(currency="EUR", to="USD", on=day) == D("1.1789")
    assert rates.rate(currency="EUR", to="JPY", on=day) == D("133.73")
    crossed = rates.rate(currency="USD", to="GBP", on=day)
    assert crossed is not None
    assert abs(crossed - D("0.7111") / D("1.1789")) < D("1e-20")


def test_a_weekend_takes_the_rate_before_it_and_the_same_currency_is_one(rates: EcbRates) -> None:
    friday = rates.rate(currency="USD", to="INR", on=date(2024, 3, 1))
    assert friday is not None
    assert rates.rate(currency="USD", to="INR", on=date(2024, 3, 3)) == friday
    assert rates.rate(currency="XAF", to="XAF", on=date(2024, 3, 3)) == 1


@pytest.mark.parametrize(
    ("currency", "day"),
    [("USD", date(1998, 12, 31)), ("INR", date(2008, 1, 1)), ("XAF", date(2024, 1, 1)), ("HRK", date(2023, 6, 1))],
)
def test_where_no_rate_was_published_none_is_given(rates: EcbRates, currency: str, day: date) -> None:
    assert rates.rate(currency=currency, to="EUR", on=day) is None
    assert rates.rate(currency="EUR", to=currency, on=day) is None
