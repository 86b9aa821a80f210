"""The recurring payments report: streams with the user's word on them, alerts, totals, and the days to expect."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor
from finapp.reports.domain import checks
from finapp.reports.domain.recurring.detection import streams
from finapp.reports.public.recurring import (
    AlertKind,
    Decision,
    RecurringAlert,
    RecurringPayments,
    RecurringRow,
    RecurringStream,
    StreamChange,
)

VERSION = 1
MOST_ROWS = 200_000
_RECENT_RISE = timedelta(days=120)
_TRIAL_SHARE = Decimal("0.1")
_LAG = (7, 45)
"""Days: statements come monthly, so an account without rows for some weeks is most likely one not yet imported."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """The user's word on a stream, and the evidence by which the stream is known again."""

    id: str
    direction: str
    decision: Decision | None
    name: str | None
    transaction_ids: frozenset[str]


def report(
    rows: Sequence[RecurringRow],
    as_of: date,
    currency: str,
    remembered: Sequence[Remembered] = (),
    *,
    seen: Mapping[str, date] | None = None,
) -> RecurringPayments:
    """All streams among the rows up to `as_of`; dismissed ones are left out. `seen` as in `detection.streams`.

    Raises Invalid with the field for amounts finer than the currency, repeated ids, or more rows than can be read.
    """
    checked = _checked(rows, currency)
    found = tuple(applied(streams(checked, as_of, seen), remembered))
    live = [stream for stream in found if stream.status in ("mature", "overdue")]
    dates = [row.date for row in checked if row.date <= as_of]
    zero = from_minor(0, currency)
    return RecurringPayments(
        as_of=as_of,
        basis=_basis(found, dates),
        currency=currency,
        streams=found,
        monthly_in=sum((s.monthly_equivalent for s in live if s.direction == "in"), zero),
        monthly_out=sum((s.monthly_equivalent for s in live if s.direction == "out"), zero),
        alerts=tuple(alerts(live, as_of)),
    )


def seen_until(rows: Sequence[RecurringRow], as_of: date) -> dict[str, date]:
    """The last row of each account whose statements lag behind: by more than a week, but not so long as to be over."""
    last: dict[str, date] = {}
    for row in rows:
        if row.account_id is not None and row.date <= as_of:
            last[row.account_id] = max(row.date, last.get(row.account_id, row.date))
    return {account: day for account, day in last.items() if _LAG[0] < (as_of - day).days <= _LAG[1]}


def _checked(rows: Sequence[RecurringRow], currency: str) -> list[RecurringRow]:
    checks.count(rows, "transactions", MOST_ROWS)
    seen: set[str] = set()
    checked = []
    for index, row in enumerate(rows):
        if row.id in seen:
            raise Invalid(f"transactions.{index}.id", "appears twice")
        seen.add(row.id)
        amount = from_minor(to_minor(row.amount, currency, f"transactions.{index}.amount"), currency)
        checked.append(row if row.amount.as_tuple() == amount.as_tuple() else replace(row, amount=amount))
    return checked


def applied(found: Iterable[RecurringStream], remembered: Sequence[Remembered]) -> Iterator[RecurringStream]:
    """The streams with the user's decisions and names; a stream is known again by the rows it shares with then."""
    by_row: dict[str, list[Remembered]] = defaultdict(list)
    for word in remembered:
        for row in word.transaction_ids:
            by_row[row].append(word)
    for stream in found:
        shared: dict[str, int] = defaultdict(int)
        words: dict[str, Remembered] = {}
        for row in stream.transaction_ids:
            for word in by_row.get(row, ()):
                if word.direction == stream.direction:
                    shared[word.id] += 1
                    words[word.id] = word
        best = max(shared, key=lambda key: (shared[key], key), default=None)
        if best is None or shared[best] * 2 < min(len(words[best].transaction_ids), stream.occurrences):
            yield stream
        elif words[best].decision != "dismissed":
            yield replace(stream, id=best, decision=words[best].decision, name=words[best].name or stream.name)


def changed(stream: RecurringStream, change: StreamChange) -> RecurringStream:
    """The stream with the user's word on it. Raises Invalid for an empty name."""
    if change.name is not None and not change.name.strip():
        raise Invalid("name", "must not be empty")
    decision = None if change.clear_decision else change.decision or stream.decision
    return replace(stream, decision=decision, name=change.name or stream.name)


def word(stream: RecurringStream) -> Remembered:
    """What to keep of a stream so that it is known again."""
    return Remembered(
        id=stream.id,
        direction=stream.direction,
        decision=stream.decision,
        name=None if stream.name == stream.merchant else stream.name,
        transaction_ids=frozenset(stream.transaction_ids),
    )


def alerts(live: Sequence[RecurringStream], as_of: date) -> Iterator[RecurringAlert]:
    """Price rises of the last 120 days, payments that did not come, trials that ended, and doubled subscriptions."""
    for stream in live:
        if stream.direction == "in":
            continue
        if stream.status == "overdue":
            yield _alert("overdue", (stream,), stream.last_on, stream.yearly_cost)
        for change in stream.price_changes[-1:]:
            if change.after > change.before and as_of - change.on <= _RECENT_RISE:
                trial = change.before <= _TRIAL_SHARE * change.after
                per_year = stream.yearly_cost / stream.amount.typical * (change.after - change.before)
                yield _alert(
                    "trial_end" if trial else "price_rise", (stream,), change.on, per_year.quantize(change.after)
                )
    yield from _doubled(live)


def _doubled(live: Sequence[RecurringStream]) -> Iterator[RecurringAlert]:
    """Two live streams to one merchant at one price and rhythm: probably one service paid twice."""
    alike: Mapping[tuple[str, str, Decimal], list[RecurringStream]] = defaultdict(list)
    for stream in live:
        if stream.direction == "out":
            alike[stream.merchant.casefold(), stream.frequency, stream.amount.last].append(stream)
    for group in alike.values():
        if len(group) > 1:
            later = max(group, key=lambda stream: stream.first_on)
            yield _alert("duplicate_subscription", tuple(group), later.first_on, later.yearly_cost)


def _alert(kind: AlertKind, about: tuple[RecurringStream, ...], on: date, cost: Decimal) -> RecurringAlert:
    return RecurringAlert(kind=kind, stream_ids=tuple(stream.id for stream in about), on=on, yearly_cost=cost)


def _basis(found: Sequence[RecurringStream], dates: Sequence[date]) -> Basis:
    inputs = tuple(
        Input(id=stream.id, kind="figure", name=stream.name, value=str(stream.monthly_equivalent), source="derived")
        for stream in found
        if stream.status in ("mature", "overdue")
    )
    return Basis(
        formula="reports.recurring_payments",
        version=VERSION,
        assumptions={
            "method": "calendar lattices fitted to booking days, amounts grouped by level",
            "evidence": "(occurrences - 1) ln(period / width), less 1.2 per missed and 1.5 per extra row",
            "mature": "3 occurrences, yearly 2",
            "monthly_equivalent": "typical amount x 365.25 / period / 12",
            "left_out": "cash withdrawals",
        },
        rows=Rows(count=len(dates), first=min(dates, default=None), last=max(dates, default=None)),
        figures={
            "monthly_in": Figure(kind="formula", formula="sum of monthly equivalents of live incoming streams"),
            "monthly_out": Figure(
                kind="formula", formula="sum of monthly equivalents of live outgoing streams", inputs=inputs
            ),
        },
    )
