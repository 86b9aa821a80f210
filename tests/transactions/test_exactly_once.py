"""A sample of the shuffled histories that `dev.py bench exactly_once` runs a thousand of."""

import pytest

from benchmarks.exactly_once import history


@pytest.mark.parametrize("seed", [2, 5, 11, 19, 28, 34])
def test_no_row_of_a_shuffled_history_is_lost_or_doubled(seed: int) -> None:
    tally = history(seed)
    assert tally.rows > 50
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.review <= tally.rows * 0.1
