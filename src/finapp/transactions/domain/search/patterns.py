"""Regular expressions that cannot take long, whatever the text: a bounded part of the usual syntax."""

import re

from finapp.transactions.public import InvalidQuery

_LONGEST = 100
_MOST_OPEN = 2
_PIECE = re.compile(r"\\(?P<escape>.)|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:\?.)?)|(?P<close>\))|(?P<other>.)", re.S)
_REPEAT = re.compile(r"[*+?]|\{\d*,?\d*\}")
_ESCAPES = set("dDwWsSb.^$*+?()[]{}|/\\-'\"&#@!%:;,=<>~ ")


def checked(pattern: str, position: int) -> str:
    """The pattern, when it is bounded. Raises InvalidQuery that says what is not allowed.

    Groups are not repeated, at most two repeats are open-ended, and there are neither references nor look-arounds:
    so the time a match takes grows with a low power of the length of a narration.
    """
    if not pattern or len(pattern) > _LONGEST:
        raise InvalidQuery(f"a pattern has 1 to {_LONGEST} characters", position)
    try:
        re.compile(pattern)
    except re.error as fault:
        raise InvalidQuery(f"is not a pattern: {fault.msg}", position + 1 + (fault.pos or 0)) from None
    open_ended, at = 0, 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        end = piece.end() if piece else at + 1
        if piece and piece["escape"] and piece["escape"] not in _ESCAPES:
            raise InvalidQuery(f"\\{piece['escape']} is not allowed in a pattern", position + 1 + at)
        if piece and piece["open"] and piece["open"] != "(":
            raise InvalidQuery("groups that begin with (? are not allowed", position + 1 + at)
        repeat = _REPEAT.match(pattern, end)
        if repeat:
            if piece and piece["close"]:
                raise InvalidQuery("a group cannot be repeated", position + 1 + end)
            open_ended += _is_open(repeat[0])
            if open_ended > _MOST_OPEN:
                raise InvalidQuery(f"a pattern has at most {_MOST_OPEN} open-ended repeats", position + 1 + end)
            end = repeat.end()
        at = end
    return pattern


def _is_open(repeat: str) -> bool:
    counts = re.findall(r"\d+", repeat)
    return repeat in "*+" or repeat.endswith(",}") or any(int(count) > 100 for count in counts)
