"""Amounts as banks print them: 1,23,456.78 and 1.234,56, (450.00), 450.00 DR, 450.00-, with any currency sign."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from finapp.kernel.currencies import KNOWN
from finapp.transactions.readers.remembered import remembered

DecimalMark = Literal[".", ","]

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u202f\u2006\u200a\u200b\ufeff\u2060\t\r\n"), " ")
_MINUS = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2019\u2018\u00b4`"), "'")
_TIDY = {**_SPACES, **_MINUS, **_QUOTES}

_CURRENCY = (
    r"(?:[₹$€£¥₩₽₺₴₦₱฿₫₪]|R\$|RS\.?|RE\.?|KR\.?|ZŁ|KČ|FT|LEI|R|FR\.?|SFR\.?|EUROS?|(?:US|A|C|AU|CA|NZ|HK|S)\$|[A-Z]{3})"
)
_SHAPE = re.compile(
    rf"""(?P<open>\()?\s*(?P<before>[+-])?\s*(?:(?P<lead>CR|DR|C|D|H|S)\b\.?)?\s*(?P<left>{_CURRENCY})?\s*(?P<inner>[+-])?\s*
    (?P<open2>\()?\s*(?P<number>\d[\d.,' ]*|[.,]\d+)\s*(?P<right>{_CURRENCY}|/-)?\s*(?P<close>\))?\s*
    (?P<mark>\(?(?:CR|DR|CREDIT|DEBIT|DB|C|D|H|S|SOLL|HABEN|AF|BIJ)\.?\)?)?\s*(?P<after>[+-])?""",
    re.VERBOSE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.' ]\d{2,3})*[,.' ]\d{3}|\d{1,2}(?:[,.' ]\d{4})+|\d*")
_SEPARATORS = str.maketrans("", "", ",.' ")
_BY_SIGN = {"₹": "INR", "€": "EUR", "£": "GBP", "R$": "BRL", "₺": "TRY", "₽": "RUB", "₪": "ILS", "ZŁ": "PLN"}
_BY_SIGN |= {"RS": "INR", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD"}
_BY_SIGN |= {"HK$": "HKD", "EURO": "EUR", "EUROS": "EUR", "KČ": "CZK", "FT": "HUF", "SFR": "CHF", "฿": "THB"}
_DEBITS = {"DR", "D", "DEBIT", "DB", "S", "SOLL", "AF"}
FILLERS = {"", "-", "--", "---", "–", "—", "n/a", "na", "nil", "null", "none", "nan", "*", ".", "#", "_"}


class Amount(NamedTuple):
    """A printed amount: its value with the printed sign, the mark beside it, and the currency if it shows one."""

    value: Decimal
    mark: Literal["", "DR", "CR", "+", "-"]
    currency: str | None = None


def tidied(text: str) -> str:
    """A cell without spreadsheet wrapping (`="x"`, a leading apostrophe) and without odd spaces and dashes."""
    text = text.strip() if text.isascii() else text.translate(_TIDY).strip()
    if text.startswith("=") and len(text) > 2:
        text = text[1:].strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text[1:].strip() if text.startswith("'") else text


@remembered
def read_amount(text: str, decimal: DecimalMark) -> Amount | None:
    """The amount a cell prints, or None when it prints none. DR and brackets make it negative, CR does not."""
    match = _SHAPE.fullmatch(tidied(text).upper())
    if match is None:
        return None
    value = _number(match["number"].strip(), decimal)
    currency = _currency(match["left"], match["right"])
    if value is None or currency == "?":
        return None
    mark = (match["mark"] or match["lead"] or "").strip("(). ")
    sign = match["before"] or match["inner"] or match["after"] or ""
    if mark in _DEBITS:
        return Amount(-abs(value), "DR", currency)
    if mark:
        return Amount(-value if sign == "-" else value, "CR", currency)
    if sign == "-" or ((match["open"] or match["open2"]) and match["close"]):
        return Amount(-value, "-", currency)
    return Amount(value, "+" if sign == "+" else "", currency)


def _number(body: str, decimal: DecimalMark) -> Decimal | None:
    whole, mark, fraction = body.rpartition(decimal)
    if not mark:
        whole, fraction = body, ""
    if decimal in whole or not (fraction == "" or fraction.isdigit()) or not _GROUPED.fullmatch(whole):
        return None
    digits = whole.translate(_SEPARATORS)
    if not (digits or fraction) or len(digits) > 18:
        return None
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)


def _currency(*texts: str | None) -> str | None:
    """The ISO code beside the number, None when there is none or it is unclear, `?` when it is no currency."""
    for text in texts:
        if not text or text == "/-":
            continue
        word = text.rstrip(".")
        if word in _BY_SIGN:
            return _BY_SIGN[word]
        if len(word) == 3 and word.isalpha() and word.isascii():
            return word if word in KNOWN else "?"
    return None


_LIKELY = re.compile(r"\D{0,6}\d[\d.,' ]*\D{0,9}")


def looks_like_amount(text: str) -> bool:
    """Whether a cell prints an amount in either style."""
    if len(text) > 32 or not _LIKELY.fullmatch(tidied(text)):
        return False
    return read_amount(text, ".") is not None or read_amount(text, ",") is not None


def has_fraction(text: str) -> bool:
    """Whether a cell prints cents: money rather than a count or a number of something."""
    return re.search(r"\d[.,]\d{1,2}(?!\d)", text) is not None


def is_filler(text: str) -> bool:
    """Whether a cell stands for 'nothing here'."""
    text = text.strip()
    return not text or (len(text) < 8 and tidied(text).lower() in FILLERS)


def decimal_mark(
    texts: Iterable[str], comma_country: bool = False, thousandths: bool = False
) -> tuple[DecimalMark, float]:
    """Which character separates the cents in these cells, and how sure that is.

    Decided by cells that can be read one way only; `comma_country` decides where there is no mark, and `thousandths`,
    that the currency has three decimals, where each mark has three digits behind it.
    """
    sure = {".": 0, ",": 0}
    thousands = {".": 0, ",": 0}
    for text in texts:
        found = re.findall(r"[.,]", body := "".join(re.findall(r"[\d.,]+", tidied(text))))
        if not found:
            continue
        last = found[-1]
        other = "," if last == "." else "."
        if len(set(found)) == 2:
            sure[last] += 1
        elif len(found) > 1:
            sure[other] += 1
        elif len(body) - body.rindex(last) - 1 != 3 or body[0] == "0":
            sure[last] += 1
        else:
            thousands[last] += 1
    if sure["."] or sure[","]:
        mark: DecimalMark = "." if sure["."] >= sure[","] else ","
        return mark, sure[mark] / (sure["."] + sure[","])
    if thousands[","] and not thousands["."]:
        return ".", 0.8
    if thousands["."] and not thousands[","]:
        # Three digits behind each point are thousands: hardly a currency has so many decimals.
        return ("." if thousandths else ","), 0.6
    return ("," if comma_country else "."), 0.9
