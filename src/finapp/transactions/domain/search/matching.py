"""Patterns held against texts in a time that grows with the text alone, whatever the pattern.

Python's `re` tries each way a pattern may match from each place of a text. Here all ways are followed at once
(Thompson, "Regular expression search algorithm", 1968): what is known after a character is the set of places in the
pattern that are reached, and each set is worked out once.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from finapp.transactions.domain.search.patterns import LOOKED_AT, Piece, pieces, ways

_MOST_STEPS = 10_000
"""So much is kept of a pattern before it is worked out anew."""
_Before = bool | None
"""Whether the character before belongs to a word; None at the begin."""


def holds(pattern: str, text: str) -> bool:
    """Whether a checked pattern matches somewhere in a text, whatever the case."""
    return _holder(pattern)(text)


@lru_cache(maxsize=16)
def _holder(pattern: str) -> Callable[[str], bool]:
    if ways(pattern) <= LOOKED_AT:
        # Python's own is twice as fast, and with one open-ended repeat it cannot take long.
        search = re.compile(pattern, re.IGNORECASE).search
        return lambda text: search(text) is not None
    return Machine(pieces(pattern)).holds


class _Node:
    """A place in the pattern: `one` takes a character, `at` asks where it is, `fork` leads on, `end` has matched."""

    __slots__ = ("kind", "nexts", "text")

    def __init__(self, kind: str, text: str, nexts: tuple["_Node", ...]) -> None:
        self.kind, self.text, self.nexts = kind, text, nexts


class _State:
    """The places that are reached before a character, and what each next character leads to."""

    __slots__ = ("before", "nodes", "steps")

    def __init__(self, nodes: frozenset[_Node], before: _Before) -> None:
        self.nodes, self.before = nodes, before
        self.steps: dict[str, _State] = {}


_MATCHED = _State(frozenset(), None)


class Machine:
    """A pattern that is followed through texts."""

    steps: int
    """So many characters were worked out and are kept."""

    def __init__(self, parts: Sequence[Piece]) -> None:
        self._begin, _ = _alternatives(list(parts), 0, _Node("end", "", ()))
        self._forget()

    def _forget(self) -> None:
        self._states: dict[tuple[frozenset[_Node], _Before], _State] = {}
        self.steps = 0
        self._first = self._state(frozenset(), None)

    def holds(self, text: str) -> bool:
        state = self._first
        for letter in (*text[:-1], "\n\n", "") if text.endswith("\n") else (*text, ""):
            following = state.steps.get(letter) or self._worked_out(state, letter)
            if following is _MATCHED:
                return True
            state = following
        return False

    def _worked_out(self, state: _State, letter: str) -> _State:
        if self.steps > _MOST_STEPS:
            self._forget()
        self.steps += 1
        following = state.steps[letter] = self._following(state, letter)
        return following

    def _following(self, state: _State, letter: str) -> _State:
        """Where a letter leads; none at the end of the text, and a doubled one for a line's end that is the last."""
        reached: set[_Node] = set()
        open_, seen = [self._begin, *state.nodes], set[_Node]()
        while open_:
            node = open_.pop()
            if node in seen:
                continue
            seen.add(node)
            if node.kind == "end":
                return _MATCHED
            if node.kind == "fork" or (node.kind == "at" and _stands(node.text, state.before, letter)):
                open_ += node.nexts
            elif node.kind == "one" and letter and _fits(node.text, letter[0]):
                reached.update(node.nexts)
        return self._state(frozenset(reached), bool(letter) and _fits(r"\w", letter[0]))

    def _state(self, nodes: frozenset[_Node], before: _Before) -> _State:
        return self._states.setdefault((nodes, before), _State(nodes, before))


def _stands(place: str, before: _Before, letter: str) -> bool:
    if place == "^":
        return before is None
    if place == "$":
        return letter in ("", "\n\n")
    return bool(before) != (bool(letter) and _fits(r"\w", letter[0]))


@lru_cache(maxsize=10_000)
def _fits(text: str, letter: str) -> bool:
    return _one(text).fullmatch(letter) is not None


@cache
def _one(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _alternatives(parts: list[Piece], at: int, after: _Node) -> tuple[_Node, int]:
    """The place where the alternatives that stand at a piece begin, and the piece that follows them."""
    begins: list[_Node] = []
    here: list[Piece | tuple[int, int]] = []
    while True:
        part = parts[at] if at < len(parts) else None
        if part is None or part.kind in ("bar", "close"):
            begins.append(_row(parts, here, after))
            here = []
            if part is None or part.kind == "close":
                return _Node("fork", "", tuple(begins)), at + 1
            at += 1
        elif part.kind == "open":
            closed = _closing(parts, at)
            here.append((at + 1, closed))
            at = closed + 1
        else:
            here.append(part)
            at += 1


def _row(parts: list[Piece], row: list[Piece | tuple[int, int]], after: _Node) -> _Node:
    for part in reversed(row):
        if isinstance(part, tuple):
            after, _ = _alternatives(parts[part[0] : part[1]], 0, after)
        elif part.kind == "at":
            after = _Node("at", part.text, (after,))
        else:
            after = _repeated(part, after)
    return after


def _repeated(part: Piece, after: _Node) -> _Node:
    if part.most is None:
        again = _Node("fork", "", (after,))
        again.nexts = (after, _Node("one", part.text, (again,)))
        after = again
    else:
        rest = after
        for _ in range(part.most - part.least):
            after = _Node("fork", "", (rest, _Node("one", part.text, (after,))))
    for _ in range(part.least):
        after = _Node("one", part.text, (after,))
    return after


def _closing(parts: list[Piece], at: int) -> int:
    depth = 0
    for place in range(at, len(parts)):
        depth += {"open": 1, "close": -1}.get(parts[place].kind, 0)
        if depth == 0:
            return place
    raise AssertionError("a checked pattern closes its groups")
