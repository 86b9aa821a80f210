"""Instalments of known loans beside the streams: those no stream shows yet, and the end of those that one does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.months import add_months
from finapp.reports.public.forecast import ForecastItem
from finapp.reports.public.recurring import RecurringStream

_SAME = Decimal("0.01")
"""An instalment and its stream differ by rounding at most."""


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """What a loan asks each month, from when until when."""

    name: str
    amount: Decimal
    next_due_on: date
    ends_on: date | None


def stream_of(instalment: Instalment, streams: Sequence[RecurringStream]) -> RecurringStream | None:
    """The live monthly stream that pays an instalment, the one of the nearest due day when several do."""
    paying = [
        stream
        for stream in streams
        if stream.direction == "out"
        and stream.frequency == "monthly"
        and stream.next_on is not None
        and abs(stream.amount.typical - instalment.amount) <= _SAME * instalment.amount
    ]
    return min(paying, key=lambda stream: _apart(stream, instalment), default=None)


def _apart(stream: RecurringStream, instalment: Instalment) -> int:
    return abs(((stream.next_on or instalment.next_due_on) - instalment.next_due_on).days)


def unseen(
    instalments: Sequence[Instalment], streams: Sequence[RecurringStream], account_id: str, as_of: date, last: date
) -> Iterator[ForecastItem]:
    """Expected rows of the instalments that no stream pays; they are taken to come from `account_id`."""
    for instalment in instalments:
        if stream_of(instalment, streams) is not None:
            continue
        end, number = min(last, instalment.ends_on or last), 0
        while (day := add_months(instalment.next_due_on, number)) <= end:
            if day > as_of:
                yield ForecastItem(date=day, amount=-instalment.amount, account_id=account_id, name=instalment.name)
            number += 1


def last_days(instalments: Sequence[Instalment], streams: Sequence[RecurringStream]) -> dict[str, date]:
    """Stream -> the day on which the loan that it pays is paid off."""
    ends: dict[str, date] = {}
    for instalment in instalments:
        stream = stream_of(instalment, streams)
        if stream is not None and instalment.ends_on is not None:
            ends[stream.id] = max(instalment.ends_on, ends.get(stream.id, instalment.ends_on))
    return ends
