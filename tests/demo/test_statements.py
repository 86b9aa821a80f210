"""Statements say what the rows say, in the manner of each bank, and know which rows were delivered before."""

import csv
import hashlib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from finapp.app.demo.household import Household, simulate
from finapp.app.demo.statements.sheet import german, indian
from finapp.app.demo.statements.writing import LAYOUTS, statements, whole_history
from finapp.app.demo.truth import ProfileName, Row, Statement

UNTIL = date(2026, 10, 31)
PROFILES = get_args(ProfileName)
DIGESTS = {"in": "b4392e74aaefb74b", "us": "398240a5067e5ff4", "gb": "8226e1855e954261", "eu": "724063bc7dbee324"}


@cache
def household(profile: ProfileName, seed: int) -> Household:
    return simulate(seed=seed, profile=profile, until=UNTIL, months=4)


@cache
def truth(profile: ProfileName, seed: int) -> dict[str, Row]:
    return {row.key: row for row in household(profile, seed).rows()}


@cache
def exported(profile: ProfileName, seed: int) -> tuple[Statement, ...]:
    return tuple(statements(household(profile, seed), months=4))


@cache
def example(layout: str) -> tuple[Statement, tuple[Row, ...]]:
    """A statement in the layout with its rows in file order."""
    for profile in PROFILES:
        for seed in range(40):
            for statement in exported(profile, seed):
                if statement.layout == layout and len(statement.row_keys) > 4:
                    rows = truth(profile, seed)
                    return statement, tuple(rows[key] for key in statement.row_keys)
    raise AssertionError(f"no household banks in {layout}")


def text_of(statement: Statement) -> str:
    return statement.content.decode(LAYOUTS[statement.layout].encoding)


def body(statement: Statement, delimiter: str, width: int, skip: int = 1) -> list[list[str]]:
    """Records with as many cells as the table is wide, after its header."""
    records = csv.reader(text_of(statement).splitlines(), delimiter=delimiter)
    return [record for record in records if len(record) == width][skip:]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_prints_every_description_once_in_file_order(layout: str) -> None:
    statement, rows = example(layout)
    text, place = text_of(statement), 0
    for row in rows:
        printed = row.description.replace('"', '""')
        place = text.index(printed, place) + len(printed)


def test_hdfc_separates_debit_and_credit_and_closes_with_a_summary() -> None:
    statement, rows = example("hdfc")
    printed = [record for record in body(statement, ",", 7) if record[0][:2].isdigit() and record[0][2:3] == "/"]
    assert [(record[4], record[5]) for record in printed] == [
        (f"{-row.amount}", "") if row.amount < 0 else ("", f"{row.amount}") for row in rows
    ]
    assert [Decimal(record[6]) for record in printed] == [row.balance for row in rows]
    summary = text_of(statement).splitlines()[-2].split(",")
    opening, debits, credits, closing = (Decimal(summary[index]) for index in (0, 4, 5, 6))
    assert opening - debits + credits == closing == statement.closing


def test_sbi_is_tab_separated_with_lakhs_and_its_opening_balance() -> None:
    statement, rows = example("sbi")
    printed = [line.split("\t") for line in text_of(statement).splitlines() if line.count("\t") == 7][1:]
    assert [record[6] for record in printed] == [indian(row.balance) for row in rows]
    assert indian(statement.opening) in text_of(statement).splitlines()[3]
    assert statement.filename.endswith(".xls")


def test_chase_is_newest_first_with_signed_amounts() -> None:
    statement, rows = example("chase")
    printed = body(statement, ",", 8, skip=0)
    assert [Decimal(record[3]) for record in printed] == [row.amount for row in rows]
    assert rows[0].date >= rows[-1].date
    assert printed[0][1] == f"{rows[0].date:%m/%d/%Y}"


@pytest.mark.parametrize(("layout", "width"), [("amex", 5), ("amex_uk", 3)])
def test_american_express_prints_spending_as_positive(layout: str, width: int) -> None:
    statement, rows = example(layout)
    assert [Decimal(record[-1]) for record in body(statement, ",", width)] == [-row.amount for row in rows]
    assert LAYOUTS[layout].inverted


def test_dkb_writes_decimal_commas_after_a_byte_order_mark() -> None:
    statement, rows = example("dkb")
    assert statement.content.startswith(b"\xef\xbb\xbf")
    assert statement.content.count(b"\xef\xbb\xbf") == 1
    assert [record[8] for record in body(statement, ";", 11)] == [german(row.amount) for row in rows]
    assert f"{german(statement.closing)} €" in text_of(statement).splitlines()[1]


def test_ing_is_written_in_the_windows_code_page() -> None:
    statement, rows = example("ing")
    assert "Auftraggeber/Empfänger".encode("cp1252") in statement.content
    assert [record[7] for record in body(statement, ";", 9)] == [german(row.amount) for row in rows]


def test_bank_of_america_states_totals_above_the_rows() -> None:
    statement, rows = example("bofa")
    summary = [Decimal(record[2].replace(",", "")) for record in csv.reader(text_of(statement).splitlines()[1:5])]
    opening, credits, debits, closing = summary
    assert opening == statement.opening
    assert opening + credits + debits == closing == statement.closing
    assert credits + debits == sum(row.amount for row in rows)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0.50", "0.50"), ("-999.00", "-999.00"), ("1234.50", "1,234.50"), ("1234567.05", "12,34,567.05")],
)
def test_lakhs_and_crores_are_grouped_by_two(amount: str, written: str) -> None:
    assert indian(Decimal(amount)) == written


@pytest.mark.parametrize("profile", PROFILES)
def test_opening_plus_rows_is_closing_in_every_statement(profile: ProfileName) -> None:
    rows = truth(profile, 1)
    for statement in statements(household(profile, 1)):
        total = sum((rows[key].amount for key in statement.row_keys), Decimal(0))
        assert statement.opening + total == statement.closing
        assert all(statement.first <= rows[key].date <= statement.last for key in statement.row_keys)


@pytest.mark.parametrize("profile", PROFILES)
def test_statements_without_overlap_deliver_every_row_exactly_once(profile: ProfileName) -> None:
    delivered = [key for statement in statements(household(profile, 2)) for key in statement.row_keys]
    assert sorted(delivered) == sorted(truth(profile, 2))
    assert not any(statement.duplicate_keys for statement in statements(household(profile, 2)))


@pytest.mark.parametrize("profile", PROFILES)
def test_overlaps_and_repeats_are_marked_exactly(profile: ProfileName) -> None:
    rows, seen, repeated = truth(profile, 2), set[str](), 0
    for statement in statements(household(profile, 2), overlap_days=9, repeat_every=3):
        known = {key for key in statement.row_keys if key in seen}
        assert set(statement.duplicate_keys) == known
        repeated += len(known)
        seen |= set(statement.row_keys)
        total = sum((rows[key].amount for key in statement.row_keys), Decimal(0))
        assert statement.opening + total == statement.closing
    assert seen == set(rows)
    assert repeated > 0


def test_a_file_can_be_exported_in_another_layout() -> None:
    found = list(statements(household("us", 1), months=12, layout="plain"))
    assert {statement.layout for statement in found} == {"plain"}
    assert sum(len(statement.row_keys) for statement in found) == len(truth("us", 1))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_whole_history_is_one_stream_with_all_rows_of_the_account(profile: ProfileName) -> None:
    home = household(profile, 1)
    account = home.accounts[0]
    written = b"".join(whole_history(home, account.id, "plain")).decode().splitlines()
    mine = [row for row in truth(profile, 1).values() if row.account_id == account.id]
    assert len(written) == len(mine) + 1
    assert written[-1].endswith(f"{mine[-1].amount},{mine[-1].balance}")


@pytest.mark.parametrize("profile", PROFILES)
def test_statement_bytes_are_the_same_on_every_machine(profile: ProfileName) -> None:
    """Digests taken once; they change only with the simulator, its tables or the published holidays."""
    digest = hashlib.sha256(usedforsecurity=False)
    for statement in statements(household(profile, 7)):
        digest.update(statement.content)
    assert digest.hexdigest()[:16] == DIGESTS[profile]
