"""Regular expressions that are compiled when they are first tried."""

import re
from typing import Any, cast


def late(text: str) -> re.Pattern[str]:
    """A pattern that costs nothing until it is used: a start would compile hundreds, some for 20 ms each."""
    return cast("re.Pattern[str]", _Late(text))


class _Late:
    """What was asked of the compiled pattern once stands here, so that it is as fast as the pattern itself."""

    def __init__(self, text: str) -> None:
        self.pattern = text

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern), name)
        setattr(self, name, found)
        return found
