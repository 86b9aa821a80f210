"""What is kept or read in short says the same as what is worked out in full."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finapp.assets.domain.lots import Held
from finapp.assets.domain.valuing import Holding, Mark, marks_from, minors, worths
from finapp.assets.public import AssetDetails
from tests.assets.support import D

EPOCH = date(2020, 1, 1)
day = st.integers(0, 60).map(lambda days: EPOCH + timedelta(days=days))
amounts = st.integers(0, 10**9)
prices = st.decimals("0", "9999", places=4)


@st.composite
def holdings(draw: st.DrawFn) -> Holding:
    """Anything a household may hold: valued in all or by the unit, with lots or without, with or without dates."""
    by_unit = draw(st.booleans())
    marks = [
        Mark(on, None if by_unit else draw(amounts), draw(prices) if by_unit else None)
        for on in draw(st.sets(day, max_size=6))
    ]
    quantities = draw(st.lists(st.decimals("0", "100", places=3), max_size=4))
    since = sorted(draw(st.sets(day, min_size=len(quantities), max_size=len(quantities))))
    steps = [Held(on, quantity, Decimal("10.00")) for on, quantity in zip(since, quantities, strict=True)]
    details = AssetDetails(
        name="x",
        kind="other",
        currency="INR",
        liquidity="days",
        acquired_on=draw(st.none() | day),
        closed_on=draw(st.none() | day),
        accrual_rate=draw(st.none() | st.just(D("0.07"))),
    )
    return Holding(id="x", details=details, marks=marks_from(marks), steps=steps)


@given(holdings(), st.sets(day, min_size=1, max_size=8))
def test_the_amounts_alone_are_those_of_the_worths(holding: Holding, days: set[date]) -> None:
    asked = sorted(days)
    assert list(minors(holding, asked)) == [worth.minor for worth in worths(holding, asked)]
