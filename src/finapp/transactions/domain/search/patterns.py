"""Regular expressions that cannot take long, whatever the text: a bounded part of the usual syntax.

The part is what Python and PostgreSQL understand alike, so that a pattern finds the same rows on both databases.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from finapp.transactions.public import InvalidQuery

LOOKED_AT = 300
"""Characters of a text that a pattern is held against."""
_LONGEST = 100
_MOST_PATHS = LOOKED_AT**2
"""So many ways a match may be tried from one place: two open-ended repeats, or their like in bounded ones."""
_MOST_REPEATS = 255
"""As PostgreSQL counts."""
_PIECE = re.compile(r"\\(?P<escape>.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?.)?)|(?P<other>.)", re.S)
_REPEAT = re.compile(r"(?:[*+?]|\{(?P<least>\d+)(?P<comma>,?)(?P<most>\d*)\})(?P<manner>[?+]?)")
_ESCAPES = set("dDwWsSb.^$*+?()[]{}|/\\-'\"&#@!%:;,=<>~ ")
_AT = ("^", "$", "\\b")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One character of some kind, repeated or not; or a place, a bar, or a bracket that opens or closes."""

    kind: Literal["one", "at", "bar", "open", "close"]
    text: str
    least: int = 1
    most: int | None = 1
    """None without an end."""

    @property
    def ways(self) -> int:
        """How many counts the piece may take in a text of the length that is looked at."""
        return LOOKED_AT if self.most is None else self.most - self.least + 1


def checked(pattern: str, position: int) -> str:
    """The pattern, when it is bounded. Raises InvalidQuery that says what is not allowed.

    Groups are not repeated, there are neither references nor look-arounds, and repeats and alternatives together leave
    no more ways to match than two open-ended repeats do: so the time of a match is bounded, whatever the text.
    """
    if not pattern or len(pattern) > _LONGEST:
        raise InvalidQuery(f"a pattern has 1 to {_LONGEST} characters", position)
    for paths, at in _paths(_pieces(pattern, position + 1), position):
        if paths > _MOST_PATHS:
            raise InvalidQuery("repeats and alternatives leave too many ways to match", at)
    try:
        re.compile(pattern)
    except re.error as fault:
        raise InvalidQuery(f"is not a pattern: {fault.msg}", position + 1 + (fault.pos or 0)) from None
    return pattern


def ways(pattern: str) -> int:
    """How many ways a match of a checked pattern may be tried from one place."""
    return max(paths for paths, _ in _paths(_pieces(pattern, 0), 0))


def pieces(pattern: str) -> list[Piece]:
    """The pieces of a checked pattern, in order."""
    return [piece for piece, _ in _pieces(pattern, 0)]


def _paths(found: list[tuple[Piece, int]], position: int) -> Iterator[tuple[int, int]]:
    """The ways up to each piece and its place, and those of the whole."""
    paths, bars = 1, [0]
    for piece, at in found:
        if piece.kind == "open":
            bars.append(0)
        elif piece.kind == "close" and len(bars) > 1:
            paths *= bars.pop() + 1
        elif piece.kind == "bar":
            bars[-1] += 1
        paths *= piece.ways
        yield paths, at
    yield paths * (bars[0] + 1), position


def for_postgres(pattern: str) -> str:
    """A checked pattern as PostgreSQL writes it: the bound of a word, and a dot that stays on its line."""
    spelled = {"\\b": "\\y", ".": "[^\\n]"}
    return "".join(spelled.get(piece.text, piece.text) + _repeat(piece) for piece in pieces(pattern))


def _repeat(piece: Piece) -> str:
    if (piece.least, piece.most) == (1, 1):
        return ""
    return f"{{{piece.least},{'' if piece.most is None else piece.most}}}"


def _pieces(pattern: str, position: int) -> list[tuple[Piece, int]]:
    """Each piece, and the character in the query that its repeat stands at, or it itself without one."""
    found, at = [], 0
    while at < len(pattern):
        read = _PIECE.match(pattern, at)
        if read is None:
            raise InvalidQuery("is not a pattern: nothing follows the \\", position + at)
        _refuse_unknown(read, position + at)
        repeat = _REPEAT.match(pattern, read.end())
        kind = _kind(read)
        if repeat is None:
            found.append((Piece(kind=kind, text=read[0]), position + at))
        else:
            _refuse_repeat(repeat, kind, position + read.end())
            least, most = _counts(repeat)
            found.append((Piece(kind=kind, text=read[0], least=least, most=most), position + read.end()))
        at = repeat.end() if repeat else read.end()
    return found


def _kind(read: re.Match[str]) -> Literal["one", "at", "bar", "open", "close"]:
    if read[0] in _AT:
        return "at"
    if read["open"]:
        return "open"
    return "close" if read[0] == ")" else "bar" if read[0] == "|" else "one"


def _counts(repeat: re.Match[str]) -> tuple[int, int | None]:
    if repeat["least"] is None:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[repeat[0][0]]
    least = int(repeat["least"])
    return least, int(repeat["most"]) if repeat["most"] else None if repeat["comma"] else least


def _refuse_unknown(read: re.Match[str], position: int) -> None:
    if read["escape"] and read["escape"] not in _ESCAPES:
        raise InvalidQuery(f"\\{read['escape']} is not allowed in a pattern", position)
    if read["open"] and read["open"] != "(":
        raise InvalidQuery("groups that begin with (? are not allowed", position)
    if read["other"] in ("*", "+", "?"):
        raise InvalidQuery("is not a pattern: nothing to repeat", position)
    if read["other"] == "{":
        raise InvalidQuery("a repeat is written {2}, {2,} or {2,5}; a bracket that stands for itself \\{", position)
    if read["set"]:
        _refuse_set(read["set"], position)


def _refuse_set(text: str, position: int) -> None:
    for inner in re.finditer(r"\\(.)|(\[[:.=])", text[1:-1], re.S):
        if inner[2] or inner[1] == "b" or inner[1] not in _ESCAPES:
            raise InvalidQuery(f"{inner[0]} is not allowed in brackets", position + 1 + inner.start())


def _refuse_repeat(repeat: re.Match[str], kind: str, position: int) -> None:
    least, most = _counts(repeat)
    if kind == "close":
        raise InvalidQuery("a group cannot be repeated", position)
    if kind != "one":
        raise InvalidQuery("is not a pattern: nothing to repeat", position)
    if repeat["manner"] == "+":
        raise InvalidQuery("is not a pattern: multiple repeat", position + len(repeat[0]) - 1)
    if max(least, most or 0) > _MOST_REPEATS or (most is not None and most < least):
        raise InvalidQuery(f"a repeat goes from the smaller to the larger count, up to {_MOST_REPEATS}", position)
