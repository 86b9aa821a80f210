"""Whether what is remembered of an account fits a file: the mapping of its files before, and the rows it has."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.transactions.domain.parts import Part
from finapp.transactions.domain.statement import Mapping, Sign
from finapp.transactions.readers.layouts import LAYOUTS

_PROVEN = 0.97
"""Confidence of a choice that the file itself proves."""
_GUESSED = 0.95
"""Below it the sign of amounts is a guess: by wording, or by what is usual."""
_EXPLAINED = 0.7
"""Share of the steps of a running balance that the amounts explain, from which it tells their sign."""
_FEWEST = 2
"""Rows that must be there already to tell the sign of the others."""
_KNOWN = frozenset(layout.name for layout in LAYOUTS)
_COLUMNS = ("date", "amount", "debit", "credit", "descriptions")
Sides = Literal["same", "opposite"]
_TURNED: dict[Sign, Sign] = {"as_printed": "inverted", "inverted": "as_printed", "debit": "credit", "credit": "debit"}


def agrees(profile: Mapping, detected: Mapping) -> bool:
    """Whether a profile says nothing else of a file than what was detected of it."""
    said = {name: value for name, value in vars(profile).items() if value is not None}
    return all(getattr(detected, name) == value for name, value in said.items())


def fits(profile: Mapping, remembered: tuple[Part, ...], detected: tuple[Part, ...]) -> bool:
    """Whether a file read by the account's profile is read as well as by detection.

    It is not when more rows are refused or lost, when balances reconcile worse, or when the file itself proves another
    sign or order of dates. A profile that names no column was made for no layout: a layout known by name stands above.
    """
    if _refused(remembered) > _refused(detected) or _rows(remembered) < _rows(detected):
        return False
    if _breaks(remembered) > _breaks(detected):
        return False
    better = _refused(remembered) < _refused(detected) or _breaks(remembered) < _breaks(detected)
    return better or not _contradicts(profile, remembered, detected)


def _contradicts(profile: Mapping, remembered: tuple[Part, ...], detected: tuple[Part, ...]) -> bool:
    statement = detected[0].statement
    found, sure = statement.mapping, statement.confidence
    if statement.layout in _KNOWN and all(getattr(profile, name) is None for name in _COLUMNS):
        return True
    if sure.get("balance", 0) >= _EXPLAINED and _turned(remembered) == _sample(detected):
        return True
    if found is None or profile.date_order in (None, found.date_order):
        return False
    return sure.get("date_order", 0) >= _PROVEN


def _rows(parts: Iterable[Part]) -> int:
    return sum(part.rows for part in parts)


def _refused(parts: Iterable[Part]) -> int:
    return sum(part.rejected for part in parts)


def _breaks(parts: Iterable[Part]) -> int:
    return sum(part.balances.first_break_line is not None or bool(part.balances.difference) for part in parts)


def _sample(parts: Iterable[Part]) -> list[Decimal]:
    return [amount for part in parts for _, amount in part.sample]


def _turned(parts: Iterable[Part]) -> list[Decimal]:
    return [-amount for amount in _sample(parts)]


def other_sign(part: Part) -> Sign | None:
    """The sign that a file would have the other way round, where its own is a guess; else None."""
    statement = part.statement
    if statement.mapping is None or statement.mapping.sign is None or statement.confidence.get("sign", 1) >= _GUESSED:
        return None
    return _TURNED.get(statement.mapping.sign)


def sides(part: Part, stored: Iterable[tuple[date, Decimal]]) -> Sides | None:
    """Whether an account has the rows of a file as they are, or all of them the other way round; else None.

    `stored` are day and amount of the account's rows on the days of the file's sample.
    """
    there = set(stored)
    days = {day for day, _ in there}
    shared = [(day, amount) for day, amount in part.sample if day in days and amount]
    same = sum((day, amount) in there for day, amount in shared)
    opposite = sum((day, -amount) in there for day, amount in shared)
    if min(same, opposite) > 0 or max(same, opposite) < max(_FEWEST, len(shared) / 2):
        return None
    return "same" if same else "opposite"
