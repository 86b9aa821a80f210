"""The facades of a process: each is built, and what it is made of imported, when it is first asked for."""

import threading
from collections.abc import Callable
from typing import Any

from finapp.platform.collecting import brought_in


class Facades(dict[str, Any]):
    """Facade by context. Of threads that ask at once, one builds it and the others wait."""

    def __init__(self, build: Callable[[str], Any]) -> None:
        super().__init__()
        self._build = build
        self._building = threading.RLock()

    def __missing__(self, name: str) -> Any:
        with self._building:
            if name not in self:
                with brought_in():
                    self[name] = self._build(name)
        return self[name]

    def later(self, name: str) -> Any:
        """What stands for a facade and asks for it with the first call."""
        return _Later(lambda: self[name])


class _Later:
    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._find(), name)
        # From the next time on Python finds it here by itself.
        setattr(self, name, found)
        return found
