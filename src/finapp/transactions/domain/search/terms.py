"""What a single condition means, field by field."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from finapp.transactions.domain.search import days
from finapp.transactions.domain.search.lexing import Token
from finapp.transactions.domain.search.patterns import checked
from finapp.transactions.domain.search.values import (
    Between,
    Carries,
    Contains,
    Either,
    How,
    Is,
    Matches,
    Named,
    Node,
    Not,
    OneOf,
    OnKind,
    Originally,
    Recurring,
    Regex,
    SincePayday,
    Sized,
    Touched,
)
from finapp.transactions.public import InvalidQuery

_TEXTS: dict[str, Any] = {"text": "any", "description": "description", "desc": "description", "note": "note"}
_CHOICES = {
    "flow": ("income", "expense", "transfer", "investment", "debt", "refund"),
    "need": ("essential", "discretionary"),
    "account_kind": ("checking", "savings", "credit_card", "cash", "loan", "investment", "overdraft"),
    "status": ("pending", "posted", "reconciled"),
}
_FREE = ("currency", "import", "id", "original")
_CARRIED: dict[str, How] = {"tag": "is", "reference": "is", "attachment": "contains"}
"""What a row carries, and how it is compared unless a star says otherwise."""
_NAMED = ("account", "other_account", "category")
_TOUCHED = ("created", "changed")
_RECURRING = {"day": 31, "month": 12}
_AMOUNTS = ("amount", "value", "original_amount")
_COMPARED = (*_AMOUNTS, "date", *_TOUCHED)
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})(?:\.\d+)?")
"""Thousands, or lakhs and crores."""
IS = ("asked", "in", "out", "split", "paired", "decided", "uncategorized", "foreign", "imported", "marked", "hidden",
      "pending", "posted", "reconciled")  # fmt: skip
HAS = {
    "attachment": "attached", "note": "noted", "tag": "tagged", "category": "categorized", "merchant": "with_merchant",
    "transfer": "paired", "split": "split", "original": "foreign", "import": "imported", "reference": "referenced",
}  # fmt: skip
FIELDS = (
    *_TEXTS, "merchant", *_NAMED, *_CHOICES, *_FREE, *_CARRIED, *_AMOUNTS, "date", "from", "to", "since", "before",
    "after", *_TOUCHED, *_RECURRING, "is", "has", "sort",
)  # fmt: skip


def plain(token: Token) -> Node:
    """A word, a quoted text or a pattern that stands alone: somewhere in description, merchant or note."""
    return _in_text("any", token)


def of_field(field: Token, values: Sequence[Token], today: date) -> Node:
    """The condition of a field, its comparison and its values; a list of values asks for any of them."""
    name = field.text
    if name not in FIELDS:
        raise InvalidQuery(f"there is no field {name}; put a text with a colon into quotes", field.position)
    if field.sign in (">", "<", ">=", "<=") and name not in _COMPARED:
        raise InvalidQuery(f"{name} cannot be compared by {field.sign}", field.position)
    if field.sign == "==" and name not in (*_TEXTS, "merchant", *_NAMED, *_CARRIED):
        raise InvalidQuery("== stands between a text and all of it: write :", field.position)
    if len(values) > 1 and field.sign in (">", "<", ">=", "<="):
        values = (_grouped(field, values),)
    read = _reader(field, today)
    parts = tuple(read(value) for value in values)
    found: Node = parts[0] if len(parts) == 1 else Either(parts=parts)
    return Not(part=found) if field.sign == "!=" else found


def _grouped(field: Token, values: Sequence[Token]) -> Token:
    """The one number that commas group, 1,000 or 1,00,000: there is nothing to compare with a list."""
    text = ",".join(value.text for value in values)
    adjoining = all(value.position + len(value.text) + 1 == after.position for value, after in pairwise(values))
    if field.text not in _AMOUNTS or not adjoining or not _GROUPED.fullmatch(text):
        raise InvalidQuery(f"{field.text}{field.sign} takes one value, not a list", values[1].position)
    return values[0]._replace(text=text.replace(",", ""))


def _reader(field: Token, today: date) -> Callable[[Token], Node]:
    name = field.text
    if name in _TEXTS:
        return lambda value: _whole(_TEXTS[name], field, value) or _in_text(_TEXTS[name], value)
    if name == "merchant":
        return lambda value: _whole(name, field, value) or _merchant(value)
    if name in _NAMED:
        return lambda value: _named(name, field, value)
    if name == "account_kind":
        return lambda value: OnKind(kind=_chosen(value, _CHOICES[name]))
    if name in _CHOICES:
        return lambda value: OneOf(field=name, values=(_chosen(value, _CHOICES[name]),))  # type: ignore[arg-type]
    if name in _FREE:
        return lambda value: OneOf(field=name, values=(value.text,))  # type: ignore[arg-type]
    if name in _AMOUNTS:
        return lambda value: _sized(field, value)
    if name in _RECURRING:
        return lambda value: _recurring(name, value)
    if name in _CARRIED:
        return lambda value: _carried(name, field, value)
    if name in ("is", "has"):
        return lambda value: _property(name, value)
    return lambda value: _dated(field, value, today)


def _in_text(name: Any, token: Token) -> Node:
    if token.kind == "regex":
        return Regex(field=name, pattern=checked(token.text, token.position))
    return Contains(field=name, text=token.text)


def _whole(name: Any, field: Token, value: Token) -> Node | None:
    """The condition on the whole text of a field, or on its begin or end; None when a part of it is asked for."""
    if value.kind == "regex":
        return None
    how, text = _compared(field, value, "contains")
    if how == "contains":
        return Contains(field=name, text=text) if text != value.text else None
    return Matches(field=name, text=text, how=how)


def _compared(field: Token, value: Token, otherwise: How) -> tuple[How, str]:
    """How a text is compared, and the text without the stars that say so. In quotes a star is a star."""
    text = value.text
    if field.sign == "==":
        return "is", text
    if value.kind == "word" and len(text) > 1:
        begins, ends = text.endswith("*"), text.startswith("*")
        if begins and ends and len(text) > 2:
            return "contains", text[1:-1]
        if begins and not ends:
            return "begins", text[:-1]
        if ends and not begins:
            return "ends", text[1:]
    return otherwise, text


def _carried(name: Any, field: Token, token: Token) -> Node:
    _refuse_pattern(name, token)
    how, text = _compared(field, token, _CARRIED[name])
    return Carries(field=name, text=text, how=how)


def _refuse_pattern(name: str, token: Token) -> None:
    if token.kind == "regex":
        raise InvalidQuery(f"{name} takes a text, not a pattern", token.position)


def _merchant(value: Token) -> Node:
    if value.kind == "regex":
        return _in_text("merchant", value)
    return Named(field="merchant", name=value.text, position=value.position)


def _recurring(name: Any, token: Token) -> Node:
    if not (token.text.isascii() and token.text.isdecimal()) or not 1 <= int(token.text) <= _RECURRING[name]:
        raise InvalidQuery(f"{name} is a number from 1 to {_RECURRING[name]}", token.position)
    return Recurring(part=name, number=int(token.text))


def _named(name: Any, field: Token, token: Token) -> Node:
    _refuse_pattern(name, token)
    how, text = _compared(field, token, "contains")
    return Named(field=name, name=text, position=token.position, how=how)


def _chosen(token: Token, known: Sequence[str]) -> str:
    if token.text.lower() not in known:
        raise InvalidQuery(f"is one of {', '.join(known)}", token.position)
    return token.text.lower()


def _property(name: str, token: Token) -> Node:
    word = _chosen(token, IS if name == "is" else tuple(HAS))
    return Is(word=word if name == "is" else HAS[word])


def _sized(field: Token, token: Token) -> Node:
    bounds = _bounds(field, token)
    if field.text == "original_amount":
        return Originally(**bounds)
    return Sized(**bounds, signed=field.text == "value")


def _bounds(field: Token, token: Token) -> dict[str, Any]:
    sign = field.sign
    if ".." in token.text:
        low, _, high = token.text.partition("..")
        if sign not in (":", "=", "!="):
            raise InvalidQuery("a range stands after a colon", token.position)
        ends = [_number(part, token) if part else None for part in (low, high)]
        if ends == [None, None] or (ends[0] is not None and ends[1] is not None and ends[0] > ends[1]):
            raise InvalidQuery("a range goes from the smaller to the larger amount", token.position)
        return {"low": ends[0], "high": ends[1]}
    amount = _number(token.text, token)
    low_bound = None if sign in ("<", "<=") else amount
    high_bound = None if sign in (">", ">=") else amount
    return {"low": low_bound, "high": high_bound, "without_low": sign == ">", "without_high": sign == "<"}


def _number(text: str, token: Token) -> Decimal:
    if not _PLAIN.fullmatch(text):
        raise InvalidQuery(f"{text!r} is not an amount such as 450 or 12.50", token.position)
    number = Decimal(text)
    if abs(number) >= 10**15 or len(number.as_tuple().digits) > 30:
        raise InvalidQuery("is not an amount that can be stored", token.position)
    return number


def _dated(field: Token, token: Token, today: date) -> Node:
    word = token.text.lower().replace(" ", "-")
    if word in ("payday", "pay-day", "since-payday", "since-pay-day") and field.text in ("date", "since", "from"):
        return SincePayday(today=today)
    first, last = _days(field, word, token, today)
    if field.text in _TOUCHED:
        return Touched(how=field.text, first=first, last=last)  # type: ignore[arg-type]
    return Between(first=first, last=last)


def _days(field: Token, word: str, token: Token, today: date) -> tuple[date | None, date | None]:
    """The days that a field, its comparison and a date ask for, both included."""
    if ".." in word and field.text in ("date", *_TOUCHED):
        low, _, high = word.partition("..")
        first = _span(low, token, today)[0] if low else None
        last = _span(high, token, today)[1] if high else None
        if (first is None and last is None) or (first and last and first > last):
            raise InvalidQuery("a range goes from the earlier to the later date", token.position)
        return first, last
    first, last = _span(word, token, today)
    name, sign = field.text, field.sign
    if name in ("from", "since") or sign == ">=":
        return first, None
    if name == "to" or sign == "<=":
        return None, last
    if name == "before" or sign == "<":
        return None, first - timedelta(days=1)
    if name == "after" or sign == ">":
        return last + timedelta(days=1), None
    return first, last


def _span(text: str, token: Token, today: date) -> days.Span:
    found = days.span(text, today)
    if found is None or not date(1900, 1, 1) <= found[0] <= found[1] <= date(2199, 12, 31):
        known = ", ".join(days.WORDS)
        raise InvalidQuery(f"{text!r} is no date: write 2026-05-03, 2026-05, 2026, or {known}", token.position)
    return found
