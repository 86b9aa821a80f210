"""Asking side by side: each within its time, late answers kept, failed ones asked again."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from finapp.dashboard.facade.asking import Asking, Missing
from finapp.kernel.errors import Unavailable


class Counting:
    """A question that counts how often it was asked."""

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.times = 0
        self._answer = answer

    def __call__(self) -> Any:
        self.times += 1
        return self._answer()


def failing(fault: Exception) -> Callable[[], Any]:
    def ask() -> Any:
        raise fault

    return ask


def why(asking: Asking, ask: Callable[[], Any], key: str | None = None) -> str:
    with pytest.raises(Missing) as missing:
        asking.all({"it": ask}, key=key).value("it")
    return str(missing.value)


def test_each_answer_stands_for_itself() -> None:
    asking = Asking(seconds=2, first_seconds=2)
    found = asking.all({"good": lambda: 1, "down": failing(Unavailable()), "odd": failing(ValueError())})
    assert found.value("good") == 1
    for name, reason in {"down": "down: down", "odd": "failed: odd"}.items():
        with pytest.raises(Missing, match=reason):
            found.value(name)


def test_who_does_not_answer_in_time_costs_only_the_own_answer() -> None:
    released = threading.Event()
    asking = Asking(seconds=0.1, first_seconds=0.1)
    before = time.monotonic()
    found = asking.all({"slow": released.wait, "good": lambda: 1})
    assert time.monotonic() - before < 2
    assert found.value("good") == 1
    with pytest.raises(Missing, match="slow: slow"):
        found.value("slow")
    released.set()


def test_quick_answers_share_a_thread_and_slow_ones_are_waited_for_side_by_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking = Asking(seconds=5, first_seconds=5)
    monkeypatch.setattr("finapp.dashboard.facade.asking.AT_ONCE", 5)
    found = asking.all(dict.fromkeys("abcd", threading.get_ident))
    assert len({found.value(name) for name in "abcd"}) == 1
    monkeypatch.undo()
    together = threading.Barrier(4)
    found = asking.all(dict.fromkeys("abcd", lambda: together.wait(5) >= 0))
    assert all(found.value(name) for name in "abcd")


def test_a_late_answer_is_there_the_next_time_and_nobody_is_asked_twice() -> None:
    released, asking = threading.Event(), Asking(seconds=0.05, first_seconds=0.05)
    ask = Counting(lambda: released.wait(10))
    assert why(asking, ask, key="a") == "slow: it"
    assert why(asking, ask, key="a") == "slow: it"
    released.set()
    patient = time.monotonic() + 5
    while time.monotonic() < patient:
        try:
            assert asking.all({"it": ask}, key="a").value("it") is True
            break
        except Missing:
            continue
    assert ask.times == 1


def test_what_failed_is_asked_again_and_another_key_is_another_question() -> None:
    asking = Asking(seconds=2, first_seconds=2)
    broken, good = Counting(failing(Unavailable())), Counting(lambda: 1)
    for _ in range(2):
        why(asking, broken, key="a")
        asking.all({"good": good}, key="a")
    asking.all({"good": good}, key="b")
    asking.all({"good": good})
    assert (broken.times, good.times) == (2, 3)


def test_only_a_first_answer_in_the_process_is_waited_for_longer() -> None:
    asking = Asking(seconds=0.05, first_seconds=10)

    def ask() -> int:
        time.sleep(0.4)
        return 1

    assert asking.all({"it": ask}).value("it") == 1
    assert why(asking, ask) == "slow: it"
