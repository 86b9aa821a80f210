"""What the lines around the table say: whose account, which period, which balances, which country's conventions."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from finapp.kernel.currencies import KNOWN
from finapp.kernel.patterns import late
from finapp.transactions.domain.statement import AccountHint, DateOrder
from finapp.transactions.readers.amounts import DecimalMark, read_amount
from finapp.transactions.readers.dates import parts_of, read_date
from finapp.transactions.readers.knowledge import knowledge, pattern
from finapp.transactions.readers.layouts import Layout
from finapp.transactions.readers.marks import OPENING, TOTAL

_WORDS = knowledge("wording")
_COUNTRIES = {
    country: late(rf"(?<![A-Z])(?:{pattern(words).pattern})(?![A-Z])") for country, words in _WORDS["countries"].items()
}
_COMMA = set("DE AT FR NL BE ES IT PT PL CZ SK DK SE NO FI BR AR CO TR GR".split())
_COUNTRY_OF_CURRENCY = dict(
    pair.split(":")
    for pair in "INR:IN GBP:GB AUD:AU NZD:NZ EUR:DE CHF:CH SGD:SG ZAR:ZA PLN:PL SEK:SE NOK:NO DKK:DK CZK:CZ HUF:HU "
    "BRL:BR AED:AE MYR:MY LKR:LK BDT:BD PKR:PK NPR:NP IDR:ID TRY:TR HKD:HK".split()
)
_CURRENCY_OF_COUNTRY = {country: currency for currency, country in _COUNTRY_OF_CURRENCY.items()}
_CURRENCY_OF_COUNTRY |= {"US": "USD", "CA": "CAD"} | dict.fromkeys("AT FR NL BE ES IT PT IE FI GR".split(), "EUR")
_NUMBER = re.compile(
    r"(?i)\b(?:account|a/?c|acct|card|\w*konto\w*|iban|rekening\w*|compte|cuenta|conto|kontonr|number)\b[^0-9a-z]{0,4}"
    r"(?:number|no|nummer|nr|num|details|ending in|name)?[^0-9x*a-z]{0,12}"
    r"((?:[a-z]{2}\d{2}[ ]?)?[\dx*•][\dx*• -]{2,34}\d{2,4})"
)
_NAMED_FILE = re.compile(r"(?i)^(?:chase(\d{4})_activity|[a-z]{3,9}20\d\d_(\d{4})\b)")
"""Exports that say the number in the file name only: `Chase1234_Activity20260131.CSV`, `January2026_1234.csv`."""
_CARD = re.compile(
    r"(?i)credit ?card|kreditkarte|creditcard|visa|mastercard|amex"
    r"|\b(?:total|minimum)(?: amount| payment)? dues?\b|\bpayment due date\b"
)
_CARD_NUMBER = re.compile(r"(?im)^\W*card (?:no|number)\b")
_ACCOUNT_NUMBER = re.compile(r"(?i)\b(?:account|a/c|acct)\W{0,3}(?:no|number)\b")
_HOLDER = re.compile(
    r"(?i)^\W*(?:(?:account )?(?:holder|name)|customer(?: name)?|name|kunde|kontoinhaber|titulaire|titular|"
    r"intestatario)\s*(?::-|:|-|,|;|\s)\s*[,;]?\s*(.{3,60})$"
)
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[- /](?:[A-Za-z]{3,9})[-, /]+\d{2,4}|[A-Za-z]{3,9} \d{1,2}, \d{4}"
    r"|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}"
)
_PERIOD = re.compile(
    r"(?i)period|from|zeitraum|statement|between|transactions|periode|du .* au|dal|desde|von|date range|range"
)
_CURRENCY_LINE = re.compile(r"(?i)\b(?:currency|waehrung|währung|devise|divisa|munt|valuta)\b\W{0,6}([A-Z]{3})\b")


class Hints(NamedTuple):
    """What surrounds the table says."""

    account: AccountHint
    opening: Decimal | None
    closing: Decimal | None
    period: tuple[date, date] | None


def country_hint(country: str | None, currency: str | None, layout: Layout | None) -> str | None:
    """The country whose conventions most likely apply: the layout's own, else the user's, else the currency's."""
    if layout and layout.country:
        return layout.country
    return country or _COUNTRY_OF_CURRENCY.get(currency or "")


def country_of_wording(text: str, least: int = 1) -> str | None:
    """The country whose banking words and places stand in a text at least `least` times, when one clearly leads."""
    upper = re.sub(r"[ \t]+", " ", text.upper())
    counts = {country: len(words.findall(upper)) for country, words in _COUNTRIES.items()}
    first, second = sorted(counts, key=lambda country: -counts[country])[:2]
    return first if counts[first] >= max(least, 2 * counts[second]) else None


def likely_currency(layout: Layout | None, text: str) -> str | None:
    """The currency of the country whose export it is; that of a bank of several countries is told by its wording."""
    if layout is None or layout.institution is None:
        return None
    return _CURRENCY_OF_COUNTRY.get(layout.country or country_of_wording(text, 2) or "")


def order_of_country(country: str | None) -> DateOrder | None:
    """How a country writes numeric dates, None when the country is unknown."""
    if country in (None, "CA"):
        return None
    return "mdy" if country in ("US", "PH", "PR", "GU") else "dmy"


def writes_comma(country: str | None) -> bool:
    """Whether a country separates cents with a comma."""
    return country in _COMMA


def named_days(lines: Iterable[Sequence[str]]) -> list[date]:
    """Days that the surrounding lines name unmistakably."""
    found = []
    for cells in lines:
        text = " ".join(cells)
        for word in _DAY.findall(text):
            parts = parts_of(word)
            if parts is None:
                continue
            order: DateOrder = "dmy" if parts.first > 12 or parts.separator == "." else "mdy"
            if parts.fixed or parts.first > 12 or parts.second > 12 or parts.separator == ".":
                day = read_date(word, order)
                found += [day] if day else []
    return found


def institution_of(text: str) -> str | None:
    """The bank a text names, the earliest mention first."""
    found: list[tuple[int, str]] = []
    for names in _WORDS["institutions"]:
        first = names[0]
        words = "|".join(rf"(?<![A-Za-z]){re.escape(name)}(?![a-z])" for name in names)
        match = re.search(words, text, 0 if len(first) < 5 else re.IGNORECASE)
        if match:
            found.append((match.start(), first))
    return min(found)[1] if found else None


def read_hints(
    before: Sequence[Sequence[str]],
    after: Sequence[Sequence[str]],
    filename: str,
    layout: Layout | None,
    decimal: DecimalMark,
    order: DateOrder,
) -> Hints:
    """Account, balances and period from the lines before and after the table."""
    around = [[cell.strip() for cell in cells if cell.strip()] for cells in (*before, *after)]
    head = [" ".join(cells) for cells in around[: len(before)]]
    text = "\n".join(head)
    number = next((match[1] for line in [*head, filename] if (match := _NUMBER.search(line))), None)
    if number is None and (named := _NAMED_FILE.match(filename)):
        number = named[1] or named[2]
    holder = next((match[1].strip(" ,;:-") for line in head if (match := _HOLDER.match(line))), None)
    opening, closing = _balances(around, decimal)
    card = (layout and layout.card) or _of_card(text, filename)
    return Hints(
        account=AccountHint(
            number_last4=last4(number),
            institution=(layout.institution if layout else None) or institution_of(text) or institution_of(filename),
            currency=stated_currency(text),
            holder=holder,
            country=layout.country if layout else None,
            kind="credit_card" if card else None,
        ),
        opening=opening,
        closing=closing,
        period=_period(head, order),
    )


def stated_currency(text: str) -> str | None:
    """The ISO code behind a word for currency in the lines around a table."""
    return next((found[1] for found in _CURRENCY_LINE.finditer(text) if found[1] in KNOWN), None)


def _of_card(text: str, filename: str) -> bool:
    """Whether the lines before the table are those of a card's statement."""
    if _CARD.search(f"{text} {filename}"):
        return True
    return _CARD_NUMBER.search(text) is not None and _ACCOUNT_NUMBER.search(text) is None


def last4(number: str | None) -> str | None:
    """The last four digits of an account or card number."""
    digits = re.sub(r"\D", "", number or "")
    return digits[-4:] if len(digits) >= 3 else None


def _balances(lines: list[list[str]], decimal: DecimalMark) -> tuple[Decimal | None, Decimal | None]:
    """Opening and closing balance: behind their words, or below them where a summary prints words and then numbers."""
    opening: Decimal | None = None
    closing: Decimal | None = None
    for cells, below in zip(lines, [*lines[1:], []], strict=False):
        for words, value in _named_amounts(cells, below, decimal):
            if OPENING.match(words):
                opening = value if opening is None else opening
            else:
                closing = value
    return opening, closing


def _named_amounts(cells: list[str], below: list[str], decimal: DecimalMark) -> list[tuple[str, Decimal]]:
    shown = [a.value for cell in cells[1:] if (a := read_amount(cell, decimal)) is not None]
    named = [at for at, cell in enumerate(cells) if _names_balance(cell)]
    if not named:
        return []
    if shown:
        return [(cells[0], shown[0])] if named[0] == 0 else []
    if ":" in cells[0] and (tail := read_amount(cells[0].rsplit(":", 1)[1], decimal)) is not None:
        return [(cells[0], tail.value)]
    if len(below) != len(cells) or len(cells) < 3:
        return []
    values = [read_amount(cell, decimal) for cell in below]
    return [(cells[at], value.value) for at in named if (value := values[at]) is not None]


def _names_balance(cell: str) -> bool:
    words = re.sub(r"[:\d.,₹$€£-]+.*$", "", cell).strip()
    return bool(words) and TOTAL.fullmatch(words) is not None and "total" not in words.lower()


def _period(lines: list[str], order: DateOrder) -> tuple[date, date] | None:
    """The period a line before the table states: two days in one line with a word for it."""
    for line in lines:
        if not _PERIOD.search(line):
            continue
        days = [day for word in _DAY.findall(line) if (day := read_date(word, order))]
        if len(days) == 2 and days[0] <= days[1]:
            return days[0], days[1]
    return None
