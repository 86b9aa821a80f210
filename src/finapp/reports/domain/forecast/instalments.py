"""Instalments of known loans beside the streams: those no stream shows yet, and the end of those that one does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.months import add_months
from finapp.reports.public.forecast import ForecastItem
from finapp.reports.public.recurring import RecurringStream

_SAME = Decimal("0.01")
"""An instalment and its stream differ by rounding at most."""
_NEAR, _NEAR_DAYS = Decimal("0.15"), 5
"""What is really paid may hold an insurance or an older rate, and leaves the account a few days off the due day."""


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """What a loan asks each month, from when until when."""

    loan_id: str
    name: str
    amount: Decimal
    next_due_on: date
    ends_on: date | None


def payers(instalments: Sequence[Instalment], streams: Sequence[RecurringStream]) -> dict[Instalment, RecurringStream]:
    """The live monthly stream that pays each instalment, so that it is expected once; one stream pays one instalment.

    Streams of the very amount come first, of whichever day; then, among debt service, those due within five days of it
    that differ by at most 15 % of it. Of several the nearest in day, then in amount, is taken.
    """
    near = [
        (*nearness, place, stream.id)
        for place, instalment in enumerate(instalments)
        for stream in streams
        if (nearness := _nearness(instalment, stream)) is not None
    ]
    by_id, found = {stream.id: stream for stream in streams}, dict[Instalment, RecurringStream]()
    for *_, place, stream_id in sorted(near):
        if instalments[place] not in found and stream_id in by_id:
            found[instalments[place]] = by_id.pop(stream_id)
    return found


def _nearness(instalment: Instalment, stream: RecurringStream) -> tuple[bool, int, Decimal] | None:
    """Whether the amount differs, by how many days of the month, and by how much; None for another payment."""
    if stream.direction != "out" or stream.frequency != "monthly" or stream.next_on is None:
        return None
    apart = abs(stream.next_on.day - instalment.next_due_on.day)
    days, differs = min(apart, 31 - apart), abs(stream.amount.typical - instalment.amount)
    if differs <= _SAME * instalment.amount:
        return False, days, differs
    is_near = stream.flow == "debt" and days <= _NEAR_DAYS and differs <= _NEAR * instalment.amount
    return (True, days, differs) if is_near else None


def unseen(instalments: Sequence[Instalment], account_id: str, as_of: date, last: date) -> Iterator[ForecastItem]:
    """Expected rows of instalments that no stream pays; they are taken to come from `account_id`."""
    for instalment in instalments:
        end, number = min(last, instalment.ends_on or last), 0
        while (day := add_months(instalment.next_due_on, number)) <= end:
            if day > as_of:
                yield ForecastItem(date=day, amount=-instalment.amount, account_id=account_id, name=instalment.name)
            number += 1


def last_days(paid: Mapping[Instalment, RecurringStream]) -> dict[str, date]:
    """Stream -> the day on which the loan that it pays is paid off."""
    return {stream.id: instalment.ends_on for instalment, stream in paid.items() if instalment.ends_on is not None}
