"""What is known of merchants besides their rows."""

import pytest

from finapp.transactions.domain.categorizer.knowledge import key_of
from finapp.transactions.domain.lookalikes import Known, lookalikes
from finapp.transactions.domain.merchants import brand_country, initials, printed_website


def test_initials_are_letters_of_the_first_two_words() -> None:
    assert [initials(name) for name in ("Blue Bottle Coffee", "Netflix", "7-Eleven", "***")] == ["BB", "N", "7E", "?"]


@pytest.mark.parametrize(
    ("text", "name", "website"),
    [
        ("NETFLIX.COM 866-579-7172 CA", "Netflix", "netflix.com"),
        ("UBER   *TRIP HELP.UBER.COM CA", "Uber", "uber.com"),
        ("JOHNLEWIS.CO.UK LONDON", "John Lewis", "johnlewis.co.uk"),
        ("SQ *BLUE HERON SQUAREUP.COM", "Blue Heron", None),
        ("TESCO STORES 3114", "Tesco", None),
    ],
)
def test_a_website_is_what_the_line_prints_of_this_merchant(text: str, name: str, website: str | None) -> None:
    assert printed_website(text, name) == website


def test_a_brand_of_one_country_has_that_country_and_an_international_one_has_none() -> None:
    assert (brand_country("WEGMANS"), brand_country("NETFLIX"), brand_country("QXZV")) == ("US", None, None)


def known(name: str, count: int = 1, category: str = "dining", currency: str = "USD") -> Known:
    return Known(id=key_of(name), name=name, count=count, category_id=category, currency=currency)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Blue Heron Bakery", "Blue Heron Bakery Cafe", "longer"),
        ("Lakeview Vet", "Lakeview Vet Toronto", "longer"),
        ("Papadopoulos", "Papadopoulos Toronto", "longer"),
        ("Northside Chiropractic", "Northside Chirop", "cut"),
        ("Kowalczyk Butchery", "Kowalcyk Butchery", "spelled_alike"),
    ],
)
def test_two_spellings_of_one_merchant_are_offered_into_the_one_with_more_rows(
    one: str, other: str, reason: str
) -> None:
    (pair,) = lookalikes([known(one, 3), known(other, 9), known("Quiet Corner", 40)])
    assert (pair.merchant.name, pair.into.name, pair.reason) == (one, other, reason)
    assert 0 < pair.similarity <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (known("Uber"), known("Uber Eats")),  # two brands
        (known("Blue Heron Bakery"), known("Blue Heron Bakery Cafe", category="groceries")),
        (known("Blue Heron Bakery"), known("Blue Heron Bakery Cafe", currency="CAD")),
        (known("Ramesh Kumar"), known("Ramesh Kumar Singh")),
        (known("Parking Garage 4"), known("Parking Garage 5")),
        (known("Green"), known("Green Dragon Tavern")),
        (known("Sunrise Deli"), known("Sunset Grill")),
    ],
)
def test_merchants_that_are_probably_two_are_not_offered(one: Known, other: Known) -> None:
    assert lookalikes([one, other]) == ()


def test_a_merchant_that_the_household_named_stays_apart() -> None:
    one, other = known("Northside Chirop"), known("Northside Chiropractic", 9)
    assert lookalikes([one, other], frozenset({one.id})) == ()


def test_each_merchant_is_offered_once_however_many_look_like_it() -> None:
    names = [known("Blue Heron Bakery", 9), known("Blue Heron Bakery Cafe", 4), known("Blue Heron Bakery Cafe Two", 1)]
    found = [pair.merchant.name for pair in lookalikes(names)]
    assert sorted(found) == ["Blue Heron Bakery Cafe", "Blue Heron Bakery Cafe Two"]
