"""The index of texts says what the rows say, however they were written."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.transactions.public import TransactionFilter
from finapp.transactions.store import listing, texts
from tests.transactions.ledger import OWNER, PERSON, Ledger


def found(ledger: Ledger, query: str) -> int:
    where = TransactionFilter(query=query)
    return len(ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items)


def test_many_rows_at_once_are_learned_and_forgotten(ledger: Ledger) -> None:
    account = ledger.account()
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(60)]
    lines = "".join(f"{day},KIOSK ÜBERLINGEN {number},-{number + 1}.00\n" for number, day in enumerate(days))
    taken = ledger.take(f"Date,Description,Amount\n{lines}".encode(), account, mapping={"sign": "as_printed"})
    assert taken.counts.imported == 60
    assert ledger.recounted()["texts"] == 0
    assert (found(ledger, "überlingen"), found(ledger, "iosk"), found(ledger, "nowhere")) == (60, 60, 0)
    ledger.row(account, date(2026, 5, 1), "-3", "NOWHERE ELSE")
    assert found(ledger, "nowhere") == 1
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert ledger.recounted()["texts"] == 0
    assert found(ledger, "iosk") == 0


def _ascii_lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


@given(
    written=st.lists(st.text("abzAZ1%_'é咖啡ß ", min_size=1, max_size=7).filter(str.strip), min_size=1, max_size=12),
    pairs=st.lists(st.text("abzAZ1%_'é咖啡ß", min_size=2, max_size=2), min_size=1, max_size=8),
)
@settings(max_examples=25, deadline=None)
def test_two_letters_are_found_in_every_text_that_has_them(written: list[str], pairs: list[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(Path(home))
        account = ledger.account()
        for number, text in enumerate(written):
            ledger.row(account, date(2026, 1, 1) + timedelta(days=number), "-3", text.strip())
        rows = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None).items
        for pair in pairs:
            cases = {pair} if pair.isascii() else {pair.lower(), pair.upper()}
            texts = [_ascii_lower(f"{row.description}\0{row.merchant or ''}\0{row.note or ''}") for row in rows]
            wanted = sum(any(_ascii_lower(case) in text for case in cases) for text in texts)
            assert found(ledger, f'"{pair}"') == wanted, pair
        ledger.database.close()


def test_an_index_that_lost_a_row_is_told_and_made_again(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), date(2026, 1, 1), "-3", "KIOSK")
    with ledger.database.write(None) as unit:
        unit.connection.exec_driver_sql(
            "INSERT INTO transaction_texts (transaction_texts, rowid, description, merchant, note) "
            "SELECT 'delete', id, description, merchant, note FROM transactions"
        )
    assert found(ledger, "kiosk") == 0
    assert ledger.recounted()["texts"] == 1
    ledger.facade.repair()
    assert ledger.recounted()["texts"] == 0
    assert found(ledger, "kiosk") == 1
    assert row.description == "KIOSK"


def test_many_rows_change_nothing_of_the_schema(ledger: Ledger) -> None:
    """SQLite fails to open an index of texts when the schema changes meanwhile: searches would fail."""

    def schema() -> int:
        with ledger.database.read() as connection:
            return int(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())

    account, before = ledger.account(), schema()
    lines = "".join(f"{date(2026, 1, 1) + timedelta(days=number)},KIOSK,-{number + 1}.00\n" for number in range(60))
    taken = ledger.take(f"Date,Description,Amount\n{lines}".encode(), account, mapping={"sign": "as_printed"})
    assert (found(ledger, "kiosk"), schema()) == (60, before)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert (found(ledger, "kiosk"), schema()) == (0, before)


def test_texts_of_many_rows_that_are_not_stored_after_all_are_not_learned(ledger: Ledger) -> None:
    account = ledger.account()
    lines = "".join(f"{date(2026, 1, 1) + timedelta(days=number)},KIOSK,-{number + 1}.00\n" for number in range(60))
    content = f"Date,Description,Amount\n{lines}".encode()
    ledger.take(content, account, mapping={"sign": "as_printed"}, dry_run=True)
    assert (found(ledger, "kiosk"), ledger.recounted()["texts"]) == (0, 0)
    ledger.row(account, date(2026, 5, 1), "-3", "KIOSK BY HAND")
    assert (found(ledger, "kiosk"), ledger.recounted()["texts"]) == (1, 0)


def test_a_restored_household_is_searched_and_one_that_was_restored_in_part_leaves_nothing(ledger: Ledger) -> None:
    account = ledger.account()
    for number in range(3):
        ledger.row(account, date(2026, 1, 1 + number), "-3", f"KIOSK {number}")
    lines = ledger.facade.household_rows(owner=OWNER).lines
    page = ledger.facade.household_rows(owner=OWNER)
    while page.next_cursor is not None:
        page = ledger.facade.household_rows(owner=OWNER, cursor=page.next_cursor)
        lines += page.lines
    ledger.facade.discard_rows(owner=OWNER)
    assert (found(ledger, "kiosk"), ledger.recounted()["texts"]) == (0, 0)
    ledger.facade.restore_rows(owner=OWNER, lines=lines, first=True, last=False)
    ledger.facade.discard_rows(owner=OWNER)
    assert (found(ledger, "kiosk"), ledger.recounted()["texts"]) == (0, 0)
    ledger.facade.restore_rows(owner=OWNER, lines=lines, first=True, last=True)
    assert (found(ledger, "kiosk"), ledger.recounted()["texts"]) == (3, 0)


@pytest.mark.parametrize("few", [0, 5_000])
@pytest.mark.parametrize("text", ["Пятёрочка", "пятёрочка", "ПЯТЁРОЧКА", "Пя", "пЯ", "ё", "Ё"])
def test_letters_of_any_writing_are_found_whatever_their_case_and_however_many_rows_have_them(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, text: str, few: int
) -> None:
    monkeypatch.setattr(texts, "NAMED", 0)
    monkeypatch.setattr(listing, "FEW", few)
    account = ledger.account()
    ids = {ledger.row(account, date(2026, 7, day), "-5", f"Пятёрочка {day}").id for day in (1, 2, 3)}
    other = ledger.row(account, date(2026, 7, 4), "-5", "Магнит").id
    for query, expected in ((f"description:{text}", ids), (f"-{text}", {other}), (f"{text} or amount:7", ids)):
        where = TransactionFilter(query=query)
        found = ledger.facade.transactions(owner=OWNER, where=where, limit=50, cursor=None).items
        assert {row.id for row in found} == expected, query
        assert ledger.facade.outline(owner=OWNER, where=where).total == len(expected), query
