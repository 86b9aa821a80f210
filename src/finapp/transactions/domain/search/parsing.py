"""From tokens to conditions: `or` binds weakest, words side by side all hold, `-` and `not` deny what follows."""

import unicodedata
from datetime import date

from finapp.transactions.domain.search import terms
from finapp.transactions.domain.search.lexing import Token, tokens
from finapp.transactions.domain.search.values import All, Either, Node, Not, Order, Query
from finapp.transactions.public import InvalidQuery

_DEEPEST, _MOST_TERMS = 20, 100
_ORDERS: dict[str, Order] = {"date": "date", "-date": "-date", "amount": "amount", "-amount": "-amount"}


def parse(text: str, *, today: date) -> Query:
    """The query of a text. Raises InvalidQuery that points at a character."""
    # As names and texts are stored.
    parser = _Parser(tokens(unicodedata.normalize("NFC", text)), today)
    where = parser.either(0) if parser.here.kind != "end" else None
    if parser.here.kind != "end":
        raise InvalidQuery("nothing is open that this could close", parser.here.position)
    return Query(where=where, order=parser.order)


class _Parser:
    def __init__(self, found: list[Token], today: date) -> None:
        self._tokens = found
        self._at = 0
        self._terms = 0
        self._today = today
        self.order: Order | None = None

    @property
    def here(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self.here
        self._at += 1
        return token

    def _is_word(self, word: str) -> bool:
        return self.here.kind == "word" and self.here.text.lower() == word

    def either(self, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise InvalidQuery("is nested too deeply", self.here.position)
        parts = [self._all(depth)]
        while self._is_word("or"):
            self._take()
            parts.append(self._all(depth))
        held = [part for part in parts if part is not None]
        if len(held) < len(parts) and len(parts) > 1:
            raise InvalidQuery("a condition is missing beside `or`", self.here.position)
        if len(held) < 2:
            return held[0] if held else None
        return Either(parts=tuple(held))

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        first = self.here
        while self.here.kind not in ("end", ")") and not self._is_word("or"):
            if self._is_word("and") and first is not self.here:
                self._take()
                continue
            part = self._part(depth)
            if part is not None:
                parts.append(part)
        if first is self.here:
            raise InvalidQuery("a condition is missing here", self.here.position)
        if len(parts) < 2:
            return parts[0] if parts else None
        return All(parts=tuple(parts))

    def _part(self, depth: int) -> Node | None:
        token = self._take()
        self._terms += 1
        if self._terms > _MOST_TERMS:
            raise InvalidQuery(f"has more than {_MOST_TERMS} conditions", token.position)
        if token.kind == "-" or (token.kind == "word" and token.text.lower() == "not"):
            if depth > _DEEPEST:
                raise InvalidQuery("is nested too deeply", token.position)
            denied = self._part(depth + 1) if self.here.kind != "end" else None
            if denied is None:
                raise InvalidQuery("there is nothing to deny here", token.position)
            return Not(part=denied)
        if token.kind == "(":
            inner = self.either(depth + 1)
            if self.here.kind != ")":
                raise InvalidQuery("the bracket is not closed", token.position)
            self._take()
            return inner
        if token.kind == "field":
            return self._field(token)
        if token.kind in (")", ","):
            raise InvalidQuery(f"{token.text!r} stands where a condition should", token.position)
        return terms.plain(token)

    def _field(self, token: Token) -> Node | None:
        values = self._values(token)
        if token.text == "sort":
            order = _ORDERS.get(values[0].text.lower())
            if order is None or len(values) > 1 or token.sign not in (":", "="):
                raise InvalidQuery(f"sort takes one of {', '.join(_ORDERS)}", values[0].position)
            self.order = order
            return None
        return terms.of_field(token, values, self._today)

    def _values(self, field: Token) -> list[Token]:
        values = [self._value(field)]
        while self.here.kind == ",":
            self._take()
            values.append(self._value(field))
        return values

    def _value(self, field: Token) -> Token:
        if self.here.kind not in ("word", "text", "regex"):
            raise InvalidQuery(f"{field.text}{field.sign} needs a value", self.here.position)
        return self._take()
