"""The household's word on streams: kept with what a stream looks like, so that it is known again after any import."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.reports.public.recurring import Decision, RecurringRow, RecurringStream, StreamChange

_WIDER = Decimal("1.02")
_NEAR = ({"four_weekly", "monthly"}, {"biweekly", "semi_monthly"})
"""Rhythms that a few rows more or less turn into each other."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """The user's word on a stream, and by what the stream is known again.

    `marks` name its rows by account, day and amount, which an import taken back and repeated leaves as they were;
    words of earlier releases name them by id. The rest describes the stream for the case that no row is left.
    """

    id: str
    direction: str
    decision: Decision | None
    name: str | None
    marks: frozenset[str]
    merchant: str | None = None
    frequency: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None


def mark(row: RecurringRow) -> str:
    """A row by what it says: its account, day and amount."""
    return f"{row.account_id or ''}|{row.date.isoformat()}|{row.amount}"


def word(stream: RecurringStream, rows: Mapping[str, RecurringRow]) -> Remembered:
    """What to keep of a stream so that it is known again; `rows` by id."""
    return Remembered(
        id=stream.id,
        direction=stream.direction,
        decision=stream.decision,
        name=None if stream.name == stream.merchant else stream.name,
        marks=frozenset(mark(rows[row]) for row in stream.transaction_ids),
        merchant=stream.merchant,
        frequency=stream.frequency,
        low=stream.amount.low,
        high=stream.amount.high,
    )


def applied(
    found: Sequence[RecurringStream], remembered: Sequence[Remembered], rows: Mapping[str, RecurringRow]
) -> list[RecurringStream]:
    """The streams with the user's decisions and names, the dismissed ones among them; one word for one stream."""
    if not remembered:
        return list(found)
    claims = sorted(_claims(found, remembered, rows), key=lambda claim: claim[:2])
    word_of: dict[int, Remembered] = {}
    used: set[int] = set()
    for _, _, place, number in claims:
        if place not in word_of and number not in used:
            word_of[place] = remembered[number]
            used.add(number)
    return [
        replace(stream, id=said.id, decision=said.decision, name=said.name or stream.name)
        if (said := word_of.get(place)) is not None
        else stream
        for place, stream in enumerate(found)
    ]


Claim = tuple[int, float, int, int]
"""(how weak, -rows shared or distance of amounts, place of the stream, number of the word)."""


def _claims(
    found: Sequence[RecurringStream], remembered: Sequence[Remembered], rows: Mapping[str, RecurringRow]
) -> Iterator[Claim]:
    for place, stream in enumerate(found):
        marks = {mark(rows[row]) for row in stream.transaction_ids} | set(stream.transaction_ids)
        for number, said in enumerate(remembered):
            if said.direction != stream.direction:
                continue
            shared = len(marks & said.marks)
            if shared and shared * 2 >= min(len(said.marks), stream.occurrences):
                yield 0, -float(shared), place, number
            elif _alike(stream, said):
                yield 1, abs(float(stream.amount.low - (said.low or 0))), place, number


def _alike(stream: RecurringStream, said: Remembered) -> bool:
    """Whether a stream looks like one of which no row is left: merchant, rhythm, and amounts that overlap."""
    if said.merchant is None or said.low is None or said.high is None:
        return False
    pair = {stream.frequency, said.frequency}
    rhythm = len(pair) == 1 or pair in _NEAR
    overlap = stream.amount.low <= said.high * _WIDER and said.low <= stream.amount.high * _WIDER
    return rhythm and overlap and stream.merchant.casefold() == said.merchant.casefold()


def changed(stream: RecurringStream, change: StreamChange) -> RecurringStream:
    """The stream with the user's word on it. Raises Invalid for an empty name."""
    if change.name is not None and not change.name.strip():
        raise Invalid("name", "must not be empty")
    decision = None if change.clear_decision else change.decision or stream.decision
    return replace(stream, decision=decision, name=change.name or stream.name)
