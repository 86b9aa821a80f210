"""Statements imported in any order, overlapping or twice, add every real row once."""

import random
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.transactions.domain.identity import Known, pair_up

DAY = date(2026, 1, 1)


def imported(ledger: list[Known], rows: list[Known]) -> int:
    """Puts into the ledger what is new; how many went to review."""
    found = pair_up(ledger, rows)
    by_key = {row.key: row for row in rows}
    assert set(found.duplicates) | set(found.new) | set(found.review) == set(by_key)
    assert len(found.duplicates) + len(found.new) + len(found.review) == len(rows)
    for key, ordinal in found.new.items():
        row = by_key[key]
        ledger.append(Known(**{**vars_of(row), "key": f"L{len(ledger)}", "ordinal": ordinal}))
    return len(found.review)


def vars_of(row: Known) -> dict[str, object]:
    return {
        name: getattr(row, name) for name in ("date", "amount", "description", "bank_id", "balance_after", "source")
    }


def of(day: int, amount: int, text: str, key: str, **more: object) -> Known:
    return Known(key=key, date=DAY + timedelta(days=day), amount=Decimal(amount), description=text, **more)  # type: ignore[arg-type]


truths = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from([-40, -41, 500]), st.sampled_from(["METRO", "TEA", "PAY"])),
    max_size=25,
)


def statement_rows(
    truth: list[tuple[int, int, str]], first: int, last: int, balances: bool, source: str
) -> list[Known]:
    rows, balance = [], Decimal(1000)
    for number, (day, amount, text) in enumerate(sorted(truth, key=lambda item: item[0])):
        balance += amount
        if first <= day <= last:
            rows.append(
                of(day, amount, text, f"{source}{number}", balance_after=balance if balances else None, source=source)
            )
    return rows


@given(truths, st.booleans())
def test_the_same_file_twice_adds_nothing(truth: list[tuple[int, int, str]], balances: bool) -> None:
    ledger: list[Known] = []
    imported(ledger, statement_rows(truth, 0, 20, balances, "csv"))
    assert len(ledger) == len(truth)
    before = list(ledger)
    assert imported(ledger, statement_rows(truth, 0, 20, balances, "csv")) == 0
    assert ledger == before


@settings(max_examples=200)
@given(truths, st.booleans(), st.integers(0, 10**6))
def test_overlapping_periods_in_any_order_lose_and_double_nothing(
    truth: list[tuple[int, int, str]], balances: bool, seed: int
) -> None:
    chance = random.Random(seed)
    periods = [(0, 8), (5, 14), (9, 20), (3, 6), (0, 20)]
    chance.shuffle(periods)
    ledger: list[Known] = []
    for first, last in periods:
        rows = statement_rows(truth, first, last, balances, "csv")
        chance.shuffle(rows)
        assert imported(ledger, rows) == 0
    wanted = sorted((DAY + timedelta(days=day), Decimal(amount), text) for day, amount, text in truth)
    assert sorted((row.date, row.amount, row.description) for row in ledger) == wanted
    places = [(row.date, row.amount, row.ordinal) for row in ledger]
    assert len(set(places)) == len(places)


@given(truths)
def test_a_csv_and_a_pdf_with_balances_are_one_history(truth: list[tuple[int, int, str]]) -> None:
    ledger: list[Known] = []
    imported(ledger, statement_rows(truth, 0, 20, True, "csv"))
    other = [Known(**{**vars_of(row), "key": row.key, "description": f"PDF {row.description} 123", "source": "pdf"})  # type: ignore[arg-type]
             for row in statement_rows(truth, 0, 20, True, "csv")]  # fmt: skip
    assert imported(ledger, other) == 0
    assert len(ledger) == len(truth)


def test_two_equal_fares_on_one_day_are_two_rows() -> None:
    ledger: list[Known] = []
    imported(ledger, [of(1, -40, "METRO", "a"), of(1, -40, "METRO", "b")])
    assert [row.ordinal for row in ledger] == [0, 1]


def test_different_ids_of_one_layout_never_pair() -> None:
    found = pair_up(
        [of(1, -40, "METRO", "a", bank_id="1", source="ofx")], [of(1, -40, "METRO", "b", bank_id="2", source="ofx")]
    )
    assert set(found.new) == {"b"}


def test_equal_date_and_amount_with_another_text_from_another_layout_goes_to_review() -> None:
    found = pair_up([of(1, -40, "METRO RAIL", "a", source="csv")], [of(1, -40, "POS 1234", "b", source="pdf")])
    assert found.review == {"b": "a"}
