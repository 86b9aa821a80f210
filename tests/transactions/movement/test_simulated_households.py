"""Precision and recall of money movement on what is true of simulated households."""

import pytest

from benchmarks.bench_movement import PROFILES, flow_counts, households, links_score, pairs_score
from finapp.app.demo.truth import ProfileName


@pytest.mark.parametrize("profile", PROFILES)
def test_own_movements_are_found_with_few_that_are_none(profile: ProfileName) -> None:
    for household in households(profile, range(31, 33), months=12):
        found = pairs_score(household)
        assert found.true > 15
        assert (found.precision or 0) >= 0.99
        assert (found.recall or 0) >= 0.97
        flows = flow_counts(household)
        assert flows["right"] / flows.total() >= 0.97, flows


def test_what_came_back_is_linked_to_its_own_purchase() -> None:
    scores = [links_score(household) for profile in PROFILES for household in households(profile, range(31, 33), 12)]
    right, found, true = (sum(getattr(score, name) for score in scores) for name in ("right", "found", "true"))
    assert true > 50
    assert right / found >= 0.97
    assert right / true >= 0.97
