"""How well streams are found in simulated households, with floors that leave room for noise and none for decay."""

import pytest

from finapp.reports.domain.recurring.lattices import PERIODS
from tests.reports.scoring import score


def test_streams_of_simulated_households_are_found() -> None:
    found = score(range(12))
    assert found.precision >= 0.97
    assert found.recall >= 0.93


@pytest.mark.slow
def test_two_hundred_households_of_every_frequency_meet_the_floors() -> None:
    found = score(range(1000, 1200))
    assert set(found.frequencies) == set(PERIODS)
    assert found.precision >= 0.97
    assert found.recall >= 0.93
    assert found.next_within_two_days >= 0.9
    assert found.share_of_spending >= 0.95
