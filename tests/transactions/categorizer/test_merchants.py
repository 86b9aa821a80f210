"""The merchant book: renaming, merging, splitting, and merges worth offering."""

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.merchants import Book, initials, probably_same


def test_a_merchant_keeps_its_printed_name_until_it_is_renamed() -> None:
    book = Book()
    assert book.of("SWIGGY", "Swiggy").name == "Swiggy"
    assert book.renamed("SWIGGY", " Dinner ").of("SWIGGY", "Swiggy").name == "Dinner"
    with pytest.raises(Invalid):
        book.renamed("SWIGGY", "  ")


def test_merged_merchants_are_one_and_a_split_takes_one_out_again() -> None:
    book = Book(names={"B": "Both"}).merge(["A", "C"], "B")
    assert {book.of(key, key).key for key in "ABC"} == {"B"}
    assert {book.of(key, key).name for key in "ABC"} == {"Both"}
    assert book.split("A").of("A", "A").key == "A"
    assert book.split("A").of("C", "C").key == "B"


def test_merging_back_and_forth_never_runs_in_a_circle() -> None:
    book = Book().merge(["A"], "B").merge(["B"], "C")
    assert book.target("A") == "C"
    with pytest.raises(Invalid):
        book.merge(["A", "C"], "B")
    with pytest.raises(Invalid):
        Book().split("A")


def test_initials_are_letters_of_the_first_two_words() -> None:
    assert [initials(name) for name in ("Blue Bottle Coffee", "Netflix", "7-Eleven", "***")] == ["BB", "N", "7E", "?"]


def test_a_name_cut_short_is_offered_for_merging() -> None:
    assert probably_same(["BUNDLTECHNOLOGIES", "BUNDLTE", "ACE", "ACEHARDWARE"]) == (("BUNDLTE", "BUNDLTECHNOLOGIES"),)
