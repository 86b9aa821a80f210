"""The search language: every example of its page holds, and no text breaks it."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.search import matching, parse, patterns, terms
from finapp.transactions.public import (
    InvalidQuery,
    NewAccount,
    NewCategory,
    Transaction,
    TransactionChanges,
    TransactionFilter,
)
from tests.support import NOON
from tests.transactions.ledger import OWNER, PERSON, Ledger

PAGE = Path(__file__).parents[2] / "docs" / "search.md"
TODAY = date(2026, 7, 15)


def tables() -> list[list[list[str]]]:
    """The tables of the page, each a list of rows of cells; `\\|` is a bar in a cell."""
    found: list[list[list[str]]] = [[]]
    for line in PAGE.read_text().splitlines():
        if not line.startswith("|"):
            found.append([])
        elif not line.startswith("| ---"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found[-1].append([cell.replace("\\|", "|").strip() for cell in cells])
    return [table[1:] for table in found if table]


FIELDS, PROPERTIES, ROWS, EXAMPLES, REFUSALS, FIREFLY = tables()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, dict[str, str]]]:
    ledger = Ledger(tmp_path_factory.mktemp("search"))
    accounts = {"Salary account": ledger.account(), "Card 4321": ledger.account("Card 4321", "credit_card")}
    letters = {}
    for letter, day, account, amount, text, category, tags, note in ROWS:
        row = ledger.row(accounts[account], date.fromisoformat(day), amount, text, category)
        letters[row.id] = letter
        changes = TransactionChanges(tags=tuple(tag.strip() for tag in tags.split(",") if tag), note=note or None)
        ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row.id, changes=changes)
    yield ledger, letters
    ledger.database.close()


def found(filled: tuple[Ledger, dict[str, str]], query: str, limit: int = 500) -> list[str]:
    ledger, letters = filled
    seen: list[str] = []
    cursor = None
    while True:
        where = TransactionFilter(query=query)
        page = ledger.facade.transactions(owner=OWNER, where=where, limit=limit, cursor=cursor)
        seen += [letters[row.id] for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return seen


@pytest.mark.parametrize(("query", "letters"), EXAMPLES)
def test_every_example_of_the_page_finds_what_it_says(
    filled: tuple[Ledger, dict[str, str]], query: str, letters: str
) -> None:
    text = query.strip("`")
    got = found(filled, text)
    assert (got if "sort:" in text else sorted(got)) == letters.split()
    assert found(filled, text, limit=1) == got


@pytest.mark.parametrize(("query", "character"), REFUSALS)
def test_every_refusal_of_the_page_points_at_its_character(
    filled: tuple[Ledger, dict[str, str]], query: str, character: str
) -> None:
    with pytest.raises(InvalidQuery) as refusal:
        found(filled, query.strip("`"))
    assert refusal.value.facts["position"] + 1 == int(character)
    assert refusal.value.message.startswith(f"at character {character}: ")


def test_the_page_names_every_field_and_property() -> None:
    named = {word for row in FIELDS for word in re.findall(r"`([a-z_]+)`", row[0])}
    assert named == set(terms.FIELDS) - {"desc", "sort"}
    assert {word for row in PROPERTIES for word in re.findall(r"`(\w+)`", row[0])} == set(terms.IS)
    assert set(re.findall(r"`(\w+)`", next(row[1] for row in FIELDS if row[0] == "`has`"))) == set(terms.HAS)


@pytest.mark.parametrize(("theirs", "ours"), FIREFLY)
def test_every_operator_of_firefly_is_understood_here(
    filled: tuple[Ledger, dict[str, str]], theirs: str, ours: str
) -> None:
    assert set(found(filled, ours.strip("`"))) <= set(filled[1].values())


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|aa)+$",
        "(a|a?)+$",
        "(.*)*x",
        "(a*)*b",
        "a*a*a*a*b",
        "((a{1,90}){1,90})x",
        "a?" * 33 + "a" * 33,
        "(a|a)" * 19 + "b",
        "a{0,90}a{0,90}a{0,90}b",
    ],
)
def test_patterns_that_could_take_for_ever_are_refused(pattern: str) -> None:
    with pytest.raises(InvalidQuery):
        parse(f"/{pattern}/", today=TODAY)


@pytest.mark.parametrize(
    "pattern", ["a*a*b", "(a|a)a*$b", "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa$", ".*.*=", "a{0,100}a{0,100}b"]
)
def test_patterns_that_are_taken_come_to_an_end_on_the_worst_text(ledger: Ledger, pattern: str) -> None:
    # Nothing is timed: a pattern without bounds would not come back at all.
    ledger.row(ledger.account(), TODAY, "-1.00", "a" * 1000)
    where = TransactionFilter(query=f"/{pattern}/")
    assert len(ledger.facade.transactions(owner=OWNER, where=where, limit=5, cursor=None).items) <= 1


@pytest.mark.parametrize("pattern", ["a*a*b", ".*.*zz", "[^b]*[^c]*dz", "a?" * 13 + "b", "a{0,100}a{0,100}b"])
def test_a_pattern_is_followed_once_through_a_text(pattern: str) -> None:
    # Seconds for ten texts where each way is tried from each place: what is looked at grows with the cube of the text.
    machine = matching.Machine(patterns.pieces(patterns.checked(pattern, 0)))
    for text in ("a" * 300, "ab" * 100 + "c" * 100):
        machine.holds(text)
    assert machine.steps < 2_000


_patterns = st.lists(
    st.sampled_from(
        ["a", "b", ".", r"\w", r"\d", "[^a]", "[]a]", "é",
         "^", "$", r"\b", "(a|b*)", "(^|c)", "|", "a*", "a+?", ".?", "b{2,}"]
    ),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_patterns, st.text(alphabet="abAc1 éÉ.\n", max_size=9))
def test_a_pattern_holds_where_python_says_so(pattern: str, text: str) -> None:
    try:
        patterns.checked(pattern, 0)
    except InvalidQuery:
        return
    expected = re.search(pattern, text, re.IGNORECASE) is not None
    assert matching.Machine(patterns.pieces(pattern)).holds(text) is expected
    assert matching.holds(pattern, text) is expected


def test_texts_are_compared_whole_and_in_any_case(ledger: Ledger) -> None:
    account = ledger.account()
    long = "X" * 320
    row = ledger.row(account, TODAY, "-1.00", f"École {long} End")
    for query in (f'description=="ÉCOLE {long} END"', "description:éCOLE*", "description:*end", "text:école"):
        assert [one.id for one in found_rows(ledger, query)] == [row.id], query
    assert found_rows(ledger, "description:*x") == ()


def test_a_tag_is_found_as_it_is_spelled(ledger: Ledger) -> None:
    account = ledger.account()
    spelled = ("Trip", "trip", "a,b", 'a"b', ",", "[", "été")
    rows = {tag: ledger.row(account, TODAY, "-1.00", "Shop") for tag in spelled}
    for tag, row in rows.items():
        changes = TransactionChanges(tags=(tag, "other"))
        ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row.id, changes=changes)
    for tag, row in rows.items():
        quoted = tag.replace('"', '\\"')
        assert [one.id for one in found_rows(ledger, f'tag:"{quoted}"')] == [row.id], tag
        where = TransactionFilter(tag=tag)
        page = ledger.facade.transactions(owner=OWNER, where=where, limit=50, cursor=None)
        assert [one.id for one in page.items] == [row.id], tag
    assert {one.id for one in found_rows(ledger, "tag:TR*")} == {rows["Trip"].id, rows["trip"].id}
    assert [one.id for one in found_rows(ledger, "tag:É*")] == [rows["été"].id]
    assert found_rows(ledger, "tag:]*") == ()


def test_a_statement_that_writes_accents_apart_is_found_as_it_is_typed(ledger: Ledger) -> None:
    text = unicodedata.normalize("NFD", "CAFÉ MÜNCHEN")
    ledger.take(f"Date,Description,Amount\n2026-05-03,{text},-5.00\n".encode(), ledger.account())
    (row,) = found_rows(ledger, "café münchen")
    assert row.description == "CAFÉ MÜNCHEN"


def test_a_salary_entered_ahead_is_no_payday_yet(ledger: Ledger) -> None:
    account = ledger.account()
    came = ledger.row(account, NOON.date(), "900.00", "SALARY", "income_salary")
    ahead = ledger.row(account, NOON.date() + timedelta(days=30), "900.00", "SALARY", "income_salary")
    assert {one.id for one in found_rows(ledger, "since:payday")} == {came.id, ahead.id}


def test_an_account_is_found_by_letters_at_the_end_of_its_number(ledger: Ledger) -> None:
    new = NewAccount(name="Depot", kind="savings", currency="INR", number_last4="AB12")
    account = ledger.facade.create_account(owner=OWNER, person=PERSON, new=new)
    row = ledger.row(account, TODAY, "-1.00", "Shop")
    assert [one.id for one in found_rows(ledger, "account:ab12")] == [row.id]


def test_the_begin_of_a_category_is_not_the_whole_of_another(ledger: Ledger) -> None:
    own = ledger.facade.create_category(
        owner=OWNER, person=PERSON, new=NewCategory(name="Homework", parent_id="education")
    )
    row = ledger.row(ledger.account(), TODAY, "-1.00", "Shop", own.id)
    assert [one.id for one in found_rows(ledger, "category:home*")] == [row.id]
    assert [one.id for one in found_rows(ledger, "category:*_family")] == [row.id]
    assert found_rows(ledger, "category:home") == ()


def found_rows(ledger: Ledger, query: str) -> tuple[Transaction, ...]:
    where = TransactionFilter(query=query)
    return ledger.facade.transactions(owner=OWNER, where=where, limit=50, cursor=None).items


def test_the_page_has_examples() -> None:
    assert (len(ROWS), len(EXAMPLES) > 35, len(REFUSALS) > 15) == (7, True, True)


def test_denying_a_query_finds_exactly_the_other_rows(filled: tuple[Ledger, dict[str, str]]) -> None:
    for query, _ in EXAMPLES:
        text = re.sub(r"sort:\S+", "", query.strip("`"))
        both = found(filled, text) + found(filled, f"-({text})")
        assert sorted(both) == sorted(filled[1].values()), text


_pieces = st.sampled_from(
    ["swiggy", "tag:", "x", "-", "not", "(", ")", "or", "and", '"', "/", "a+", ",", "amount>", "100", "..", "date:",
     "last-month", "is:", "in", "sort:", "-date", " ", "\\", "%", "_", "category:", "dining", "NaN", "1e999", "0"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_pieces, max_size=12).map("".join) | st.text(max_size=60))
def test_any_text_is_understood_or_refused(filled: tuple[Ledger, dict[str, str]], text: str) -> None:
    try:
        seen = found(filled, text)
        position = 0
    except InvalidQuery as refusal:
        seen, position = [], refusal.facts["position"]
    assert set(seen) <= set(filled[1].values())
    assert 0 <= position <= len(text)


def test_too_much_is_refused() -> None:
    for text in ("x" * 1001, "(" * 300 + "x" + ")" * 300, " ".join("x" for _ in range(101)), "-" * 200 + "x"):
        with pytest.raises(Invalid):
            parse(text, today=TODAY)


def test_a_cursor_of_another_order_is_refused(filled: tuple[Ledger, dict[str, str]]) -> None:
    ledger, _ = filled
    by_amount = TransactionFilter(query="sort:amount")
    cursor = ledger.facade.transactions(owner=OWNER, where=by_amount, limit=1, cursor=None).next_cursor
    with pytest.raises(Invalid):
        ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=1, cursor=cursor)
