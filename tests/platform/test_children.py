"""A child process keeps its limits and cannot harm its parent."""

import os
import time
from collections.abc import Generator, Iterator
from typing import Any
from unittest.mock import patch

import pytest

from finapp.platform import children, spare
from finapp.platform.children import Asking, ChildFailed, Limits, run, stream


def doubled(number: Any) -> Any:
    return number * 2


def hoarding(size: Any) -> Any:
    return len(bytearray(size))


def endless(_: Any) -> Any:
    while True:
        pass


def sleeping(seconds: Any) -> Any:
    time.sleep(seconds)


def aborting(_: Any) -> Any:
    os.abort()


def failing(_: Any) -> Any:
    raise ValueError("a secret of the file")


def test_a_child_answers() -> None:
    assert run(doubled, 21) == 42


@pytest.mark.parametrize(
    ("work", "argument", "why"),
    [
        (hoarding, 2**32, "memory"),
        (aborting, None, "memory"),
        (endless, None, "time"),
        (sleeping, 60, "time"),
        (failing, None, "broken"),
    ],
)
def test_a_child_that_goes_astray_is_ended_and_named(work: Any, argument: Any, why: str) -> None:
    started = time.monotonic()
    with pytest.raises(ChildFailed) as failure:
        run(work, argument, limits=Limits(seconds=4, memory=512 * 1024 * 1024))
    assert failure.value.why == why
    assert "secret" not in str(failure.value)
    assert time.monotonic() - started < 30


def test_a_child_that_is_no_longer_wanted_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(ChildFailed, match="stopped"):
        run(sleeping, 60, wanted=lambda: time.monotonic() - started < 1)
    assert time.monotonic() - started < 20


def process(_: Any) -> Any:
    return os.getpid()


def counting(limit: Any) -> Iterator[Any]:
    yield from range(limit)


def asking(words: Any) -> Generator[Any, Any]:
    for word in words:
        answer = yield Asking(word)
        yield answer * 2


@pytest.fixture
def kept() -> Iterator[None]:
    children._spare.end()
    yield
    children._spare.end()


def answers(work: Any, argument: Any = None, **said: Any) -> list[Any]:
    return list(stream(work, argument, keep=True, **said))


def test_a_child_asks_and_is_answered() -> None:
    talk = stream(asking, ["a", "b"])
    assert [next(talk), talk.send("x"), next(talk), talk.send("y")] == ["a", "xx", "b", "yy"]
    assert list(talk) == []


@pytest.mark.usefixtures("kept")
def test_a_child_that_is_kept_does_the_next_work_and_no_other_does() -> None:
    first = answers(process)
    assert answers(counting, 3) == [0, 1, 2]
    assert answers(process) == first
    assert list(stream(process, None)) != first
    assert answers(process) == first


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("work", "argument", "why"), [(hoarding, 2**32, "memory"), (endless, None, "time")])
def test_a_kept_child_has_limits_for_each_work_and_is_not_kept_once_it_passed_one(
    work: Any, argument: Any, why: str
) -> None:
    first = answers(process)
    with pytest.raises(ChildFailed) as failure:
        answers(work, argument, limits=Limits(seconds=4, memory=512 * 1024 * 1024))
    assert failure.value.why == why
    assert answers(process) != first


@pytest.mark.usefixtures("kept")
def test_a_child_whose_answers_nobody_waited_for_is_not_kept() -> None:
    first = answers(process)
    talk = stream(counting, 100_000, keep=True)
    assert next(talk) == 0
    talk.close()
    assert answers(process) != first


@pytest.mark.usefixtures("kept")
def test_two_children_at_once_are_two_and_one_is_kept() -> None:
    one, other = stream(process, None, keep=True), stream(process, None, keep=True)
    both = [next(one), next(other)]
    assert [*one, *other] == []
    assert len(set(both)) == 2
    assert answers(process) == both[:1]


@pytest.mark.usefixtures("kept")
def test_a_child_waits_for_some_time_and_a_large_one_not_at_all() -> None:
    with patch.object(spare, "_WAITS", 0.2):
        first = answers(process)
    time.sleep(1)
    assert children._spare.take() is None
    with patch.object(spare, "_LARGEST", 1024 * 1024):
        second = answers(process)
    assert children._spare.take() is None
    assert first != second


@pytest.mark.usefixtures("kept")
def test_a_child_that_died_while_it_waited_is_replaced() -> None:
    (first,) = answers(process)
    os.kill(first, 9)
    time.sleep(0.5)
    assert answers(process) != [first]
