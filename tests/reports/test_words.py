"""What the household says about its streams holds, whatever is imported, taken back or imported again."""

from dataclasses import replace
from datetime import date

import pytest

from finapp.reports.domain.recurring.edits import Edit
from finapp.reports.domain.recurring.report import Said, report
from finapp.reports.domain.recurring.words import Remembered, mark, word
from finapp.reports.public.recurring import RecurringPayments, RecurringRow, RecurringStream
from tests.reports.test_recurring import AS_OF, monthly, only, rows


def said_of(series: list[RecurringRow], **changes: object) -> Said:
    """One word on the only stream of some rows."""
    before = only(list(report(series, series[-1].date, "INR").streams))
    kept = word(before, {row.id: row for row in series})
    return Said(words=[replace(kept, **changes)])  # type: ignore[arg-type]


def renumbered(series: list[RecurringRow]) -> list[RecurringRow]:
    """The same rows after their import was taken back and repeated."""
    return [replace(row, id=f"again-{row.id}") for row in series]


def found_in(series: list[RecurringRow], said: Said) -> RecurringPayments:
    return report(series, AS_OF, "INR", said)


def test_the_users_word_follows_the_stream_through_new_rows() -> None:
    series = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    said = said_of(series[:8], decision="confirmed", name="Films")
    after = only(list(found_in(series, said).streams))
    assert (after.id, after.name, after.decision, after.occurrences) == (said.words[0].id, "Films", "confirmed", 12)


@pytest.mark.parametrize("shown", [slice(4, 10), slice(0, 6), slice(12, 18)], ids=["middle", "first", "last"])
def test_a_dismissed_stream_stays_away_whatever_is_imported_later(shown: slice) -> None:
    """Older and newer statements, a rise of the price, and another stream of the same merchant."""
    series = rows(monthly(date(2024, 12, 8), 18), ["-499.00"] * 14 + ["-649.00"] * 4)
    gone = said_of(series[shown], decision="dismissed")
    answer = found_in(series, gone)
    assert answer.streams == ()
    assert only(list(answer.dismissed)).decision == "dismissed"
    other = rows(monthly(date(2025, 7, 21), 12), "-1999.00")
    kept = only(list(found_in(series + other, gone).streams))
    assert set(kept.transaction_ids) == {row.id for row in other}


def test_a_dismissed_stream_stays_away_when_its_import_is_taken_back_and_repeated() -> None:
    series = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    gone = said_of(series, decision="dismissed")
    assert found_in(renumbered(series), gone).streams == ()


def test_a_dismissed_stream_stays_away_when_none_of_its_rows_is_left() -> None:
    """Last year's statements were deleted with their account; this year's show the same payment."""
    series = rows(monthly(date(2024, 7, 8), 24), "-499.00")
    gone = said_of(series[:12], decision="dismissed")
    assert found_in(renumbered(series[12:]), gone).streams == ()


def test_a_word_on_one_instalment_does_not_reach_another_to_the_same_bank() -> None:
    home, car = rows(monthly(date(2025, 7, 5), 12), "-31267.00"), rows(monthly(date(2025, 7, 5), 12), "-14325.00")
    gone = said_of(home, decision="dismissed")
    left = only(list(found_in(renumbered(car), gone).streams))
    assert left.amount.last == car[0].amount.copy_abs()


def test_a_word_of_an_earlier_release_is_known_by_the_ids_of_its_rows() -> None:
    series = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    old = Remembered(
        id="then", direction="out", decision="dismissed", name=None, marks=frozenset(row.id for row in series[:6])
    )
    assert found_in(series, Said(words=[old])).streams == ()


def test_an_id_survives_an_import_taken_back_and_repeated() -> None:
    series = rows(monthly(date(2025, 7, 8), 12), "-499.00")
    before, after = (only(list(found_in(each, Said()).streams)) for each in (series, renumbered(series)))
    assert before.id == after.id


def parts_of(*series: list[RecurringRow]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(mark(row) for row in each) for each in series)


def in_order(found: RecurringPayments) -> list[RecurringStream]:
    return sorted(found.streams, key=lambda stream: stream.first_on)


def test_merged_streams_are_one_for_rows_to_come_too() -> None:
    """The landlord's account changed, and with it every word of the narration."""
    early = rows(monthly(date(2025, 1, 3), 9), "-20000.00", "UPI/RAVI KUMAR/{n}")
    late = rows(monthly(date(2025, 10, 3), 9), "-21000.00", "NEFT DR-PRESTIGE HOMES {n}")
    assert len(found_in(early + late, Said()).streams) == 2
    merged = Said(edits=[Edit(kind="merge", parts=parts_of(early, late[:5]))])
    stream = only(list(found_in(early + late, merged).streams))
    assert (stream.occurrences, stream.frequency, stream.status) == (18, "monthly", "mature")
    assert [change.after for change in stream.price_changes] == [late[0].amount.copy_abs()]


def test_a_split_stream_takes_new_rows_to_the_part_of_their_size() -> None:
    """Two subscriptions on one day, a little unlike in price: found as one, told apart by the user."""
    paid = rows(monthly(date(2025, 7, 8), 12), ["-499.00"] * 6 + ["-529.00"] * 6)
    split = Said(edits=[Edit(kind="split", parts=parts_of(paid[:6], paid[6:9]))])
    first, second = in_order(found_in(paid, split))
    assert first.transaction_ids == tuple(row.id for row in paid[:6])
    assert second.transaction_ids == tuple(row.id for row in paid[6:])


def test_a_split_takes_a_merge_back() -> None:
    one = rows(monthly(date(2025, 7, 5), 12), "-310.00", "STO FLAT {n}")
    other = rows(monthly(date(2025, 7, 19), 12), "-900.00", "DDR GARAGE {n}")
    parts = parts_of(one, other)
    merged = Edit(kind="merge", parts=parts)
    assert len(found_in(one + other, Said(edits=[merged])).streams) == 1
    assert len(found_in(one + other, Said(edits=[merged, Edit(kind="split", parts=parts)])).streams) == 2


def test_own_transfers_and_payments_of_own_cards_are_in_no_total() -> None:
    """The bank pays the card: the debit and the card's credit are the same money, and neither is spending."""
    days = monthly(date(2025, 7, 13), 12)
    out = [replace(row, flow="transfer", account_id="bank") for row in rows(days, "-9000.00", "CREDITCARD PAYMENT {n}")]
    into = [
        replace(row, flow="transfer", account_id="card") for row in rows(days, "9000.00", "TELE TRANSFER CREDIT {n}")
    ]
    rent = [replace(row, flow="expense", account_id="bank") for row in rows(days, "-500.00", "UPI/RENT {n}")]
    found = report(out + into + rent, AS_OF, "INR")
    assert len(found.streams) == 3
    assert (str(found.monthly_in), str(found.monthly_out)) == ("0.00", "500.00")
    assert {item.value for item in found.basis.figures["monthly_out"].inputs} == {"500.00"}
