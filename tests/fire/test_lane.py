"""Large computations take turns; small ones and those beyond the queue do not wait."""

import threading

import pytest

from finapp.fire.facade.lane import LARGE, MOST_WAITING, Lane
from finapp.kernel.errors import Unavailable


def test_large_work_takes_turns_small_work_passes_and_too_much_is_refused() -> None:
    lane, released, begun = Lane(), threading.Event(), threading.Event()
    running: list[int] = []
    most: list[int] = []

    def large() -> None:
        running.append(1)
        most.append(len(running))
        begun.set()
        released.wait(10)
        running.pop()

    threads = [threading.Thread(target=lane.run, args=(LARGE, large)) for _ in range(MOST_WAITING)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    while lane._waiting < MOST_WAITING:
        threading.Event().wait(0.001)
    assert lane.run(LARGE - 1, lambda: "small") == "small"
    with pytest.raises(Unavailable):
        lane.run(LARGE, lambda: None)
    released.set()
    for thread in threads:
        thread.join()
    assert most == [1] * MOST_WAITING
    assert lane.run(LARGE, lambda: "free again") == "free again"
