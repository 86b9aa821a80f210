"""Where the CPU time of an answer goes: cProfile, summed by the part of the program that spent it."""

import cProfile
import pstats
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import anyio.to_thread

from finapp.dashboard.facade import asking
from finapp.platform.jobs import Jobs

Function = tuple[str, int, str]
_BUILT_IN = "~"


@contextmanager
def profiled_jobs() -> Iterator[Callable[[list[cProfile.Profile] | None], None]]:
    """Applications made in here can have their background work profiled: call with where to, or None to stop.

    Each job has a profile of its own: several run at once, and their calls would end one another's.
    """
    watching: list[list[cProfile.Profile] | None] = [None]
    register = Jobs.register

    def watched(jobs: Jobs, name: str, work: Callable[[str], None]) -> None:
        def run(argument: str) -> None:
            profiles = watching[0]
            if profiles is None:
                work(argument)
            else:
                profile = thread_profile()
                profile.runcall(work, argument)
                # Once it has ended: a profile that is read while it counts has the clock of two threads.
                profiles.append(profile)

        register(jobs, name, run)

    def watch(profiles: list[cProfile.Profile] | None) -> None:
        watching[0] = profiles

    with patch.object(Jobs, "register", watched):
        yield watch


def thread_profile() -> cProfile.Profile:
    """A profile that counts the CPU time of its own thread, so that waiting and other programs do not count."""
    return cProfile.Profile(time.thread_time)


def profiled(work: Callable[[], object], into: cProfile.Profile | None = None) -> cProfile.Profile:
    """The profile of `work`, with what it would hand to threads done in this one; added to `into` when given."""

    async def inline(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return function(*arguments)

    profile = into or thread_profile()
    stand_in = SimpleNamespace(Thread=_Now, Lock=threading.Lock)
    with patch.object(anyio.to_thread, "run_sync", inline), patch.object(asking, "threading", stand_in):
        profile.runcall(work)
    return profile


class _Now:
    """A thread of the dashboard that does its work where it is started."""

    def __init__(self, target: Callable[..., object], args: tuple[Any, ...] = (), **named: object) -> None:
        self._work = partial(target, *args)

    def start(self) -> None:
        self._work()


def shares(*profiles: cProfile.Profile, most: int = 3) -> list[tuple[str, float]]:
    """The parts of the program that cost most themselves, each with its share of the whole, the largest first.

    What a built-in function of Python spends counts for the part that called it, except SQLite's.
    """
    spent: Counter[str] = Counter()
    table: dict[Function, Any] = pstats.Stats(*profiles).stats  # type: ignore[attr-defined]
    for function, (_, _, own, _, callers) in table.items():
        if function[0] != _BUILT_IN or "sqlite3" in function[2] or not callers:
            spent[_part(function)] += own
            continue
        for caller, (_, _, meanwhile, _) in callers.items():
            spent[_part(caller)] += meanwhile
    total = sum(spent.values()) or 1.0
    return [(part, seconds / total) for part, seconds in spent.most_common(most)]


def _part(function: Function) -> str:
    file, _, name = function
    if file == _BUILT_IN:
        return "SQLite" if "sqlite3" in name else "Python's built-in functions"
    parts = Path(file).with_suffix("").parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    if "finapp" in parts:
        # A folder of a context, such as finapp.transactions.store.
        inside = parts[len(parts) - 1 - parts[::-1].index("finapp") :]
        return ".".join(inside[: max(2, min(4, len(inside) - 1))])
    return f"standard library: {parts[-1] if parts else name}"
