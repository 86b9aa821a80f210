"""The household written by hand has the figures its docstring promises, whatever bank prints it."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from finapp.app.demo.hand import VARIANTS, Variant, six_equal_months, six_equal_rows
from finapp.app.demo.truth import Flow

FIRST = date(2026, 1, 1)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_month_earns_120000_lives_on_50000_and_serves_30000_of_debt(variant: Variant) -> None:
    months: dict[int, dict[Flow, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in six_equal_rows(variant, first=FIRST):
        months[row.date.month][row.flow] += row.amount
    assert len(months) == 6
    for flows in months.values():
        assert flows == {
            "income": 120_000, "expense": -50_000, "debt": -30_000, "investment": -10_000, "transfer": -15_000,
        }  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_file_holds_sixty_rows_with_their_narrations(variant: Variant) -> None:
    text = six_equal_months(variant, first=FIRST).decode()
    rows = list(six_equal_rows(variant, first=FIRST))
    assert len(rows) == 60
    assert all(row.description in text for row in rows)
    assert "{" not in text


def test_a_current_month_may_have_begun() -> None:
    rows = list(six_equal_rows("hdfc", first=FIRST, current="partial"))
    assert [row.date for row in rows[60:]] == [date(2026, 7, 1), date(2026, 7, 3)]


def test_months_begin_on_their_first_day() -> None:
    with pytest.raises(ValueError, match="first day"):
        six_equal_months("hdfc", first=date(2026, 1, 2))
