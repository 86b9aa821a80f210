"""Remembers the last answers of one question under everything they depend on, so that none of them goes stale."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Answers by key, the least recently used dropped first. A key names every version the answer depends on."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def answer(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept under a key, else `make()`; of threads that ask at once, one makes it and the others wait.

        What `make` raises is raised and not kept: whoever waited makes the answer instead.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                made = make()
                self.keep(key, made)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def known(self, key: Hashable) -> T | None:
        """The answer kept under a key, None when there is none."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Hashable, answer: T) -> None:
        """Keeps an answer in place of an older one."""
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Latest(Generic[T]):
    """The last answer by key, given again while what it is made of is equal to what it was made of then.

    For what changes less often than the versions it comes under. Parts that stay the very same are compared at once.
    """

    def __init__(self, most: int = 64) -> None:
        self._kept = Memory[tuple[object, T]](most)

    def answer(self, key: Hashable, made_of: object, make: Callable[[], T]) -> T:
        """The last answer, or `make()` where the parts differ."""
        known = self._kept.known(key)
        if known is not None and known[0] == made_of:
            return known[1]
        made = make()
        self._kept.keep(key, (made_of, made))
        return made
