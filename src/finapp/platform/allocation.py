"""How the C library gives memory back: by default every thread keeps what it once needed."""

import ctypes
from typing import Any

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8
_KEPT_BYTES = 1024 * 1024


def keep_small() -> None:
    """One arena for all threads, and free memory at its end goes back at once. Does nothing where glibc is not.

    Threads of one interpreter allocate one at a time anyway, so that an arena for each only multiplies what is idle.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)


def give_back() -> None:
    """Free memory in the middle goes back as well: a start leaves some megabytes. Does nothing where glibc is not."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL("libc.so.6"), name)
    except (OSError, AttributeError):
        return None
