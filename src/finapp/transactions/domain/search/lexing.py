"""A query as a row of tokens, each with the character it begins at."""

import re
from typing import Literal, NamedTuple

from finapp.transactions.public import InvalidQuery

LONGEST = 1000
Kind = Literal["(", ")", "-", ",", "word", "text", "regex", "field", "end"]
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*)(!=|==|>=|<=|:|=|>|<)")
_WORD = re.compile(r"""[^\s()",]+""")


class Token(NamedTuple):
    """One token. A field token carries its name in `text` and its comparison in `sign`."""

    kind: Kind
    text: str
    position: int
    """From 0."""
    sign: str = ""


def tokens(text: str) -> list[Token]:
    """The tokens of a query, the last one `end`. Raises InvalidQuery for a quote or a pattern that is not closed."""
    if len(text) > LONGEST:
        raise InvalidQuery(f"is longer than {LONGEST} characters", LONGEST)
    control = next((at for at, letter in enumerate(text) if not letter.isprintable() and not letter.isspace()), None)
    if control is not None:
        raise InvalidQuery("holds a character that cannot be stored", control)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token, at = _next(text, at, found[-1] if found else None)
        found.append(token)
    return [*found, Token("end", "", len(text))]


def _next(text: str, at: int, before: Token | None) -> tuple[Token, int]:
    letter = text[at]
    if letter in "(),":
        return Token(letter, letter, at), at + 1  # type: ignore[arg-type]  # one of the three kinds
    if letter == '"':
        return _quoted(text, at)
    adjoins_field = before is not None and before.kind in ("field", ",") and text[at - 1] in ":=,"
    if letter == "/" and (adjoins_field or text.find("/", at + 1) > at):
        return _regex(text, at)
    after_field = before is not None and before.kind == "field"
    if letter == "-" and not adjoins_field and not after_field and text[at + 1 : at + 2].strip():
        return Token("-", "-", at), at + 1
    field = _FIELD.match(text, at) if not adjoins_field else None
    if field is not None and not (before is not None and before.kind == "field"):
        return Token("field", field[1].lower(), at, field[2]), field.end()
    word = _WORD.match(text, at)
    end = word.end() if word is not None else at + 1
    return Token("word", text[at:end], at), end


def _quoted(text: str, at: int) -> tuple[Token, int]:
    letters, here = [], at + 1
    while here < len(text) and text[here] != '"':
        if text[here] == "\\" and here + 1 < len(text):
            here += 1
        letters.append(text[here])
        here += 1
    if here >= len(text):
        raise InvalidQuery("the quote is not closed", at)
    return Token("text", "".join(letters), at), here + 1


def _regex(text: str, at: int) -> tuple[Token, int]:
    here = at + 1
    while here < len(text) and text[here] != "/":
        here += 2 if text[here] == "\\" else 1
    if here >= len(text):
        raise InvalidQuery("the pattern is not closed by a /", at)
    return Token("regex", text[at + 1 : here].replace("\\/", "/"), at), here + 1
