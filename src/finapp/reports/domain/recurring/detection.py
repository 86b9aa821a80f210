"""From rows to streams: group by counterparty, separate, date the next row, say how sure that is."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import exp

from finapp.reports.domain.recurring import amounts as levels
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.counterparties import Key
from finapp.reports.domain.recurring.edits import Edit, Placed, edited
from finapp.reports.domain.recurring.grouping import Described, Separated, Separations, found_in
from finapp.reports.domain.recurring.lattices import DAYS_PER_YEAR, PERIODS
from finapp.reports.domain.recurring.merchants import display
from finapp.reports.domain.recurring.rows import Row
from finapp.reports.domain.recurring.separation import MATURE_AT, Found, category_of, flow_of
from finapp.reports.domain.recurring.words import mark
from finapp.reports.public.recurring import Frequency, NextWindow, RecurringRow, RecurringStream, Status

GRACE: dict[Frequency, int] = {
    "weekly": 3,
    "biweekly": 4,
    "four_weekly": 6,
    "semi_monthly": 5,
    "monthly": 7,
    "bimonthly": 12,
    "quarterly": 15,
    "half_yearly": 20,
    "yearly": 30,
}
"""Days after the expected day before a row counts as missing."""
_PAST_YEAR = 365


def streams(
    rows: Sequence[RecurringRow] | Book,
    as_of: date,
    seen: Mapping[str, date] | None = None,
    *,
    calendar: str = "",
    memory: Separations | None = None,
    edits: Sequence[Edit] = (),
) -> list[RecurringStream]:
    """Every stream among the rows up to `as_of`, the surest first.

    `seen` says up to which day the rows of an account are known, where that is before `as_of`: what is due later is
    not missing but not looked at yet. `calendar` names the bank holidays; `memory` spares groups that have not changed;
    `edits` are the user's merges and splits.
    """
    return [stream for stream, _ in found_streams(rows, as_of, seen, calendar=calendar, memory=memory, edits=edits)]


def found_streams(
    rows: Sequence[RecurringRow] | Book,
    as_of: date,
    seen: Mapping[str, date] | None = None,
    *,
    calendar: str = "",
    memory: Separations | None = None,
    edits: Sequence[Edit] = (),
) -> Sequence[Described]:
    """As `streams`, each with its rows: the very same as the last time while nothing has changed."""
    book = rows if isinstance(rows, Book) else Book.of(rows)
    memory, seen = memory or Separations(), seen or {}
    found = found_in(book, as_of, calendar, memory)
    made_of = (as_of, seen, calendar, book.decimals, tuple(edits), found)
    known = memory.detection
    if known is None or known[0] != made_of:
        if edits:
            found = edited(found, edits, calendar, lambda placed: [mark(row) for row in _sources(book, placed)])
        shown = _surest_first(_described(book, found, as_of, seen, memory.described))
        known = memory.detection = made_of, shown
    return known[1]


def _sources(book: Book, placed: Placed) -> tuple[RecurringRow, ...]:
    return book.sources(placed[0][0], placed[1].rows)


def _described(
    book: Book, found: Sequence[Placed], as_of: date, seen: Mapping[str, date], before: dict[str, Separated]
) -> list[Described]:
    """Every finding in the words of the report; those of before, which become these, are not worded again."""
    taken: set[str] = set()
    shown: dict[str, Separated] = {}
    for placed in found:
        known_until = seen.get(placed[0][2] or "", as_of)
        made_of = (as_of, known_until, book.decimals, placed[0])
        name = _identifier(placed[0], placed[1].rows[0], book.decimals, taken)
        worded = before.get(name)
        # The same finding, not an equal one: a counterparty whose rows are unchanged is not looked at again.
        if worded is None or worded[0] is not placed[1] or worded[1] != made_of:
            stream = _stream(placed, book.decimals, as_of, known_until, name)
            worded = placed[1], made_of, (stream, _sources(book, placed))
        shown[name] = worded
    before.clear()
    before.update(shown)
    return [worded[2] for worded in shown.values()]


def _surest_first(shown: Iterable[Described]) -> list[Described]:
    return sorted(shown, key=lambda item: (-item[0].confidence, item[0].merchant, item[0].id))


def _stream(placed: Placed, decimals: int, as_of: date, seen: date, identifier: str) -> RecurringStream:
    key, found = placed
    lattice, rows = found.fit.lattice, found.rows
    values, days = [row.amount for row in rows], [date.fromordinal(row.day) for row in rows]
    status = _status(found, seen)
    upcoming = None if status == "ended" else _next(found, as_of, as_of if seen < as_of else None)
    profile = levels.profile(values, decimals)
    yearly = profile.typical * Decimal(DAYS_PER_YEAR) / Decimal(lattice.period)
    name = display(key[1], _common(row.kind.merchant for row in rows))
    past = [row for row in rows if as_of.toordinal() - row.day < _PAST_YEAR]
    return RecurringStream(
        id=identifier,
        direction="in" if key[0] == "in" else "out",
        merchant=name,
        name=name,
        category=category_of(rows),
        flow=flow_of(rows),
        account_id=_common(row.kind.account_id for row in rows),
        frequency=lattice.frequency,
        anchor=lattice.words,
        shift=lattice.anchors[0].shift if lattice.anchors else "none",
        bank_holidays=(lattice.anchors[0].calendar or None) if lattice.anchors else None,
        amount=profile,
        monthly_equivalent=(yearly / 12).quantize(profile.typical),
        yearly_cost=yearly.quantize(profile.typical),
        past_year=levels.money(sum(row.amount for row in past) * (1 if key[0] == "in" else -1), decimals),
        transactions_query=_query(past),
        transactions_query_reason=None if past else "no_rows",
        first_on=days[0],
        last_on=days[-1],
        next_on=upcoming,
        next_on_reason=None if upcoming else "ended",
        next_window=_window(found, upcoming),
        occurrences=len(rows),
        missed=(*_missed(found), *(_overdue(found, seen) if status == "overdue" else ())),
        status=status,
        price_changes=levels.changes(values, days, decimals),
        confidence=round(_confidence(found), 3),
        transaction_ids=tuple(row.id for row in rows),
    )


def _query(rows: Sequence[Row]) -> str | None:
    return f"/api/v1/transactions?q=id%3A{','.join(row.id for row in rows)}" if rows else None


def _common(values: Iterator[str | None]) -> str | None:
    """The most frequent value that is not None; the earliest on a tie."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None


def _identifier(key: Key, first: Row, decimals: int, taken: set[str]) -> str:
    """A name for the stream that later rows do not change, nor an import taken back and repeated: who, which way, and
    the day and amount of its first row."""
    base = "\n".join((key[0], *sorted(key[1]), key[2] or "", str(first.day), str(levels.money(first.amount, decimals))))
    number = 0
    while (name := hashlib.sha256(f"{base}\n{number}".encode()).hexdigest()[:24]) in taken:
        number += 1
    taken.add(name)
    return name


def _status(found: Found, as_of: date) -> Status:
    """Mature after enough occurrences; overdue once a row is missing, ended once that has lasted.

    Short rhythms end after two missed rows (an early one after the first), those of a quarter or longer when half a
    period has passed.
    """
    frequency, today = found.fit.lattice.frequency, as_of.toordinal()
    last, grace = found.rows[-1].day, GRACE[frequency]
    slot = found.fit.hits[-1][0]
    expected = [found.fit.lattice.day(slot + step) for step in (1, 2)]
    enough = len(found.rows) >= MATURE_AT.get(frequency, 3)
    if expected[0] + grace >= today:
        return "mature" if enough else "early"
    if not enough:
        return "ended"
    if PERIODS[frequency] > 80:
        return "overdue" if today <= expected[0] + PERIODS[frequency] / 2 and last < today else "ended"
    return "overdue" if expected[1] + grace >= today else "ended"


def _next(found: Found, as_of: date, earliest: date | None) -> date:
    """The first expected day after the last row that is not yet given up as missed, and not before `earliest`."""
    lattice, grace = found.fit.lattice, GRACE[found.fit.lattice.frequency]
    slot = found.fit.hits[-1][0] + 1
    least = (earliest or as_of).toordinal() - (0 if earliest else grace)
    while lattice.day(slot) < least:
        slot += 1
    return date.fromordinal(lattice.day(slot))


def _window(found: Found, upcoming: date | None) -> NextWindow | None:
    """The residuals seen so far around the next day, at least one day each way."""
    if upcoming is None:
        return None
    residuals = [residual for _, _, residual in found.fit.hits]
    early, late = min(0, *residuals, -1), max(0, *residuals, 1)
    day = upcoming.toordinal()
    return NextWindow(first=date.fromordinal(day + early), last=date.fromordinal(day + late))


def _missed(found: Found) -> Iterator[date]:
    """Slots between the first and the last hit that have no row; of a renewal, counted on from the row before."""
    lattice, rows = found.fit.lattice, found.rows
    for (slot, _, _), (following, _, _), row in zip(found.fit.hits, found.fit.hits[1:], rows, strict=False):
        for missing in range(slot + 1, following):
            day = row.day + (missing - slot) * lattice.step if lattice.renews else lattice.day(missing)
            yield date.fromordinal(day)


def _overdue(found: Found, seen: date) -> Iterator[date]:
    """Slots after the last hit whose grace has passed without a row."""
    lattice, slot = found.fit.lattice, found.fit.hits[-1][0] + 1
    while lattice.day(slot) + GRACE[lattice.frequency] < seen.toordinal():
        yield date.fromordinal(lattice.day(slot))
        slot += 1


def _confidence(found: Found) -> float:
    """Logistic in the evidence, less for missing rows; 0.5 at the evidence that is just enough."""
    return found.fit.coverage / (1 + exp(-(found.evidence - 3.5) / 2))
