"""A lock that is given in the order it was asked for."""

import threading
import time

from finapp.platform.turns import Turns


def test_only_one_holds_it() -> None:
    turns, inside, most = Turns(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with turns:
                inside += 1
                most = max(most, inside)
                time.sleep(0.0001)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_whoever_waits_is_next_though_the_holder_asks_again_at_once() -> None:
    turns, order = Turns(), list[str]()
    asked = threading.Event()

    def wait() -> None:
        asked.set()
        with turns:
            order.append("waiting")

    thread = threading.Thread(target=wait)
    with turns:
        thread.start()
        asked.wait()
        while not turns.wanted:
            time.sleep(0.001)
    with turns:
        order.append("again")
    thread.join()
    assert order == ["waiting", "again"]


def test_it_is_let_go_when_its_holder_fails() -> None:
    turns = Turns()
    try:
        with turns:
            raise ValueError("fails")
    except ValueError:
        pass
    with turns:
        assert not turns.wanted


def test_it_tells_when_somebody_last_had_to_wait() -> None:
    turns, began = Turns(), time.monotonic()
    with turns:
        pass
    assert turns.waited_at < began

    def wait() -> None:
        with turns:
            pass

    thread = threading.Thread(target=wait)
    with turns:
        thread.start()
        while not turns.wanted:
            time.sleep(0.001)
    thread.join()
    assert began <= turns.waited_at <= time.monotonic()
