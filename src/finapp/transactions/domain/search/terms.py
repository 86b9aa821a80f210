"""What a single condition means, field by field."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from finapp.transactions.domain.search import days
from finapp.transactions.domain.search.lexing import Token
from finapp.transactions.domain.search.patterns import checked
from finapp.transactions.domain.search.values import (
    Between,
    Contains,
    Either,
    Is,
    Named,
    Node,
    Not,
    OneOf,
    Regex,
    SincePayday,
    Sized,
)
from finapp.transactions.public import InvalidQuery

_TEXTS: dict[str, Any] = {"text": "any", "description": "description", "desc": "description", "note": "note"}
_CHOICES = {
    "flow": ("income", "expense", "transfer", "investment", "debt", "refund"),
    "need": ("essential", "discretionary"),
    "status": ("pending", "posted", "reconciled"),
}
_FREE = ("currency", "tag", "import", "id")
IS = ("asked", "in", "out", "split", "paired", "decided", "uncategorized", "foreign", "imported")
HAS = {"note": "noted", "tag": "tagged", "category": "categorized", "merchant": "with_merchant", "transfer": "paired",
       "split": "split", "original": "foreign", "import": "imported"}  # fmt: skip
FIELDS = (
    *_TEXTS, "merchant", "account", "category", *_CHOICES, *_FREE, "amount", "value", "date", "from", "to", "since",
    "before", "after", "is", "has", "sort",
)  # fmt: skip


def plain(token: Token) -> Node:
    """A word, a quoted text or a pattern that stands alone: somewhere in description, merchant or note."""
    return _in_text("any", token)


def of_field(field: Token, values: Sequence[Token], today: date) -> Node:
    """The condition of a field, its comparison and its values; a list of values asks for any of them."""
    name = field.text
    if name not in FIELDS:
        raise InvalidQuery(f"there is no field {name}; put a text with a colon into quotes", field.position)
    if field.sign in (">", "<", ">=", "<=") and name not in ("amount", "value", "date"):
        raise InvalidQuery(f"{name} cannot be compared by {field.sign}", field.position)
    read = _reader(field, today)
    parts = tuple(read(value) for value in values)
    found: Node = parts[0] if len(parts) == 1 else Either(parts=parts)
    return Not(part=found) if field.sign == "!=" else found


def _reader(field: Token, today: date) -> Callable[[Token], Node]:
    name = field.text
    if name in _TEXTS:
        return lambda value: _in_text(_TEXTS[name], value)
    if name == "merchant":
        return lambda value: _in_text("merchant", value) if value.kind == "regex" else _named("merchant", value)
    if name in ("account", "category"):
        return lambda value: _named(name, value)
    if name in _CHOICES:
        return lambda value: OneOf(field=name, values=(_chosen(value, _CHOICES[name]),))  # type: ignore[arg-type]
    if name in _FREE:
        return lambda value: OneOf(field=name, values=(value.text,))  # type: ignore[arg-type]
    if name in ("amount", "value"):
        return lambda value: _sized(field, value)
    if name in ("is", "has"):
        return lambda value: _property(name, value)
    return lambda value: _dated(field, value, today)


def _in_text(name: Any, token: Token) -> Node:
    if token.kind == "regex":
        return Regex(field=name, pattern=checked(token.text, token.position))
    return Contains(field=name, text=token.text)


def _named(name: Any, token: Token) -> Node:
    if token.kind == "regex":
        raise InvalidQuery(f"{name} takes a name, not a pattern", token.position)
    return Named(field=name, name=token.text, position=token.position)


def _chosen(token: Token, known: Sequence[str]) -> str:
    if token.text.lower() not in known:
        raise InvalidQuery(f"is one of {', '.join(known)}", token.position)
    return token.text.lower()


def _property(name: str, token: Token) -> Node:
    word = _chosen(token, IS if name == "is" else tuple(HAS))
    return Is(word=word if name == "is" else HAS[word])


def _sized(field: Token, token: Token) -> Node:
    signed, sign = field.text == "value", field.sign
    if ".." in token.text:
        low, _, high = token.text.partition("..")
        if sign not in (":", "=", "!="):
            raise InvalidQuery("a range stands after a colon", token.position)
        ends = [_number(part, token) if part else None for part in (low, high)]
        if ends == [None, None] or (ends[0] is not None and ends[1] is not None and ends[0] > ends[1]):
            raise InvalidQuery("a range goes from the smaller to the larger amount", token.position)
        return Sized(low=ends[0], high=ends[1], signed=signed)
    amount = _number(token.text, token)
    low_bound = None if sign in ("<", "<=") else amount
    high_bound = None if sign in (">", ">=") else amount
    return Sized(low=low_bound, high=high_bound, signed=signed, without_low=sign == ">", without_high=sign == "<")


def _number(text: str, token: Token) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidQuery(f"{text!r} is not an amount such as 450 or 12.50", token.position) from None
    if not number.is_finite() or abs(number) >= 10**15 or len(number.as_tuple().digits) > 30:
        raise InvalidQuery("is not an amount that can be stored", token.position)
    return number


def _dated(field: Token, token: Token, today: date) -> Node:
    word = token.text.lower()
    if word in ("payday", "since-payday") and field.text in ("date", "since", "from"):
        return SincePayday()
    if ".." in word and field.text == "date":
        low, _, high = word.partition("..")
        first = _span(low, token, today)[0] if low else None
        last = _span(high, token, today)[1] if high else None
        if (first is None and last is None) or (first and last and first > last):
            raise InvalidQuery("a range goes from the earlier to the later date", token.position)
        return Between(first=first, last=last)
    first, last = _span(word, token, today)
    name, sign = field.text, field.sign
    if name in ("from", "since") or sign == ">=":
        return Between(first=first, last=None)
    if name == "to" or sign == "<=":
        return Between(first=None, last=last)
    if name == "before" or sign == "<":
        return Between(first=None, last=first - timedelta(days=1))
    if name == "after" or sign == ">":
        return Between(first=last + timedelta(days=1), last=None)
    return Between(first=first, last=last)


def _span(text: str, token: Token, today: date) -> days.Span:
    found = days.span(text, today)
    if found is None or not date(1900, 1, 1) <= found[0] <= found[1] <= date(2199, 12, 31):
        known = ", ".join(days.WORDS)
        raise InvalidQuery(f"{text!r} is no date: write 2026-05-03, 2026-05, 2026, or {known}", token.position)
    return found
