"""Derived figures are rendered once for each answer that a facade makes."""

from dataclasses import dataclass
from datetime import date

from finapp.kernel.clock import FixedClock
from finapp.platform.answers import Answers, Figures
from tests.support import NOON, TODAY


@dataclass(frozen=True, kw_only=True)
class Worth:
    amount: int


class Facade:
    """Counts its versions up as if every question came after a write."""

    def __init__(self) -> None:
        self.asked = 0

    def version(self, *, owner: str) -> str:
        self.asked += 1
        return f"{owner}{self.asked}"


def test_an_answer_that_a_write_did_not_touch_is_the_same_bytes_under_a_new_name() -> None:
    value, days = Worth(amount=5), list[date]()

    def make(owner: str, day: date) -> Worth:
        days.append(day)
        return value

    figures = Figures(Worth, Facade(), make, None, "/worth?", FixedClock(NOON), Answers())
    first, again = figures.answer("home"), figures.answer("home")
    assert first[1] is again[1]
    assert first[1] == b'{"amount":5}'
    assert first[0] != again[0]
    assert days == [TODAY, TODAY]


def test_another_answer_has_its_own_bytes_however_alike_it_is() -> None:
    amounts = iter((5, 6, 6))
    figures = Figures(
        Worth, Facade(), lambda owner, day: Worth(amount=next(amounts)), TODAY, "/worth?", FixedClock(NOON), Answers()
    )
    assert [figures.answer("home")[1] for _ in range(3)] == [b'{"amount":5}', b'{"amount":6}', b'{"amount":6}']


def test_an_unchanged_version_asks_nobody_again() -> None:
    class Still(Facade):
        def version(self, *, owner: str) -> str:
            return "1"

    amounts = iter((5, 6))
    figures = Figures(
        Worth, Still(), lambda owner, day: Worth(amount=next(amounts)), TODAY, "/worth?", FixedClock(NOON), Answers()
    )
    assert figures.answer("home") == figures.answer("home")
    assert figures.answer("other")[1] == b'{"amount":6}'
