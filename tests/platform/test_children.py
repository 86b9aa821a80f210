"""A child process keeps its limits and cannot harm its parent."""

import time
from typing import Any

import pytest

from finapp.platform.children import ChildFailed, Limits, run


def doubled(number: Any) -> Any:
    return number * 2


def hoarding(size: Any) -> Any:
    return len(bytearray(size))


def endless(_: Any) -> Any:
    while True:
        pass


def sleeping(seconds: Any) -> Any:
    time.sleep(seconds)


def failing(_: Any) -> Any:
    raise ValueError("a secret of the file")


def test_a_child_answers() -> None:
    assert run(doubled, 21) == 42


@pytest.mark.parametrize(
    ("work", "argument", "why"),
    [(hoarding, 2**32, "memory"), (endless, None, "time"), (sleeping, 60, "time"), (failing, None, "broken")],
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
