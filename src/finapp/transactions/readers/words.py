"""The words of headings in the languages of banks, and the part each heading plays in a table."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from finapp.kernel.currencies import EXPONENTS, KNOWN
from finapp.transactions.readers.knowledge import knowledge, pattern

Role = Literal[
    "transaction_date", "date", "value_date", "time", "debit", "credit", "amount", "flag", "balance", "fee",
    "currency", "original_amount", "original_currency", "rate", "status", "bank_id", "mcc", "category", "account",
    "payee", "payer", "text", "note", "kind", "tags", "other",
]  # fmt: skip

_LETTERS = str.maketrans(
    {
        **dict(
            zip(
                "äàáâãåāéèêëęíìîïóòôöõőøúùûüűçćčñńňśšșźżžłýďťţțřğıęąěůūşźľāēī",
                "aaaaaaaeeeeeiiiiooooooouuuuucccnnnssszzzlydtttrgieaeuuszlaei",
                strict=True,
            )
        ),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "&": " and ",
        "#": " no ",
        "№": " no ",
    }
)
_MONEY_WORDS = {code.lower() for code in EXPONENTS} | set("rs inr euro euros eur rupees franken".split())
_MONEY_WORDS -= {"all", "top", "try", "mop"}

_AFTER_IN = [[word] for word in _MONEY_WORDS]

_HEADINGS = knowledge("headings")
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role["name"], pattern(role["pattern"])) for role in _HEADINGS["roles"]
)
_UNUSED, _BANK_ID, _ACCOUNT = (pattern(_HEADINGS[name]) for name in ("unused", "bank_id", "account"))
_MONEY_OR_DATE = re.compile(r"\b(amount|amt|debit|credit|date|description|balance)\b")


def _in_currency(words: list[str], at: int) -> bool:
    """The `in` of `Amount (in Rs)`, but not that of `Paid in (EUR)`."""
    after, before = words[at + 1 : at + 2], words[at - 1 : at] if at else []
    return words[at] == "in" and after in _AFTER_IN and before not in (["paid"], ["money"], ["payments"], ["cash"])


def _plain(text: str) -> str:
    """A word of any script without blanks, brackets and what stands in them."""
    return re.sub(r"[\s_]+|[(（\[].*?[)）\]]", "", text.lstrip("\ufeff# ")).casefold()


_OF_SCRIPTS = {_plain(word): english for english, words in knowledge("scripts").items() for word in words.split()}


@lru_cache(maxsize=4096)
def normalized(heading: str) -> str:
    """A heading in lower case without accents, punctuation, currencies and camel case; one in another script than
    Latin in English."""
    if not heading.isascii() and (english := _OF_SCRIPTS.get(_plain(heading))):
        return english
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip().lstrip("\ufeff# "))
    text = text.lower().translate(_LETTERS)
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    words = [word for at, word in enumerate(words) if not _in_currency(words, at)]
    kept = [word for word in words if word not in _MONEY_WORDS]
    return " ".join(kept or words)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """The part a heading plays: a role, `other` for a known heading that is not used, None when it is unknown."""
    if not heading.strip() or len(heading) > 80:
        return None
    text = normalized(heading)
    if not text or len(text.split()) > 9:
        return None
    if _BANK_ID.fullmatch(text):
        return "bank_id"
    if _ACCOUNT.fullmatch(text):
        return "account"
    if _UNUSED.fullmatch(text) and not _MONEY_OR_DATE.search(text):
        return "other"
    return next((role for role, words in _ROLES if words.fullmatch(text)), None)


def currency_of(heading: str) -> str | None:
    """The ISO code a heading names: `Amount (EUR)`, `Withdrawal Amount (INR )`, `CAD$`, `Balance (£)`."""
    # As a word of its own, or at the end of one in small letters: VALEUR is no mark of euros.
    words: list[str] = re.findall(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", heading)
    if code := next((word for word in words if word in KNOWN), None):
        return code
    signs = {"₹": "INR", "£": "GBP", "€": "EUR", "Rs": "INR", "EURO": "EUR", "euros": "EUR"}
    return next((code for sign, code in signs.items() if sign in heading), None)


def currency_given(headings: Sequence[str], given: str | None) -> str | None:
    """The ISO code that a mapping gives for all rows, where it names no column."""
    code = (given or "").strip().upper()
    return code if code in KNOWN and code not in (heading.strip().upper() for heading in headings) else None
