"""What is known of merchants besides their rows."""

import pytest

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
