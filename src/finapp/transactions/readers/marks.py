"""Words that tell money in from money out: debit and credit marks, kinds of entries, and wording of descriptions."""

import re
from functools import lru_cache
from typing import Literal

from finapp.transactions.readers.knowledge import knowledge, pattern
from finapp.transactions.readers.words import normalized

Side = Literal["debit", "credit"]

_WORDS = knowledge("wording")
_DEBIT_MARKS, _CREDIT_MARKS = frozenset(_WORDS["debit_marks"]), frozenset(_WORDS["credit_marks"])
_IN, _OUT, _INCOME = (pattern(_WORDS[name]) for name in ("incoming", "outgoing", "income_category"))
PENDING, UNDONE = pattern(_WORDS["pending"]), pattern(_WORDS["undone"])
"""What a status says of a row that is not booked yet, or never will be."""
_PENDING_SECTION, _POSTED_SECTION = (
    re.compile(
        rf"(?i)\W*(?:your )?(?:{said})(?: (?:transactions?|activity|payments?|items?|charges|purchases|"
        rf"authori[sz]ations?|umsätze|buchungen))?{more}\W*"
    )
    for said, more in (
        (
            r"pending|authori[sz]ed|uncleared|unposted|ausstehende|vorgemerkte?|(?:transactions? )?not yet \w+",
            r"(?:\W+(?:and )?not (?:yet )?\w+)?",
        ),
        ("posted|booked|completed|cleared|settled|gebuchte", ""),
    )
)
PAID_CARD = pattern(_WORDS["paid_card"])
"""What a card prints beside a payment that it received."""
TOTAL, OPENING = pattern(_WORDS["total"]), pattern(_WORDS["opening"])
"""Words that total and balance lines begin with, and those among them that stand before the rows."""
BALANCE_LINE, BARE_TOTAL = pattern(_WORDS["balance_line"]), pattern(_WORDS["bare_total"])
"""Wordings no payment has, and wordings a payment may have too."""


def is_pending_section(line: str) -> bool | None:
    """Whether a line says that the rows below it are not booked yet, or that they are; None for any other line."""
    if _PENDING_SECTION.fullmatch(line):
        return True
    return False if _POSTED_SECTION.fullmatch(line) else None


@lru_cache(maxsize=8192)
def side_of(mark: str) -> Side | None:
    """Debit or credit, when a cell is a word for one of them."""
    text = mark.strip()
    if text in ("-", "−"):
        return "debit"
    if text == "+":
        return "credit"
    text = normalized(text) if text else ""
    if text in _DEBIT_MARKS:
        return "debit"
    return "credit" if text in _CREDIT_MARKS else None


def wording(text: str) -> Side | None:
    """Which way money went by the wording of a description or category, or None when it does not tell."""
    text = normalized(text.replace("*", " "))
    incoming = _IN.search(text)
    if incoming:
        return "credit"
    return "debit" if _OUT.search(text) else None


@lru_cache(maxsize=2048)
def is_income(category: str) -> bool:
    """Whether a category is a word for money earned."""
    return _INCOME.fullmatch(category) is not None
