"""The words of banks, kept as data: headings, marks, countries, known exports."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from finapp.kernel.patterns import late

_FOLDER = Path(__file__).parent.parent / "data" / "statements"


@cache
def knowledge(name: str) -> dict[str, Any]:
    """One file of the folder, read once."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of the files, where line breaks mean nothing."""
    return late("".join(text.splitlines()))
