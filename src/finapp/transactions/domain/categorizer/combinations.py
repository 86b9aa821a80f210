# ruff: noqa: E501  # a pattern is read and compared on one line
"""What several words together say, where each alone is a brand, a place or another trade."""

import re
from collections.abc import Collection
from typing import Final, Literal, NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer.findings import Finding
from finapp.transactions.domain.categorizer.values import SUGGESTS, Line
from finapp.transactions.domain.descriptor import Descriptor

Size = Literal["", "small", "large"]
"""What an amount tells where the words alone do not."""

_BRITAIN: Final = frozenset(("GB", "IE", ""))
_COMMONWEALTH: Final = _BRITAIN | {"AU", "NZ", "ZA"}
_BETWEEN_PEOPLE: Final = frozenset(("bank_transfer", "instant_transfer", "standing_order"))
_UNNAMED: Final = _BETWEEN_PEOPLE | {"", "bill_pay"}
"""Channels by which a household pays whom it names itself."""
_LARGE: Final = 500
"""What wages come to and a shop seldom pays back."""
_SMALL_MEAL: Final = 750
"""Rupees for which a hotel serves a meal and lets no room."""
_EMPLOYER: Final = re.compile(r"\b(?:NHS|HOSPITALS?|UNIVERSITY|ACADEMY|POLICE|CONSTABULARY|SUPERMARKETS?)\b")
_DIVIDEND: Final = re.compile(
    r"\b\d?(?:1ST|2ND|3RD|INT|INTERIM|FIN|FINAL|SPL|SPCL|I|F)?DIV(?:IDEND)?[ -]?(?:FY)?\d{2,4}\b"
)
_PUMP: Final = re.compile(r"\b(?:BPCL|IOCL|HPCL)\.\d{3,}")
_CREDITED: Final = re.compile(r"CREDIT|\b(?:BGC|BACS|CR)\b", re.IGNORECASE)
_HOTEL: Final = re.compile("HOTEL", re.IGNORECASE)
_INSTRUMENT: Final = "PIANO|GUITAR|VIOLIN|CELLO|DRUM|FLUTE|SAX|SINGING|MUSIC|DRIVING|SWIM|SWIMMING|FRENCH|SPANISH|GERMAN|ENGLISH|MATHS?|DANCE"
_CLUB: Final = (
    "SCOUTS?|CUBS?|BEAVERS?|BROWNIES?|GUIDES?|RAINBOWS?|EXPLORERS?|CLUB|FC|RFC|SWIM|SWIMMING|HOCKEY|FOOTBALL|RUGBY|CRICKET|"
    "NETBALL|TENNIS|BOWLS|ROWING|GOLF|CHOIR|BAND|KARATE|JUDO|DANCE|CADETS?|TEAM"
)
_UNION: Final = "UNION|UNISON|UNITE|GMB|NASUWT|NEU|RCN|PCS|USDAW|CWU|BMA|ASLEF|RMT|UCU|MEMBERSHIP|MEMBERS?|ANNUAL"


class _Combination(NamedTuple):
    """Words that mean a leaf together."""

    pattern: re.Pattern[str]
    leaf: str
    strength: float
    why: str
    countries: Collection[str] = ()
    """Where it holds; empty means everywhere."""
    channels: Collection[str] = ()
    """How it is paid; empty means by any channel."""
    direction: str = ""


_TABLE: Final = (
    _Combination(
        re.compile(r"^(?!.*\b(?:RESTAURANT|FEE|CHARGE)\b).*\b(?:BILLS (?:POT|SPACE|ACCOUNT|ACCT|ACC|AC|A C|MONEY|FUND)|(?:ACCOUNT|ACCT|ACC|JOINT|POT|HOUSEHOLD|HOUSE|MONTHLY|FOR) BILLS)\b|^BILLS$"),
        "transfer", 0.90, "money put aside for bills", _BRITAIN, _UNNAMED,
    ),
    _Combination(
        re.compile(r"^(?!.*\bRESTAURANT\b).*\bBILLS\b"),
        "transfer", 0.90, "money put aside for bills", _BRITAIN, _BETWEEN_PEOPLE,
    ),
    _Combination(
        re.compile(r"^(?!.*\bINT(?:EREST)?\b).*\b(?:STOCKS?|SHARES?|LIFETIME|JUNIOR|INVESTMENT|S S) ISA\b"),
        "investment", 0.93, "paid into an investment account", _BRITAIN,
    ),
    _Combination(
        re.compile(r"^(?!.*\bINT(?:EREST)?\b).*\b(?:(?:CASH|HELP TO BUY|H2B|HTB|FIXED RATE|EASY ACCESS|TO|FROM) ISA|REG(?:ULAR)? SAVER)\b"),
        "transfer", 0.93, "a savings account", _BRITAIN,
    ),
    _Combination(
        re.compile(r"^(?!.*\b(?:FEES?|CHG|CHRG|CHGS|CHARGES?|SURCHARGE|DECLINED?|REBATE|REFUND|REIMB\w*|CHECK|CHEQUE|CARD|INTEREST)\b).*\b(?:BANK|TESCO|ASDA|SAINSBURYS?|MORRISONS|COOP|OP|POST OFFICE) ATM\b"),
        "cash", 0.97, "a cash machine", (), ("", "cash", "card"),
    ),
    _Combination(re.compile(r"\bCOUNCIL\b(?!.*\b(?:PCN|PENALTY|FINES?)\b).*\b(?:PARKING|CAR PARKS?|PAY DISPLAY)\b"), "transport", 0.93, "parking of a council", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bCOUNCIL\b.*\bSCHOOL (?:MEALS?|DINNERS?|LUNCH(?:ES)?|FEES?|TRIPS?)\b"), "education", 0.93, "school meals of a council", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bCOUNCIL\b.*\b(?:LEISURE|SWIM|SWIMMING|POOLS?|THEATRE|MUSEUMS?|GOLF)\b"), "entertainment", 0.90, "leisure of a council", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bCOUNCIL\b.*\b(?:CAFE|COFFEE|BISTRO|RESTAURANT|CANTEEN|TEAROOMS?|TEA ROOMS?)\b"), "dining", 0.90, "a council's café", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bCOUNCIL\b(?!.*\bTAX\b).*\b(?:RENTS?|HOUSING)\b"), "rent", 0.93, "rent of a council", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bC ?TAX\b"), "taxes_gov", 0.96, "wording: council tax", _BRITAIN, (), "out"),
    _Combination(re.compile(r"\bSCHOOL (?:[A-Z]+ )?SUBS\b"), "education", 0.85, "dues of a school", _COMMONWEALTH),
    _Combination(re.compile(rf"\b(?:{_CLUB}) (?:[A-Z]+ )?SUBS\b"), "entertainment", 0.85, "dues of a club", _COMMONWEALTH),
    _Combination(re.compile(rf"\b(?:{_UNION}) SUBS\b"), "subscriptions", 0.85, "dues of a union or society", _COMMONWEALTH),
    _Combination(
        re.compile(r"\b(?:WINDOW CLEAN(?:ER|ERS|ING)|(?<!DRY )CLEANER|PLASTERER|GARDENER|ROOFER|ELECTRICIAN|DECORATOR|PLUMBER|HANDYMAN|CHIMNEY SWEEP)\b"),
        "home", 0.90, "a trade beside a name", (), _UNNAMED, "out",
    ),
    _Combination(re.compile(rf"\b(?:{_INSTRUMENT}) (?:LESSONS?|TUITION|TEACHER)\b"), "education", 0.90, "lessons", (), _UNNAMED | {"upi"}, "out"),
)  # fmt: skip
_ANY: Final = re.compile(
    "BILLS|ISA|SAVER|ATM|COUNCIL|TAX|SUBS|CLEAN|PLASTERER|GARDENER|ROOFER|ELECTRICIAN|DECORATOR|PLUMBER|HANDYMAN|SWEEP|"
    "LESSON|TUITION|TEACHER"
)
"""Whether any of the table may fit: most narrations hold none of these letters."""


def of_words(descriptor: Descriptor, country: str) -> Finding | None:
    """What the words of a narration without its numbers say together."""
    text = descriptor.text
    if not _ANY.search(text):
        return None
    for one in _TABLE:
        here = not one.countries or country in one.countries
        paid_so = not one.channels or descriptor.channel in one.channels
        there = not one.direction or not descriptor.direction or descriptor.direction == one.direction
        if here and paid_so and there and one.pattern.search(text):
            return Finding(one.leaf, one.strength, "template", "", one.why)
    return None


def of_numbers(descriptor: Descriptor, country: str) -> Finding | None:
    """What a word that ends in a number says, before numbers are left out: `INTDIV25`, the address `BPCL.12345`."""
    text = descriptor.text
    if country not in ("IN", ""):
        return None
    if "DIV" in text and descriptor.direction == "in" and _DIVIDEND.search(text):
        return Finding("income_interest", 0.95, "template", "", "wording: dividend")
    if "PCL." in text or "OCL." in text:
        pump = descriptor.direction != "in" and _PUMP.search(text)
        return Finding("fuel", 0.93, "template", "", "the address of a filling station") if pump else None
    return None


def size_of(line: Line) -> Size:
    """Whether the amount of a row may tell what its words leave open; empty for most rows, so that equal texts stay one.

    In whole units of the account's currency: of a hotel up to `_SMALL_MEAL` out, of a credit from `_LARGE` in.
    """
    if line.amount >= _LARGE:
        return "large" if _CREDITED.search(line.description) else ""
    return "small" if line.amount >= -_SMALL_MEAL and _HOTEL.search(line.description) else ""


def by_size(found: Finding | None, descriptor: Descriptor, country: str, size: Size) -> Finding | None:
    """A finding in view of the amount: an Indian hotel that takes little serves meals, and a shop or hospital that sends
    much by credit pays wages."""
    if size == "small" and found and country == "IN" and found.word == "HOTEL" and descriptor.direction != "in":
        return found._replace(leaf="dining", why="a hotel, at the price of a meal")
    if size != "large" or descriptor.channel != "direct_credit":
        return found
    spent = found is not None and found.source == "brand" and taxonomy.kind_of(found.leaf) == "expense"
    unsure = found is None or found.strength < SUGGESTS
    if spent or (unsure and _EMPLOYER.search(descriptor.text)):
        if found and found.leaf == "insurance":
            return Finding("income_other", 0.72, "template", found.name, "a large credit from an insurer")
        return Finding("income_salary", 0.78, "template", found.name if found else "", "a large credit from a company")
    return found
