"""Floors on the open sets: a repair must not break what was right, and sure answers must be right."""

import pytest

from benchmarks.bench_categorizer import SETS_BY_AGE as SETS
from benchmarks.bench_categorizer import accuracy, calibration_error, listed, rows_of, scored


@pytest.mark.parametrize("name", SETS)
def test_an_open_set_keeps_its_accuracy_and_its_sure_answers_are_right(name: str) -> None:
    answers = scored(rows_of(name))
    sure = [one for one in answers if one.confidence >= 0.95]
    assert accuracy(answers) >= 0.92
    assert accuracy(sure) >= 0.95
    assert calibration_error(answers) <= 0.08


def test_the_sets_are_not_only_merchants_of_the_lists() -> None:
    everything = [row for name in SETS for row in rows_of(name)]
    assert 0.4 < listed(everything) < 0.85
