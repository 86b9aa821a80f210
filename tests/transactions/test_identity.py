"""Statements imported in any order, overlapping or twice, add every real row once."""

import random
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.transactions.domain.identity import Known, Paired, pair_up

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


LAYOUTS = {
    "csv": {"balances": True, "ids": False, "text": "{text}"},
    "other csv": {"balances": False, "ids": False, "text": "POS {text} MUMBAI"},
    "ofx": {"balances": False, "ids": True, "text": "{text}"},
    "pdf": {"balances": True, "ids": False, "text": "{text} REF {number:07}"},
}


def printed(truth: list[tuple[int, int, str]], first: int, last: int, layout: str) -> list[Known]:
    """What a bank prints of the days `first` to `last` in one format; each key is the number of the true row."""
    rows, balance = [], Decimal(1000)
    style = LAYOUTS[layout]
    for number, (day, amount, text) in enumerate(sorted(truth, key=lambda item: item[0])):
        balance += amount
        if first <= day <= last:
            rows.append(
                of(day, amount, str(style["text"]).format(text=text, number=number), str(number), source=layout,
                   bank_id=f"id{number}" if style["ids"] else None,
                   balance_after=balance if style["balances"] else None)
            )  # fmt: skip
    return rows


names = ["GREEN GROCER", "METRO RAIL FARE", "TEA HOUSE", "BOOK SHOP"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from([-40, -41, 500]), st.sampled_from(names)), min_size=1, max_size=20
    ),
    st.lists(
        st.tuples(st.sampled_from(sorted(LAYOUTS)), st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6
    ),
    st.integers(0, 10**6),
)
def test_histories_of_several_formats_in_any_order_lose_and_double_nothing(
    truth: list[tuple[int, int, str]], files: list[tuple[str, int, int]], seed: int
) -> None:
    chance = random.Random(seed)
    ledger: list[Known] = []
    seen: set[str] = set()
    for layout, one, two in [*files, ("csv", 0, 12)]:
        rows = printed(truth, min(one, two), max(one, two), layout)
        seen |= {row.key for row in rows}
        chance.shuffle(rows)
        assert imported(ledger, rows) == 0
    wanted = sorted((DAY + timedelta(days=day), Decimal(amount)) for day, amount, _ in truth)
    assert sorted((row.date, row.amount) for row in ledger) == wanted
    assert seen == {str(number) for number in range(len(truth))}


def test_a_text_that_changed_when_the_payment_was_booked_is_not_added_again() -> None:
    pending = [of(1, -40, "POS AUTH GREEN GROCER", "a", source="bank"), of(1, -40, "CARD 1234", "b", source="bank")]
    booked = [of(1, -40, "GREEN GROCER MUMBAI", "x", source="bank"), of(1, -40, "METRO RAIL FARE", "y", source="bank")]
    found = pair_up(pending, booked)
    assert found.duplicates == {"x": "a"}
    assert found.review == {"y": "b"}


def test_equal_counts_of_unlike_texts_go_to_review_and_alike_ones_pair() -> None:
    stored = [of(1, -40, text, str(number), source="csv") for number, text in enumerate(["METRO RAIL", "TEA HOUSE"])]
    arriving = [of(1, -40, text, text, source="pdf") for text in ["POS 1234 TEA HOUSE", "ZXCV 99"]]
    found = pair_up(stored, arriving)
    assert found.duplicates == {"POS 1234 TEA HOUSE": "1"}
    assert found.review == {"ZXCV 99": "0"}
    assert found.new == {}


def test_more_arriving_rows_of_unlike_text_than_stored_ones_are_all_for_a_person_to_decide() -> None:
    found = pair_up(
        [of(1, -40, "METRO RAIL", "a", source="csv")],
        [of(1, -40, "QWER", "x", source="pdf"), of(1, -40, "ASDF", "y", source="pdf")],
    )
    assert set(found.review) == {"x", "y"}


def test_the_most_alike_texts_pair() -> None:
    stored = [of(1, -40, "UPI GREEN GROCER", "a", source="csv"), of(1, -40, "UPI GREEN HOUSE", "b", source="csv")]
    arriving = [
        of(1, -40, "UPI GREEN HOUSE 77", "y", source="pdf"),
        of(1, -40, "UPI GREEN GROCER 76", "x", source="pdf"),
    ]
    assert pair_up(stored, arriving).duplicates == {"x": "a", "y": "b"}


def test_twin_fares_with_balances_of_their_own_survive_statements_that_share_a_day() -> None:
    first = [of(1, -40, "METRO", "a", balance_after=Decimal(960), source="csv")]
    both = [*first, of(1, -40, "METRO", "b", balance_after=Decimal(920), source="csv")]
    found = pair_up(first, both)
    assert found.duplicates == {"a": "a"}
    assert found.new == {"b": 1}


def test_a_row_booked_late_moves_the_balances_behind_it_and_doubles_nothing() -> None:
    days = [(day, -40, "METRO") for day in range(1, 8)]
    before = printed([(0, 500, "PAY"), *days], 0, 7, "csv")
    after = printed([(0, 500, "PAY"), (2, -41, "LATE"), *days], 0, 7, "csv")
    found = pair_up(before, after)
    assert len(found.new) == 1
    assert len(found.duplicates) + len(found.review) == len(before)
    assert len(found.review) <= 1  # of the last day, which another file may share


def test_two_payments_with_numbers_of_their_own_in_one_format_are_not_paired_by_their_other_words() -> None:
    found = pair_up(
        [of(1, -40, "UPI 412345678901 RAJ KUMAR STORES", "a", source="csv")],
        [of(1, -40, "UPI 412345678999 RAJ KUMAR STORES", "b", source="csv")],
    )
    assert found.duplicates == {}
    assert set(found.review) == {"b"}


def test_different_ids_of_one_format_are_new_rows_whatever_else_agrees() -> None:
    stored = [of(1, -40, "METRO", str(n), bank_id=f"s{n}", balance_after=Decimal(9), source="ofx") for n in range(3)]
    arriving = [of(1, -40, "METRO", str(n), bank_id=f"a{n}", balance_after=Decimal(9), source="ofx") for n in range(3)]
    assert len(pair_up(stored, arriving).new) == 3


@pytest.mark.parametrize("case", ["equal", "texts", "ids", "balances", "formats", "unlike"])
def test_ten_times_the_equal_rows_cost_about_ten_times_as_much(case: str) -> None:
    def many(turn: int, rows: int) -> list[Known]:
        return [
            of(1, -40, f"METRO {number + turn * (case == 'unlike') * 9000}" if case in ("texts", "unlike") else "METRO",
               str(number), bank_id=f"{turn}-{number}" if case == "ids" else None,
               balance_after=Decimal(number + turn * 10**6) if case == "balances" else None,
               source=f"csv{turn}" if case == "formats" else "csv")
            for number in range(rows)
        ]  # fmt: skip

    def cost(rows: int) -> tuple[float, Paired]:
        stored, arriving = many(0, rows), many(1, rows)
        started = time.process_time()
        found = pair_up(stored, arriving)
        return time.process_time() - started, found

    # The quickest of several, so that words already taken apart and a busy machine weigh on neither side.
    few, _ = min((cost(500) for _ in range(3)), key=lambda taken: taken[0])
    many_seconds, found = min((cost(5000) for _ in range(3)), key=lambda taken: taken[0])
    # A hundredfold would be quadratic.
    assert many_seconds < 50 * few
    expected = {"ids": "new", "balances": "review", "unlike": "review"}.get(case, "duplicates")
    assert len(getattr(found, expected)) == 5000
