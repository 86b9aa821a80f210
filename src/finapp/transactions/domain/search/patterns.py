"""Regular expressions that cannot take long, whatever the text: a bounded part of the usual syntax."""

import re

from finapp.transactions.public import InvalidQuery

_LONGEST = 100
_LOOKED_AT = 300
"""Characters of a text that a pattern is held against."""
_MOST_PATHS = _LOOKED_AT**2
"""So many ways a match may be tried from one place: two open-ended repeats, or their like in bounded ones."""
_PIECE = re.compile(r"\\(?P<escape>.)|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:\?.)?)|(?P<close>\))|(?P<other>.)", re.S)
_REPEAT = re.compile(r"[*+?]|\{\d*,?\d*\}")
_ESCAPES = set("dDwWsSb.^$*+?()[]{}|/\\-'\"&#@!%:;,=<>~ ")


def checked(pattern: str, position: int) -> str:
    """The pattern, when it is bounded. Raises InvalidQuery that says what is not allowed.

    Groups are not repeated, there are neither references nor look-arounds, and repeats and alternatives together leave
    no more ways to match than two open-ended repeats do: so the time of a match is bounded, whatever the text.
    """
    if not pattern or len(pattern) > _LONGEST:
        raise InvalidQuery(f"a pattern has 1 to {_LONGEST} characters", position)
    try:
        re.compile(pattern)
    except re.error as fault:
        raise InvalidQuery(f"is not a pattern: {fault.msg}", position + 1 + (fault.pos or 0)) from None
    paths, at, bars = 1, 0, [0]
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        end = piece.end() if piece else at + 1
        _refuse_unknown(piece, position + 1 + at)
        if piece and piece["open"]:
            bars.append(0)
        elif piece and piece["close"]:
            paths *= bars.pop() + 1
        elif piece and piece[0] == "|":
            bars[-1] += 1
        repeat = _REPEAT.match(pattern, end)
        if repeat:
            if piece and piece["close"]:
                raise InvalidQuery("a group cannot be repeated", position + 1 + end)
            paths *= _choices(repeat[0])
        if paths > _MOST_PATHS:
            raise InvalidQuery("repeats and alternatives leave too many ways to match", position + 1 + end)
        at = repeat.end() if repeat else end
    if paths * (bars[0] + 1) > _MOST_PATHS:
        raise InvalidQuery("repeats and alternatives leave too many ways to match", position)
    return pattern


def _refuse_unknown(piece: re.Match[str] | None, position: int) -> None:
    if piece and piece["escape"] and piece["escape"] not in _ESCAPES:
        raise InvalidQuery(f"\\{piece['escape']} is not allowed in a pattern", position)
    if piece and piece["open"] and piece["open"] != "(":
        raise InvalidQuery("groups that begin with (? are not allowed", position)


def _choices(repeat: str) -> int:
    """How many counts a repeat may take in a text of the length that is looked at."""
    if repeat in "*+" or repeat.endswith(",}"):
        return _LOOKED_AT
    if repeat == "?":
        return 2
    counts = [int(count) for count in re.findall(r"\d+", repeat)]
    least = 0 if repeat.startswith("{,") else counts[0]
    return min(counts[-1], _LOOKED_AT) - min(least, _LOOKED_AT) + 1
