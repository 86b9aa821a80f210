"""Streams that the user has merged or split. Edits name rows by account, day and amount and hold for rows to come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from statistics import median
from typing import Literal

from finapp.reports.domain.recurring.counterparties import Key
from finapp.reports.domain.recurring.fitting import best_fit
from finapp.reports.domain.recurring.rows import Row
from finapp.reports.domain.recurring.separation import Found

Placed = tuple[Key, Found]
Marks = Callable[[Placed], Sequence[str]]
"""The mark of each row of a stream."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Merge: all rows of `parts` are one stream. Split: each part is a stream of its own."""

    kind: Literal["merge", "split"]
    parts: tuple[frozenset[str], ...]


def edited(found: Sequence[Placed], edits: Sequence[Edit], calendar: str, marks: Marks) -> list[Placed]:
    """The streams after the edits, the oldest first."""
    streams = list(found)
    for edit in edits:
        change = _merged if edit.kind == "merge" else _split
        streams = change([(placed, marks(placed)) for placed in streams], edit, calendar)
    return streams


_Marked = tuple[Placed, Sequence[str]]


def _merged(streams: Sequence[_Marked], edit: Edit, calendar: str) -> list[Placed]:
    """Every stream that shares most of its rows with one of the parts joins the others."""
    meant = [placed for placed, marks in streams if any(_is(marks, part) for part in edit.parts)]
    every = [placed for placed, _ in streams]
    if len(meant) < 2:
        return every
    key = max(meant, key=lambda placed: len(placed[1].rows))[0]
    joined = fitted(sorted((row for _, stream in meant for row in stream.rows), key=_order), calendar)
    if joined is None:
        return every
    return [placed for placed in every if placed not in meant] + [(key, joined)]


def _split(streams: Sequence[_Marked], edit: Edit, calendar: str) -> list[Placed]:
    """A stream that shares most of its rows with all parts falls into them; new rows go to the part of their size."""
    whole = frozenset().union(*edit.parts)
    after: list[Placed] = []
    for (key, stream), marks in streams:
        touched = sum(any(one in part for one in marks) for part in edit.parts)
        if touched < 2 or not _is(marks, whole):
            after.append((key, stream))
            continue
        parts = [found for rows in _parts(stream, marks, edit) if (found := fitted(rows, calendar)) is not None]
        after += [(key, part) for part in parts]
    return after


def _parts(stream: Found, marks: Sequence[str], edit: Edit) -> list[list[Row]]:
    parts: list[list[Row]] = [[] for _ in edit.parts]
    new: list[Row] = []
    for row, mark in zip(stream.rows, marks, strict=True):
        place = next((i for i, part in enumerate(edit.parts) if mark in part), None)
        (new if place is None else parts[place]).append(row)
    sizes = [log(median(row.amount for row in part)) if part else 0.0 for part in parts]
    for row in new:
        present = [i for i, part in enumerate(parts) if part]
        parts[min(present, key=lambda i: abs(log(row.amount) - sizes[i]))].append(row)
    return [sorted(part, key=_order) for part in parts]


def _order(row: Row) -> tuple[int, str]:
    return row.day, row.id


def _is(marks: Sequence[str], part: frozenset[str]) -> bool:
    """Whether a stream is the one that a part of an edit was: it has half the rows of the shorter of the two."""
    shared = sum(mark in part for mark in marks)
    return shared > 0 and shared * 2 >= min(len(part), len(marks))


def fitted(rows: Sequence[Row], calendar: str) -> Found | None:
    """The rows as one stream because the user says so; None when no calendar rule joins even two of them."""
    fit = best_fit(tuple(row.day for row in rows), calendar) if len(rows) > 1 else None
    if fit is None:
        return None
    return Found(rows=tuple(rows[position] for _, position, _ in fit.hits), fit=fit, evidence=max(fit.evidence, 3.5))
