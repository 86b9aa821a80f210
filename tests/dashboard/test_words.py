"""What insights say can be said in any language: every amount of a sentence stands beside it as a value."""

from decimal import Decimal
from typing import get_args

import pytest

from finapp.dashboard.domain.words import money, name, number, words
from finapp.dashboard.public import InsightKey, InsightValue

VALUES = (
    money("surplus", Decimal("1234567.5"), "INR"),
    money("net_worth", Decimal(2000000), "INR"),
    number("months", Decimal("6")),
    number("days", 17),
    number("rows", 4),
    name("Films & {braces}"),
)


@pytest.mark.parametrize("key", get_args(InsightKey))
def test_every_sentence_is_made_of_its_values(key: InsightKey) -> None:
    said = words(key, *VALUES)
    assert said.subject
    assert said.action
    left = f"{said.subject} {said.action}"
    for each in ("1,234,567.50 INR", "2,000,000.00 INR", "17", "6", "4", "Films & {braces}"):
        left = left.replace(each, "")
    assert not any(letter.isdigit() or letter in "{}" for letter in left)


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    assert money("surplus", Decimal("12"), "EUR") == InsightValue(
        name="surplus", kind="money", value="12.00", currency="EUR"
    )
    assert money("surplus", Decimal("12"), "JPY").value == "12"
    assert words("idle_cash", money("surplus", Decimal("1234"), "JPY")).action.startswith("Ask what 1,234 JPY does")
