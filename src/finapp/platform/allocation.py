"""How the C library gives memory back: by default every thread keeps what it once needed."""

import ctypes

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8
_KEPT_BYTES = 128 * 1024


def keep_small() -> None:
    """One arena for all threads, and free memory at its end goes back at once. Does nothing where glibc is not.

    Threads of one interpreter allocate one at a time anyway, so that an arena for each only multiplies what is idle.
    """
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
