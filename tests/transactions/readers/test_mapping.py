"""A mapping overrides detection, is asked for when detection is unsure, and reads the file again when kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement

AMBIGUOUS = b"Date,Description,Amount\n01/02/2026,Shop,-1.00\n03/04/2026,Other,2.00\n"
UNSIGNED = b"Date,Description,Amount\n2026-01-01,Foo,1.00\n2026-01-02,Bar,2.00\n"
FIXTURES = Path(__file__).parent / "fixtures"


def test_an_undecidable_date_order_is_asked_and_then_taken_as_answered() -> None:
    answer = read_statement(AMBIGUOUS)
    assert isinstance(answer, NeedsMapping)
    assert (answer.question, answer.candidates) == ("date_order", ("dmy", "mdy"))
    for order, first in (("dmy", date(2026, 2, 1)), ("mdy", date(2026, 1, 2))):
        statement = read_statement(AMBIGUOUS, mapping=replace(answer.mapping, date_order=order))  # type: ignore[arg-type]
        assert isinstance(statement, Statement)
        assert statement.rows[0].date == first


@pytest.mark.parametrize(("country", "first"), [("IN", date(2026, 2, 1)), ("US", date(2026, 1, 2))])
def test_the_country_decides_what_the_file_leaves_open(country: str, first: date) -> None:
    statement = read_statement(AMBIGUOUS, country=country)
    assert isinstance(statement, Statement)
    assert statement.rows[0].date == first


def test_the_currency_stands_for_its_country() -> None:
    statement = read_statement(AMBIGUOUS, currency="INR")
    assert isinstance(statement, Statement)
    assert statement.rows[0].date == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("sign", "amounts"),
    [("debit", ["-1.00", "-2.00"]), ("as_printed", ["1.00", "2.00"]), ("inverted", ["-1.00", "-2.00"])],
)
def test_amounts_without_a_sign_are_asked_about(sign: str, amounts: list[str]) -> None:
    answer = read_statement(UNSIGNED)
    assert isinstance(answer, NeedsMapping)
    assert answer.question == "sign"
    statement = read_statement(UNSIGNED, mapping=Mapping(sign=sign))  # type: ignore[arg-type]
    assert isinstance(statement, Statement)
    assert [str(row.amount) for row in statement.rows] == amounts


def test_columns_can_be_named_by_heading_or_by_position() -> None:
    text = b"when,what,a,b\n2026-01-01,Foo,1.00,9.00\n2026-01-02,Bar,2.00,8.00\n"
    by_name = read_statement(text, mapping=Mapping(date="when", descriptions=("what",), amount="b", sign="debit"))
    by_place = read_statement(text, mapping=Mapping(date="#1", descriptions=("#2",), amount="#4", sign="debit"))
    assert isinstance(by_name, Statement)
    assert isinstance(by_place, Statement)
    assert [str(row.amount) for row in by_name.rows] == ["-9.00", "-8.00"]
    assert by_name.rows == by_place.rows


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read_statement(AMBIGUOUS, mapping=Mapping(date="Day"))
    assert refused.value.reason == "bad_mapping"
    assert refused.value.field == "mapping.date"
    assert "'Description'" in refused.value.message


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_the_mapping_that_was_detected_reads_the_file_the_same_way_again(name: str) -> None:
    content = (FIXTURES / name).read_bytes()
    first = read_statement(content, filename=name)
    assert isinstance(first, Statement)
    again = read_statement(content, filename=name, mapping=first.mapping)
    assert isinstance(again, Statement)
    assert again.rows == first.rows
    assert again.rejected == first.rejected


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
@pytest.mark.parametrize(("country", "currency"), [("IN", "INR"), ("US", "USD"), ("DE", "EUR")])
def test_what_a_file_shows_outweighs_the_country_of_the_household(name: str, country: str, currency: str) -> None:
    content = (FIXTURES / name).read_bytes()
    alone = read_statement(content, filename=name)
    abroad = read_statement(content, filename=name, country=country, currency=currency)
    assert isinstance(alone, Statement)
    assert isinstance(abroad, Statement)
    assert abroad.rows == alone.rows


FEES = b"Date,Description,Amount,Fee\n2026-01-02,Cash machine,-100.00,2.50\n2026-01-03,Salary,500.00,0.00\n"


def test_fees_that_nothing_explains_are_asked_about_and_never_lost() -> None:
    asked = read_statement(FEES)
    assert isinstance(asked, NeedsMapping)
    assert (asked.question, asked.candidates) == ("fee", ("Fee", "none"))
    for answer, amount in (("Fee", "-102.50"), ("none", "-100.00")):
        found = read_statement(FEES, mapping=Mapping(fee=answer))
        assert isinstance(found, Statement)
        assert [str(row.amount) for row in found.rows] == [amount, "500.00"]


def test_which_of_two_unnamed_columns_is_money_out_is_asked_where_no_wording_tells() -> None:
    content = b"2026-01-28,ALPHA,54.32,\n2026-01-20,BETA,,320.11\n"
    asked = read_statement(content)
    assert isinstance(asked, NeedsMapping)
    assert (asked.question, asked.candidates) == ("debit", ("#3", "#4"))
    found = read_statement(content, mapping=Mapping(debit="#4"))
    assert isinstance(found, Statement)
    assert [str(row.amount) for row in found.rows] == ["54.32", "-320.11"]


def test_which_of_two_different_amounts_moved_is_asked_where_no_heading_tells() -> None:
    content = b"Date,Text,Amount A,Amount B\n2026-01-02,SHOP,-22.00,-20.00\n2026-01-20,ACME,1500.00,1500.00\n"
    asked = read_statement(content)
    assert isinstance(asked, NeedsMapping)
    assert asked.question == "amount"
    found = read_statement(content, mapping=Mapping(amount="Amount B"))
    assert isinstance(found, Statement)
    assert [str(row.amount) for row in found.rows] == ["-20.00", "1500.00"]


def test_signs_that_some_wording_speaks_against_are_asked_about_and_never_turned_in_silence() -> None:
    content = b"Date,Description,Amount\n2026-01-28,ALPHA,-54.32\n2026-01-20,HOTEL RENT SHARE,320.11\n"
    asked = read_statement(content)
    assert isinstance(asked, NeedsMapping)
    assert asked.question == "sign"


def test_three_digits_behind_every_point_are_thousands_unless_the_currency_has_three_decimals() -> None:
    content = b"Datum;Text;Betrag\n02.01.2026;MIETE;-1.234\n20.01.2026;GEHALT;2.500\n"
    for currency, amounts in (("USD", ["-1234", "2500"]), ("KWD", ["-1.234", "2.500"])):
        found = read_statement(content, currency=currency)
        assert isinstance(found, Statement)
        assert [str(row.amount) for row in found.rows] == amounts
