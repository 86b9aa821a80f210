"""The recurring payments report: streams with the user's word on them, alerts, totals, and the days to expect."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.errors import Invalid
from finapp.kernel.money import exponent, from_minor, to_minor
from finapp.reports.domain import checks
from finapp.reports.domain.recurring.alerts import alerts
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.detection import found_streams
from finapp.reports.domain.recurring.edits import Edit
from finapp.reports.domain.recurring.grouping import Described, Separations
from finapp.reports.domain.recurring.merchants import is_shopping
from finapp.reports.domain.recurring.rows import Columns, Kind
from finapp.reports.domain.recurring.words import Remembered, applied
from finapp.reports.domain.recurring.working_days import CALENDARS
from finapp.reports.public.recurring import RecurringPayments, RecurringRow, RecurringRows, RecurringStream

VERSION = 2
MOST_ROWS = 200_000
Guess = Callable[[Sequence[RecurringRow]], Sequence[str | None]]
"""The category of each row as far as its words tell."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """Everything the household has said about its streams."""

    words: Sequence[Remembered] = ()
    edits: Sequence[Edit] = ()


def report(
    rows: Sequence[RecurringRow] | Book,
    as_of: date,
    currency: str,
    said: Said | None = None,
    *,
    seen: Mapping[str, date] | None = None,
    memory: Separations | None = None,
    guess: Guess | None = None,
) -> RecurringPayments:
    """All streams among the rows up to `as_of`. `seen` and `memory` as in `detection.streams`.

    `guess` names the category of streams whose rows have none, so that a liked shop is told from a bill.
    """
    said, book = said or Said(), rows if isinstance(rows, Book) else Book.of(rows)
    memory = memory or Separations()
    pairs = found_streams(book, as_of, seen, calendar=CALENDARS.get(currency, ""), memory=memory, edits=said.edits)
    made_of = (currency, said, _guessed(pairs, guess))
    known = memory.report
    if known is None or known[0] is not pairs or known[1] != made_of:
        known = memory.report = pairs, made_of, _report(pairs, as_of, *made_of)
    found = known[2]
    return replace(found, basis=replace(found.basis, rows=_rows(book, as_of)))


def _report(
    pairs: Sequence[Described], as_of: date, currency: str, said: Said, guessed: Mapping[str, str | None]
) -> RecurringPayments:
    """The report on streams and their rows, without how many rows there are."""
    by_id = {row.id: row for _, own in pairs for row in own}
    known = applied(_without_shops([stream for stream, _ in pairs], guessed), said.words, by_id)
    shown = tuple(stream for stream in known if stream.decision != "dismissed")
    live = [stream for stream in shown if stream.status in ("mature", "overdue")]
    return RecurringPayments(
        as_of=as_of,
        basis=_basis(shown),
        currency=currency,
        streams=shown,
        monthly_in=_sum(live, "in", currency),
        monthly_out=_sum(live, "out", currency),
        alerts=tuple(alerts(live, as_of)),
        dismissed=tuple(stream for stream in known if stream.decision == "dismissed"),
    )


def _sum(live: Sequence[RecurringStream], direction: str, currency: str) -> Decimal:
    return sum((s.monthly_equivalent for s in live if _is_counted(s, direction)), from_minor(0, currency))


def _is_counted(stream: RecurringStream, direction: str) -> bool:
    """Own money on its way between own accounts is neither income nor a cost."""
    return stream.direction == direction and stream.flow != "transfer"


def _guessed(pairs: Sequence[Described], guess: Guess | None) -> Mapping[str, str | None]:
    """The guessed category of each stream without one, by its newest row."""
    unnamed = [(stream.id, own[-1]) for stream, own in pairs if stream.category is None] if guess is not None else []
    if guess is None or not unnamed:
        return {}
    return dict(zip((name for name, _ in unnamed), guess([row for _, row in unnamed]), strict=True))


def _without_shops(found: Sequence[RecurringStream], guessed: Mapping[str, str | None]) -> list[RecurringStream]:
    """The streams, those without a category with the guessed one, less the varying ones that are shopping by it."""
    kept = []
    for stream in found:
        category = stream.category or guessed.get(stream.id)
        shopped = stream.category is None and stream.direction == "out" and is_shopping(category)
        if not (shopped and stream.amount.kind == "variable" and stream.amount.high > stream.amount.low * _DELIVERED):
            kept.append(stream if category == stream.category else replace(stream, category=category))
    return kept


_DELIVERED = Decimal("1.3")


def checked(rows: RecurringRows, currency: str) -> Book:
    """The rows with amounts in the currency's minor units.

    Raises Invalid with the field for amounts finer than the currency, repeated ids, or more rows than can be read.
    """
    checks.count(rows.ids, "transactions", MOST_ROWS)
    if len(set(rows.ids)) < len(rows.ids):
        counted = Counter[str]()
        for index, row in enumerate(rows.ids):
            counted[row] += 1
            if counted[row] > 1:
                raise Invalid(f"transactions.{index}.id", "appears twice")
    known: dict[Kind, Kind] = {}
    kinds = map(Kind, rows.account_ids, rows.merchants, rows.categories, rows.flows)
    days = {day: day.toordinal() for day in set(rows.dates)}
    columns = Columns(
        ids=list(rows.ids),
        days=[days[day] for day in rows.dates],
        amounts=_minor(rows.amounts, currency),
        kinds=[known.setdefault(kind, kind) for kind in kinds],
        descriptions=list(rows.descriptions),
    )
    return Book(columns, exponent(currency))


def _minor(amounts: Sequence[Decimal], currency: str) -> list[int]:
    """In minor units; equal amounts are looked at once."""
    known: dict[Decimal, int] = {}
    found = []
    for index, amount in enumerate(amounts):
        minor = known.get(amount)
        if minor is None:
            minor = known[amount] = to_minor(amount, currency, f"transactions.{index}.amount")
        found.append(minor)
    return found


def _basis(found: Sequence[RecurringStream]) -> Basis:
    return Basis(
        formula="reports.recurring_payments",
        version=VERSION,
        assumptions={
            "method": "calendar lattices fitted to booking days, amounts grouped by level",
            "evidence": "(occurrences - 1) ln(period / width), less 1.2 per missed and 1.5 per extra row",
            "mature": "3 occurrences, yearly 2",
            "monthly_equivalent": "typical amount x 365.25 / period / 12",
            "currency": "rows in other currencies are not counted",
            "left_out": "cash withdrawals; of the totals also own transfers and payments of own cards",
        },
        figures={
            f"monthly_{direction}": Figure(
                kind="formula",
                formula=f"sum of monthly equivalents of live {words} streams",
                inputs=tuple(_input(s) for s in found if _is_live(s) and _is_counted(s, direction)),
            )
            for direction, words in (("in", "incoming"), ("out", "outgoing"))
        },
    )


def _is_live(stream: RecurringStream) -> bool:
    return stream.status in ("mature", "overdue")


def _rows(book: Book, as_of: date) -> Rows:
    count, first, last = book.span(as_of)
    return Rows(count=count, first=first, last=last)


def _input(stream: RecurringStream) -> Input:
    return Input(id=stream.id, kind="figure", name=stream.name, value=str(stream.monthly_equivalent), source="derived")
