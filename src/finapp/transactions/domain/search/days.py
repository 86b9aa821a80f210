"""Dates in words: `last-month`, `2026-05`, `last-30-days`."""

import re
from datetime import date, timedelta

from finapp.kernel.months import Month, first_day, last_day, month_of, shift

Span = tuple[date, date]
WORDS = (
    "today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter",
    "this-year", "last-year", "next-year", "last-30-days", "3-days-ago", "tomorrow", "next-week", "next-month",
    "in-3-days", "start-of-last-month", "end-of-this-year",
)  # fmt: skip
_BACK = re.compile(r"(?:in-)?(\d{1,4})-(days?|weeks?|months?|years?)(?:-ago)?", re.ASCII)
_DAYS_AGO = re.compile(r"last-(\d{1,4})-(days|weeks|months)", re.ASCII)
_EDGE = re.compile(r"(start|end)-of-((?:this|last|next)-(?:week|month|quarter|year))")


def span(text: str, today: date) -> Span | None:
    """The first and last day of a date in words or figures; None when it is neither."""
    word = text.lower().replace("_", "-").replace(" ", "-")
    return _in_figures(word) or _in_words(word, today) or _ago(word, today) or _back(word, today) or _edge(word, today)


def _in_figures(text: str) -> Span | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            day = date.fromisoformat(text)
            return day, day
        if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
            month = Month(text)
            return first_day(month), last_day(month)
        if re.fullmatch(r"[12]\d{3}", text, re.ASCII):
            return date(int(text), 1, 1), date(int(text), 12, 31)
    except ValueError:
        return None
    return None


def _in_words(word: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    month = month_of(today)
    quarter = shift(month, -((today.month - 1) % 3))
    spans = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1),) * 2,
        "tomorrow": (today + timedelta(days=1),) * 2,
        "next-month": (first_day(shift(month, 1)), last_day(shift(month, 1))),
        "this-week": (monday, monday + timedelta(days=6)),
        "last-week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "next-week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "this-month": (first_day(month), last_day(month)),
        "last-month": (first_day(shift(month, -1)), last_day(shift(month, -1))),
        "this-quarter": (first_day(quarter), last_day(shift(quarter, 2))),
        "last-quarter": (first_day(shift(quarter, -3)), last_day(shift(quarter, -1))),
        "next-quarter": (first_day(shift(quarter, 3)), last_day(shift(quarter, 5))),
        "next-year": (date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)),
        "this-year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last-year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return spans.get(word)


def _ago(word: str, today: date) -> Span | None:
    found = _DAYS_AGO.fullmatch(word)
    if found is None or int(found[1]) == 0:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "months":
        return first_day(shift(month_of(today), -min(count, 1200))), last_day(shift(month_of(today), -1))
    return today - timedelta(days=min(count * (7 if unit == "weeks" else 1), 36_500) - 1), today


def _back(word: str, today: date) -> Span | None:
    found = _BACK.fullmatch(word)
    if found is None or word.startswith("in-") == word.endswith("-ago"):
        return None
    way = 1 if word.startswith("in-") else -1
    count, unit = int(found[1]), found[2].rstrip("s")
    if unit in ("month", "year"):
        month = shift(month_of(today), way * min(count * (12 if unit == "year" else 1), 1200))
        day = min(first_day(month) + timedelta(days=today.day - 1), last_day(month))
    else:
        day = today + way * timedelta(days=min(count * (7 if unit == "week" else 1), 36_500))
    return day, day


def _edge(word: str, today: date) -> Span | None:
    """The first or last day of a week, month, quarter or year."""
    found = _EDGE.fullmatch(word)
    around = _in_words(found[2], today) if found else None
    if found is None or around is None:
        return None
    day = around[0] if found[1] == "start" else around[1]
    return day, day
