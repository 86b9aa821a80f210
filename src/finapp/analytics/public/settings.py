"""What a household sets for its figures: when its months start, and how prices rose."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class MonthStart:
    """When a month starts: on a `day` of the calendar month (the last one where it is shorter), on the last working
    day (Monday to Friday), or on the day the salary comes."""

    kind: Literal["day", "last_working_day", "payday"] = "day"
    day: int = 1


@dataclass(frozen=True, kw_only=True)
class PricePoint:
    """What the price index stood at in a month; the level is free, only ratios count."""

    month: Month
    level: Decimal


@dataclass(frozen=True, kw_only=True)
class Prices:
    """How prices rose, in the household's own words: a yearly `rate`, or the months of a published index."""

    rate: Rate | None = None
    points: tuple[PricePoint, ...] = ()
    source: str = ""
    """Who says so: `own`, or the name of the publication."""


@dataclass(frozen=True, kw_only=True)
class NewSettings:
    """What a household sets."""

    month_start: MonthStart = MonthStart()
    prices: Prices | None = None


@dataclass(frozen=True, kw_only=True)
class AnalyticsSettings(NewSettings):
    """What is set, and what follows from it on a day."""

    version: int
    """0 until something has been set."""
    as_of: date
    month: Month
    """The month `as_of` lies in."""
    month_first: date
    month_last: date
    month_start_reason: str | None = None
    """`no_salary`: pay day is asked for, and no salary has come; months are those of the calendar."""
