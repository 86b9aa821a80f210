"""A course that was drawn is given again to whoever asks for the same market, as long as it fits and is asked for."""

import threading
from typing import Any

import numpy as np

from finapp.fire.domain import simulation
from finapp.fire.domain.portfolio import Course
from finapp.fire.facade.courses import Courses
from tests.fire.futures import SIXTY_FORTY, plan, us_annual


def course(courses: Courses, **changes: Any) -> Course:
    return simulation.prepare(plan(paths=50, **changes), us_annual()).course(courses.course)


def test_the_same_market_is_drawn_once_and_another_is_drawn_anew() -> None:
    courses = Courses()
    first = course(courses, portfolio=1)
    assert course(courses, portfolio=2) is first
    for other in ({"seed": 9}, {"years": 29}, {"steps_per_year": 12}, {"fee": 0.01}, {"allocation": SIXTY_FORTY}):
        assert course(courses, **other) is not first


def test_a_kept_course_gives_the_answer_of_a_drawn_one() -> None:
    courses = Courses()
    for changes in ({}, {"annual_spending": 60_000}, {"steps_per_year": 12}, {"portfolio": 500_000}):
        asked = plan(paths=2_000, **changes)
        drawn = simulation.simulate(asked, us_annual())
        assert simulation.simulate(asked, us_annual(), courses.course) == drawn
        assert simulation.simulate(asked, us_annual(), courses.course) == drawn


def test_no_more_is_kept_than_fits_the_least_recently_used_going_first() -> None:
    courses = Courses(most_bytes=2 * 8 * 30 * 50)
    first, second = course(courses, seed=1), course(courses, seed=2)
    assert course(courses, seed=1) is first
    course(courses, seed=3)
    assert course(courses, seed=1) is first
    assert course(courses, seed=2) is not second


def test_what_is_too_large_is_drawn_again_each_time() -> None:
    courses = Courses(most_bytes=8 * 30 * 50 - 1)
    first = course(courses)
    assert course(courses) is not first
    assert all(
        np.array_equal(one.growth, other.growth)
        for one, other in zip(first.years(), course(courses).years(), strict=True)
    )


def test_what_nobody_asks_for_any_more_is_dropped(monkeypatch: Any) -> None:
    now, later = [0.0], threading.Event()
    monkeypatch.setattr("finapp.fire.facade.courses.time.monotonic", lambda: now[0])
    courses = Courses(unused_seconds=0.01)
    first = course(courses)
    now[0] = 0.005
    assert course(courses) is first
    now[0] = 1.0
    for _ in range(1_000):
        if not courses._kept:
            break
        later.wait(0.005)
    assert not courses._kept
    assert courses._clock is None
    assert course(courses) is not first
