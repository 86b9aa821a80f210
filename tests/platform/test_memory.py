"""Answers that are remembered are made once, whoever asks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from finapp.platform.memory import Latest, Memory


def test_threads_that_ask_at_once_share_one_making() -> None:
    memory, made, begun, may_end = Memory[int](), [], threading.Event(), threading.Event()

    def make() -> int:
        made.append(1)
        begun.set()
        assert may_end.wait(5)
        return 7

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(memory.answer, "key", make) for _ in range(4)]
        assert begun.wait(5)
        may_end.set()
        assert [answer.result(5) for answer in answers] == [7] * 4
    assert len(made) == 1


def test_a_failure_is_raised_and_the_next_who_asks_makes_the_answer() -> None:
    memory = Memory[int]()
    with pytest.raises(ZeroDivisionError):
        memory.answer("key", lambda: 1 // 0)
    assert memory.known("key") is None
    assert memory.answer("key", lambda: 2) == 2


def test_the_answer_used_longest_ago_is_dropped_first() -> None:
    memory = Memory[str](most=2)
    for key in ("a", "b"):
        memory.keep(key, key)
    assert memory.known("a") == "a"
    memory.keep("c", "c")
    assert [memory.known(key) for key in ("a", "b", "c")] == ["a", None, "c"]


def test_the_latest_answer_is_given_again_while_what_it_is_made_of_is_equal() -> None:
    latest, made = Latest[int](), []

    def asked(key: str, parts: list[int]) -> int:
        return latest.answer(key, tuple(parts), lambda: made.append(key) or len(made))  # type: ignore[func-returns-value]

    assert [asked("a", [1, 2]), asked("a", [1, 2]), asked("b", [1, 2]), asked("a", [1, 3]), asked("a", [1, 2])] == [
        1,
        1,
        2,
        3,
        4,
    ]
