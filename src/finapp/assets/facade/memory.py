"""Answers kept while nothing they depend on has changed."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")
KEPT_HOUSEHOLDS = 64
KEPT_ANSWERS = 64
"""Of one household and version."""


class Memory:
    """Answers by household under the version of everything they depend on; a new version forgets the old ones."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, OrderedDict[Hashable, object]]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, *, owner: str, version: str, question: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, asked once per version. Questions of one kind must be told apart by `question`.

        `version` is read before `make` runs: an answer made during a write is kept under the version it replaced, and
        so never asked for again.
        """
        with self._lock:
            kept = self._kept.get(owner)
            if kept is not None and kept[0] == version and question in kept[1]:
                self._kept.move_to_end(owner)
                return cast(T, kept[1][question])
        made = make()
        with self._lock:
            kept = self._kept.get(owner)
            if kept is None or kept[0] != version:
                kept = self._kept[owner] = (version, OrderedDict())
            kept[1][question] = made
            self._kept.move_to_end(owner)
            while len(kept[1]) > KEPT_ANSWERS:
                kept[1].popitem(last=False)
            while len(self._kept) > KEPT_HOUSEHOLDS:
                self._kept.popitem(last=False)
        return made
