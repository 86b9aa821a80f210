"""A fit that cannot beat the best one is given up early, and the best one is the same as if none were."""

from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.reports.domain.recurring import fitting
from finapp.reports.domain.recurring.fitting import Fit

FIRST = 738_000
"""A day of 2021."""


@st.composite
def payments(draw: st.DrawFn) -> tuple[int, ...]:
    """Days near a rhythm, some of them off, left out or beside it."""
    step = draw(st.sampled_from([7, 14, 15, 28, 30, 30.44, 61, 91, 182, 365]))
    rows = []
    for number in range(draw(st.integers(2, 26))):
        off = draw(st.sampled_from([0, 0, 0, 0, 1, -1, 2, -3, 6]))
        if draw(st.integers(0, 9)):
            rows.append(FIRST + round(number * step) + off)
        if not draw(st.integers(0, 7)):
            rows.append(FIRST + draw(st.integers(0, 400)))
    return tuple(sorted({FIRST, *rows}))


@settings(max_examples=300, deadline=None)
@given(payments())
def test_the_best_fit_is_the_best_of_all_candidates(days: tuple[int, ...]) -> None:
    expected: Fit | None = None
    for lattice, handicap in fitting._candidates(days):
        fit = fitting._fit(lattice, days, handicap, -inf)
        if fit is not None and (expected is None or fit.evidence > expected.evidence + 1e-9):
            expected = fit
    assert fitting._best(None, fitting._candidates(days), days) == expected
