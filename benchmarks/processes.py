"""What the children of a process have cost: those that have ended, and those that wait for more work."""

import os
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_MB = 1024 * 1024


def children_of(process: int) -> list[int]:
    """The children that live."""
    found: set[int] = set()
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            found.update(map(int, (task / "children").read_text().split()))
    return sorted(found)


def seconds_of(process: int) -> tuple[float, float]:
    """Seconds of CPU of a process, and of its children, whether they live or have ended."""
    own, ended = _spent(process)
    return own, ended + sum(sum(_spent(child)) for child in children_of(process))


def resident_mb(process: int) -> float:
    """Megabytes of a process; none of one that is gone."""
    with suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MB
    return 0.0


def _spent(process: int) -> tuple[float, float]:
    with suppress(OSError, IndexError):
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(values[11]) + int(values[12])) / _TICK, (int(values[13]) + int(values[14])) / _TICK
    return 0.0, 0.0
