"""Dates as banks print them: 31/01/2026, 01-Jan-26, 2026-01-31T10:22, 31. Januar 2026, 20260131, 46053."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from finapp.transactions.domain.statement import DateOrder
from finapp.transactions.readers.amounts import tidied
from finapp.transactions.readers.remembered import remembered

_MONTHS = {
    1: "jan januar january janvier janv enero ene gennaio gen januari jaan januari janeiro styczen sty tammikuu led",
    2: "feb februar february fevrier fevr fev febrero febbraio februari fevereiro feber luty lut helmikuu",
    3: "mar marz maerz mrz march mars marzo maart mrt marco marz marzec mart maaliskuu",
    4: "apr april avril avr abril abr aprile kwiecien kwi huhtikuu",
    5: "may mai mei mayo maggio mag maio maj toukokuu",
    6: "jun juni june juin junio giugno giu junho czerwiec cze kesakuu",
    7: "jul juli july juillet juil julio luglio lug julho lipiec lip heinakuu",
    8: "aug august aout agosto ago augustus augusti sierpien sie elokuu",
    9: "sep sept september septembre septiembre settembre set setembro wrzesien wrz syyskuu",
    10: "oct okt october oktober octobre octubre ottobre ott outubro out pazdziernik paz lokakuu",
    11: "nov november novembre noviembre novembro listopad lis marraskuu",
    12: "dec dez des december dezember decembre diciembre dic dicembre dezembro grudzien gru joulukuu desember",
}
_MONTH = {word: number for number, words in _MONTHS.items() for word in words.split()}
_ACCENTS = str.maketrans("äàáâãåéèêëíìîïóòôöõúùûüçñśźńž", "aaaaaaeeeeiiiiooooouuuucnsznz")

_CLOCK = r"\d{1,2}[:.hH]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:Z|UTC|GMT|IST|BST|JST|CES?T|A?[CEMPW][DS]T|[+-]\d{2}:?\d{2})?(?:\s*Uhr)?"
_TIME = rf"(?:[T\s,;/-]+(?:at\s+|um\s+)?{_CLOCK}\s*{_ZONE})?"
_WEEKDAY = r"(?:[A-Za-zäéû]{2,10}[.,]{0,2}\s+)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s?[-/. ]\s?(\d{{1,2}})\s?[-/. ]\s?(\d{{1,2}})\.?{_TIME}")
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\s?([-/. ])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}})\.?(?:\s+[A-Za-z]{{3}})?{_TIME}"
    r"(?:\s+as of [\d/.-]+)?"
)
_NAMED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?[-\s./]*(?:de\s+)?([^\W\d_]{{3,12}})\.?[-\s./,']*(?:de\s+)?(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_US = re.compile(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.?[-\s]*(\d{{1,2}})(?:st|nd|rd|th)?[,\s-]+(\d{{4}}){_TIME}")
_NAMED_ISO = re.compile(rf"(\d{{4}})[-\s./]([^\W\d_]{{3,12}})[-\s./](\d{{1,2}}){_TIME}")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_COMPACT = re.compile(r"(\d{8})(?:\d{6}|[ T-]?\d{2}:?\d{2}(?::?\d{2})?)?(?:\.\d+)?(?:\[.*\])?")
_SERIAL = re.compile(r"([23456]\d{4})(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)


class Parts(NamedTuple):
    """Three numbers of a date in the order printed; `fixed` when only one reading is possible by shape."""

    first: int
    second: int
    third: int
    fixed: bool
    separator: str = ""


@remembered
def parts_of(text: str) -> Parts | None:
    """The numbers of a printed date. Fixed shapes come back as (year, month, day)."""
    text = tidied(text)
    if not text.isascii():
        text = _EAST_ASIAN.sub(r"\1-\2-\3", text, count=1)
    if not 5 <= len(text) <= 45:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return Parts(int(match[1]), int(match[2]), int(match[3]), True)
    if match := _NUMERIC.fullmatch(text):
        return Parts(int(match[1]), int(match[3]), _full_year(match[4]), False, match[2])
    if match := _COMPACT.fullmatch(text):
        return _compact(match[1])
    return _named(text)


def _named(text: str) -> Parts | None:
    plain = text.lower().translate(_ACCENTS).replace("ß", "ss")
    if (match := _NAMED.fullmatch(plain)) and match[2] in _MONTH:
        return Parts(_full_year(match[3]), _MONTH[match[2]], int(match[1]), True)
    if (match := _NAMED_US.fullmatch(plain)) and match[1] in _MONTH:
        return Parts(int(match[3]), _MONTH[match[1]], int(match[2]), True)
    if (match := _NAMED_ISO.fullmatch(plain)) and match[2] in _MONTH:
        return Parts(int(match[1]), _MONTH[match[2]], int(match[3]), True)
    return None


def _compact(digits: str) -> Parts | None:
    if 1950 <= int(digits[:4]) <= 2100 and int(digits[4:6]) <= 12:
        return Parts(int(digits[:4]), int(digits[4:6]), int(digits[6:]), True)
    if 1950 <= int(digits[4:]) <= 2100:
        return Parts(int(digits[:2]), int(digits[2:4]), int(digits[4:]), False)
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def read_date(text: str, order: DateOrder) -> date | None:
    """The day a cell prints, numbers read in `order`, or None. Times are dropped: a booking date is a date."""
    parts = parts_of(text)
    if parts is None:
        serial = _SERIAL.fullmatch(tidied(text)) if order == "serial" else None
        return _EPOCH + timedelta(days=int(serial[1])) if serial else None
    try:
        if parts.fixed:
            return _plausible(date(parts.first, parts.second, parts.third))
        if order == "ymd":
            return _plausible(date(2000 + parts.first, parts.second, parts.third % 100))
        month, day = (parts.first, parts.second) if order == "mdy" else (parts.second, parts.first)
        return _plausible(date(parts.third, month, day))
    except ValueError:
        return None


def _plausible(day: date) -> date | None:
    return day if 1950 <= day.year <= 2100 else None


def looks_like_date(text: str) -> bool:
    """Whether a cell prints a date in any order."""
    parts = parts_of(text)
    if parts is None:
        return False
    if parts.fixed:
        return 1950 <= parts.first <= 2100 and 1 <= parts.second <= 12 and 1 <= parts.third <= 31
    small, large = sorted((parts.first, parts.second))
    return 1 <= small <= 12 and large <= 31 and 1950 <= parts.third <= 2100


def is_serial(text: str) -> bool:
    """Whether a cell could be a spreadsheet's day number (from 1954 to 2091)."""
    return _SERIAL.fullmatch(tidied(text)) is not None


_PROVEN = 0.85


class Dates(dict[str, date | None]):
    """Remembers each distinct text, because statements repeat them."""

    def __init__(self, order: DateOrder) -> None:
        super().__init__()
        self._order = order

    def __missing__(self, text: str) -> date | None:
        day = read_date(text, self._order)
        if len(self) < 100_000:
            self[text] = day
        return day


class Order(NamedTuple):
    """A date order, how sure it is from 0 to 1, and by what."""

    order: DateOrder | None
    confidence: float
    why: str

    def assumption(self) -> str | None:
        """What was assumed and how to say otherwise, when nothing in the file proves the order."""
        if self.confidence >= _PROVEN or self.order not in ("dmy", "mdy"):
            return None
        read, other = ("day before month", "mdy") if self.order == "dmy" else ("month before day", "dmy")
        reason = "as the country writes them" if self.why == "country" else f"by {self.why}"
        return (
            f"dates such as 03/04 are read with the {read}, {reason}: nothing in the file proves it. "
            f'If that is wrong, take the import back and import again with the mapping {{"date_order": "{other}"}}'
        )


def decide_order(
    columns: Sequence[Sequence[str]], country_order: DateOrder | None = None, known: Iterable[date] = ()
) -> Order:
    """The order of numeric dates, decided by the cells of all date columns together.

    First by impossible months, then by days the file names unmistakably (`known`, its period), then by which reading
    runs steadily, then by the country. None when nothing decides.
    """
    loose = [[p for p in map(parts_of, column) if p and not p.fixed] for column in columns]
    flat = [parts for column in loose for parts in column]
    if not flat:
        return _without_numbers(columns)
    month_first = sum(p.second > 12 for p in flat)
    day_first = sum(p.first > 12 for p in flat)
    if day_first or month_first:
        order: DateOrder = "dmy" if day_first >= month_first else "mdy"
        if order == "dmy" and _year_first(flat):
            return Order("ymd", 0.9, "the first number is a year")
        return Order(order, max(day_first, month_first) / (day_first + month_first), "a number above 12")
    if {p.separator for p in flat} == {"."}:
        return Order("dmy", 0.98, "dots")
    if all(p.first == p.second for p in flat):
        return Order(country_order or "dmy", 1.0, "both readings are equal")
    steady = _by_steadiness(loose, list(known))
    if steady.order and steady.confidence >= 0.85:
        return steady
    if country_order:
        return Order(country_order, 0.8, "country")
    return steady


def _without_numbers(columns: Sequence[Sequence[str]]) -> Order:
    cells = [text for column in columns for text in column if text.strip()]
    serials = sum(is_serial(text) for text in cells)
    if cells and serials * 2 > len(cells):
        return Order("serial", 0.9, "day numbers")
    return Order("dmy", 1.0, "dates with one reading")


def _year_first(flat: list[Parts]) -> bool:
    """`26-01-31`: the first numbers hardly vary while the last ones run through the month."""
    lasts = {p.third % 100 for p in flat}
    return len({p.first for p in flat}) <= 2 and max(lasts) <= 31 and len(lasts) > 3 and len(flat) > 5


def _by_steadiness(columns: list[list[Parts]], known: list[date]) -> Order:
    breaks = {"dmy": 0, "mdy": 0}
    spread: dict[str, list[date]] = {"dmy": [], "mdy": []}
    for column in columns:
        for name, days in (
            ("dmy", [date(p.third, p.second, p.first) for p in column if p.first and p.second]),
            ("mdy", [date(p.third, p.first, p.second) for p in column if p.first and p.second]),
        ):
            spread[name] += days
            ups = sum(a < b for a, b in pairwise(days))
            downs = sum(a > b for a, b in pairwise(days))
            breaks[name] += min(ups, downs)
    if known:
        first, last = min(known), max(known)
        inside = {name: sum(first <= day <= last for day in days) for name, days in spread.items()}
        if inside["dmy"] != inside["mdy"]:
            return Order("dmy" if inside["dmy"] > inside["mdy"] else "mdy", 0.95, "the period of the statement")
    if breaks["dmy"] != breaks["mdy"]:
        better: DateOrder = "dmy" if breaks["dmy"] < breaks["mdy"] else "mdy"
        worse = max(breaks.values())
        return Order(better, 0.9 if min(breaks.values()) == 0 and worse > 1 else 0.7, "the order of the rows")
    lengths = {name: (max(days) - min(days)).days for name, days in spread.items() if days}
    varied = all(len({part[at] for column in columns for part in column}) > 1 for at in (0, 1))
    if varied and len(columns[0]) >= 4 and max(lengths.values()) > 5 * min(lengths.values()) + 60:
        shorter: DateOrder = "dmy" if lengths["dmy"] < lengths["mdy"] else "mdy"
        return Order(shorter, 0.75, "the span of the rows")
    return Order(None, 0.0, "nothing decides")
