"""Answers must not slow down as a ledger grows: ratios of costs and of steps in one process, never times."""

import pytest

pytestmark = pytest.mark.slow


def test_no_answer_grows_past_its_bound() -> None:
    from benchmarks.growth import growth_bounds

    assert growth_bounds() == []
