"""Days of which a file says what the ledger has are told at once, and nothing else comes of it than row by row."""

from collections.abc import Callable
from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finapp.transactions.domain.known_days import KnownDays
from finapp.transactions.facade import known_days as facade
from finapp.transactions.facade.running import Running
from finapp.transactions.public import Counts, Import, TransactionFilter
from finapp.transactions.readers.known_days import Sieve, digest
from tests.transactions.ledger import OWNER, PERSON, Ledger

_HEAD = "Date,Description,Amount,Balance\n"
_ROWS = [
    "2026-03-02,POS BAKERY,-3.50,996.50",
    "2026-03-02,POS BAKERY,-3.50,993.00",
    "2026-03-03,SALARY ACME,2000.00,2993.00",
    "2026-03-04,UPI-SWIGGY-1,-250.25,2742.75",
    "2026-03-05,POS CINEMA,-12.00,2730.75",
    "2026-03-06,UPI-UBER-9,-120.00,2610.75",
]


def _file(rows: list[str]) -> bytes:
    return (_HEAD + "".join(f"{row}\n" for row in rows)).encode()


def _rows_compared(work: Callable[[], Import]) -> tuple[Import, int]:
    """What an import came to, and how many of its rows were compared one by one."""
    seen: list[int] = []
    told = Sieve.left

    def counted(sieve: Sieve, rows: list[list[object]]) -> list[list[object]]:
        left = told(sieve, rows)
        seen.append(len(left))
        return left

    with patch.object(Sieve, "left", counted):
        return work(), sum(seen)


def test_rows_of_known_days_are_known_by_their_ids_without_being_compared(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_file(_ROWS), account)
    again, compared = _rows_compared(lambda: ledger.take(_file(_ROWS[:-1]), account))
    assert compared == 0
    assert (again.counts.rows, again.counts.imported, again.counts.duplicates) == (5, 0, 5)
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(import_id=first.id), limit=50, cursor=None)
    ids = {row.id for row in page.items}
    assert [(row.line, row.outcome) for row in sorted(again.rows, key=lambda row: row.line)] == [
        (line, "duplicate") for line in range(2, 7)
    ]
    assert {row.transaction_id for row in again.rows} < ids
    assert len({row.transaction_id for row in again.rows}) == 5


@pytest.mark.parametrize(
    ("changed", "compared", "counts"),
    [
        ([*_ROWS[:2], _ROWS[1], *_ROWS[2:]], 3, (1, 6)),
        ([*_ROWS[:3], "2026-03-04,UPI-SWIGGY-1,-250.26,2742.75", *_ROWS[4:]], 1, (1, 5)),
        ([*_ROWS[:3], "2026-03-04,UPI-SWIGGY-1 EXTRA,-250.25,2742.75", *_ROWS[4:]], 1, (0, 6)),
        (_ROWS[1:], 1, (0, 5)),
        ([*_ROWS, "2026-03-07,POS PARK,-1.00,2609.75"], 1, (1, 6)),
    ],
    ids=["a third twin", "another amount", "another text", "a twin missing", "a new day"],
)
def test_a_day_that_differs_is_compared_row_by_row(
    ledger: Ledger, changed: list[str], compared: int, counts: tuple[int, int]
) -> None:
    account = ledger.account()
    ledger.take(_file(_ROWS), account)
    found, seen = _rows_compared(lambda: ledger.take(_file(changed), account))
    assert seen == compared
    assert (found.counts.imported, found.counts.duplicates) == counts


def test_rows_in_the_bin_are_known_and_stay_there(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_file(_ROWS), account)
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(import_id=first.id), limit=9, cursor=None)
    ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=page.items[-1].id)
    found, seen = _rows_compared(lambda: ledger.take(_file(_ROWS[:-1]), account))
    assert seen > 0
    assert (found.counts.imported, found.counts.duplicates) == (0, 5)


def test_a_row_that_is_not_booked_yet_has_every_row_compared(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(_file(_ROWS), account)
    head = "Date,Description,Amount,Balance,Status\n"
    lines = [f"{row},posted" for row in _ROWS] + ["2026-03-06,POS PARK,-1.00,,pending"]
    content = (head + "".join(f"{line}\n" for line in lines)).encode()
    with patch.object(Sieve, "left", side_effect=AssertionError("a day was taken as known")):
        found = ledger.take(content, account)
    assert (found.counts.imported, found.counts.duplicates) == (1, 6)


def test_a_dry_run_tells_of_known_days_and_changes_nothing(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(_file(_ROWS), account)
    found = ledger.take(_file(_ROWS[:-1]), account, dry_run=True)
    assert found.counts.duplicates == 5
    assert [row.outcome for row in found.rows] == ["duplicate"] * 5
    assert all(row.transaction_id for row in found.rows)


def test_rows_that_are_gone_when_their_turn_comes_are_new(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_file(_ROWS), account)
    known = facade.known_days

    def then_gone(*given: object) -> tuple[KnownDays, ...]:
        days = known(*given)  # type: ignore[arg-type]
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=first.id)
        return days

    with patch("finapp.transactions.facade.running.known_days", then_gone):
        found = ledger.take(_file(_ROWS[:-1]), account)
    assert (found.status, found.counts.imported, found.counts.duplicates) == ("done", 5, 0)
    assert ledger.recounted() == dict.fromkeys(ledger.recounted(), 0)


def test_other_rows_on_the_known_days_by_then_are_not_taken_for_those_of_the_file(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_file(_ROWS), account)
    known = facade.known_days

    def then_others(*given: object) -> tuple[KnownDays, ...]:
        days = known(*given)  # type: ignore[arg-type]
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=first.id)
        for row in _ROWS[:-1]:
            ledger.row(account, date.fromisoformat(row[:10]), "-7.77", "SOMETHING ELSE")
        return days

    with patch("finapp.transactions.facade.running.known_days", then_others):
        found = ledger.take(_file(_ROWS[:-1]), account)
    assert (found.status, found.counts.imported, found.counts.duplicates) == ("done", 5, 0)
    assert ledger.recounted() == dict.fromkeys(ledger.recounted(), 0)


def test_rows_of_known_days_stay_with_the_second_import_when_the_first_is_taken_back(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_file(_ROWS), account)
    second = ledger.take(_file(_ROWS[:-1]), account)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=first.id)
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
    assert len(page.items) == 5
    assert {row.import_id for row in page.items} == {second.id}


def test_a_digest_tells_amount_text_id_and_balance_apart() -> None:
    row = (-350, "POS BAKERY", "A1", 99650)
    others = [(-351, *row[1:]), (-350, "POS BAKERS", *row[2:]), (*row[:2], None, 99650), (*row[:3], None)]
    found = {digest([row]), *(digest([other]) for other in others), digest([row, row]), digest([])}
    assert len(found) == 7
    assert digest([row]) == digest([(-350, "".join(["POS ", "BAKERY"]), "A1", 99650)])


def test_another_currency_and_an_amount_with_more_decimals_are_no_known_rows() -> None:
    key = (-350, "POS", None, None)
    known = KnownDays(part=0, account_id="a", exponent=2, currency="INR", digests={"2026-03-02": digest([key])})
    day = date(2026, 3, 2).toordinal()
    assert Sieve(known).left([[1, day, "-3.50", "POS", None]]) == []
    assert Sieve(known).left([[1, day, "-3.5", "POS", None]]) == []
    assert Sieve(known).left([[1, day, "-3.50", "POS", None, None, "INR"]]) == []
    for other in (["-3.50", "POS", None, None, "USD"], ["-3.501", "POS", None], ["-3.50", "POS", None, "B7", None]):
        assert Sieve(known).left([[1, day, *other]]) == [[1, day, *other]]


_ANY_ROW = st.builds(
    "{}-{},{},{}".format,
    st.just("2026-03"),
    st.sampled_from(["02", "03", "04"]),
    st.sampled_from(["POS BAKERY", "POS BAKERY 7", "UPI-SWIGGY-1"]),
    st.sampled_from(["-3.50", "-4.00"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(_ANY_ROW, min_size=1, max_size=8), second=st.lists(_ANY_ROW, min_size=1, max_size=8))
def test_what_becomes_of_rows_is_the_same_as_when_each_is_compared(
    ledger: Ledger, first: list[str], second: list[str]
) -> None:
    files = [("Date,Description,Amount\n" + "\n".join([*rows, ""])).encode() for rows in (first, second)]
    quick, slow = ledger.account("Quick"), ledger.account("Slow")
    came = [[_came(ledger.take(file, quick)) for file in files]]
    with patch.object(Running, "_known_days", return_value=()):
        came.append([_came(ledger.take(file, slow)) for file in files])
    assert came[0] == came[1]


def _came(found: Import) -> tuple[Counts, list[tuple[int, str]]]:
    return found.counts, sorted((row.line, row.outcome) for row in found.rows)
