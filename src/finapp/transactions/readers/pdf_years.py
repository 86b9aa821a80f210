"""Years for PDFs that print days without them (05 Jan, 01/15): from the days the statement names in full."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from finapp.transactions.readers.dates import looks_like_date, parts_of
from finapp.transactions.readers.pdf_lines import Line

_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?")
_LONGEST_SHORT = 2
"""Words of a day without its year: `05 Jan`, `Jan 05`, `05/01`."""


def with_years(lines: Sequence[Line], named: Sequence[date]) -> list[Line]:
    """The lines with a year added to each day that begins a line; unchanged when the statement names no year."""
    if not named:
        return list(lines)
    first, last = min(named).year, max(named).year
    return [_with_year(line, first, last) for line in lines]


def _with_year(line: Line, first: int, last: int) -> Line:
    words = line.words
    if not words or looks_like_date(words[0]):
        return line
    if _SHORT.fullmatch(words[0]):
        mark = next(c for c in words[0] if not c.isdigit())
        numbers = [int(number) for number in re.findall(r"\d+", words[0])]
        year = _year(min(numbers) if max(numbers) > 12 else numbers[0], first, last)
        return replace(line, words=(f"{words[0].rstrip('.')}{mark}{year}", *words[1:]))
    for count in range(1, _LONGEST_SHORT + 1):
        shown = " ".join(words[:count])
        parts = parts_of(f"{shown} {last}") or parts_of(f"{shown}, {last}")
        if len(words) >= count and parts and parts.fixed:
            joint = ", " if shown[0].isalpha() else " "
            return replace(line, words=(*f"{shown}{joint}{_year(parts.second, first, last)}".split(), *words[count:]))
    return line


def _year(month: int, first: int, last: int) -> int:
    """Over a turn of the year, late months are of the first year and early ones of the last."""
    return first if first != last and month > 6 else last
