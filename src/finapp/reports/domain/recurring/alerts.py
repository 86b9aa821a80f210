"""What is worth a look among live streams: dearer, doubled, missing, or past its trial."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from finapp.reports.domain.recurring.merchants import is_own_or_owed
from finapp.reports.public.recurring import AlertKind, AmountChange, RecurringAlert, RecurringStream

_RECENT_RISE = timedelta(days=120)
_TRIAL_SHARE = Decimal("0.4")
_TRIAL_ROWS = 3
"""A first price of at most two fifths that was charged three times at most is taken for a trial or an offer."""


def alerts(live: Sequence[RecurringStream], as_of: date) -> Iterator[RecurringAlert]:
    """Price rises of the last 120 days, payments that did not come, trials that ended, and doubled subscriptions."""
    for stream in live:
        if stream.direction == "in" or stream.flow == "transfer":
            continue
        if stream.status == "overdue":
            due = next(day for day in stream.missed if day > stream.last_on)
            yield _alert("overdue", (stream,), due, stream.yearly_cost)
        for change in stream.price_changes[-1:]:
            if change.after > change.before and as_of - change.on <= _RECENT_RISE:
                yield _risen(stream, change)
    yield from _doubled(live)


def _risen(stream: RecurringStream, change: AmountChange) -> RecurringAlert:
    """What a rise costs more a year; a rise from an offer to the full price ends a trial."""
    first = len(stream.price_changes) == 1 and change.before <= _TRIAL_SHARE * change.after
    trial = first and (change.on - stream.first_on).days <= _TRIAL_ROWS * 31
    per_year = stream.yearly_cost / stream.amount.typical * (change.after - change.before)
    return _alert("trial_end" if trial else "price_rise", (stream,), change.on, per_year.quantize(change.after))


def _doubled(live: Sequence[RecurringStream]) -> Iterator[RecurringAlert]:
    """Two live streams to one merchant at one price and rhythm: probably one service paid twice.

    Two instalments, investments or transfers of one size are not: nobody pays those twice unawares.
    """
    alike: Mapping[tuple[str, str, Decimal], list[RecurringStream]] = defaultdict(list)
    for stream in live:
        if stream.direction == "out" and stream.flow != "transfer" and not is_own_or_owed(stream.category):
            alike[stream.merchant.casefold(), stream.frequency, stream.amount.last].append(stream)
    for group in alike.values():
        if len(group) > 1:
            later = max(group, key=lambda stream: stream.first_on)
            yield _alert("duplicate_subscription", tuple(group), later.first_on, later.yearly_cost)


def _alert(kind: AlertKind, about: tuple[RecurringStream, ...], on: date, cost: Decimal) -> RecurringAlert:
    return RecurringAlert(
        kind=kind,
        stream_ids=tuple(stream.id for stream in about),
        name=about[0].name,
        on=on,
        yearly_cost=cost,
    )
