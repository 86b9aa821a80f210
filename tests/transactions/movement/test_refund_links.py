"""Which purchase money back is of, found among few candidates as among all."""

from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.movement import LightRow, refunds
from finapp.transactions.domain.movement.shelf import Shelf

_TEXTS = (
    "UPI/123456789012/ACME STORES/REFUND",
    "UPI/123456789012/ACME STORES",
    "POS ACME STORES 987654321",
    "REVERSAL POS ACME STORES 987654321",
    "NEFT BLUE BOTTLE CAFE",
    "PAID BACK BY A FRIEND FOR DINNER",
    "UPI/acme.stores@okbank/ACMESTORES LTD",
    "COLLECT acme.stores@ok BLUE",
)


def _row(number: int, amount: int, day: int, text: str, merchant: str, account: str) -> LightRow:
    return LightRow(
        id=f"r{number:03d}",
        account_id=account,
        account_kind="checking",
        date=date(2026, 1, 1) + timedelta(days=day),
        amount=Decimal(amount),
        currency="INR",
        description=text,
        category=None,
        merchant_key=merchant,
        confidence=0.5,
    )


def _rows(sign: int) -> st.SearchStrategy[list[LightRow]]:
    parts = st.tuples(
        st.sampled_from((100, 120, 200)),
        st.integers(0, 6).map(lambda week: week * 5),
        st.sampled_from(_TEXTS),
        st.sampled_from(("", "ACME", "BLUE BOTTLE")),
        st.sampled_from(("a", "b")),
    )
    first = 0 if sign > 0 else 500
    return st.lists(parts, max_size=8).map(
        lambda some: [
            _row(first + number, sign * size, day, text, merchant, account)
            for number, (size, day, text, merchant, account) in enumerate(some)
        ]
    )


@given(returned=_rows(1), purchases=_rows(-1))
def test_only_purchases_that_can_be_meant_are_weighed_and_none_that_could_is_missed(
    returned: list[LightRow], purchases: list[LightRow]
) -> None:
    found = refunds.links_among(returned, purchases, said={}, rejected=frozenset())
    with patch.object(Shelf, "like", lambda shelf, row: purchases):
        assert found == refunds.links_among(returned, purchases, said={}, rejected=frozenset())


def test_a_refund_that_names_its_purchase_is_linked_to_it() -> None:
    bought = [_row(500, -100, 0, _TEXTS[2], "ACME", "a"), _row(501, -100, 5, _TEXTS[4], "BLUE BOTTLE", "a")]
    (link,) = refunds.links_among([_row(1, 100, 6, _TEXTS[3], "ACME", "a")], bought, said={}, rejected=frozenset())
    assert (link.out_id, link.in_id) == ("r500", "r001")
    assert "same_reference:987654321" in link.evidence
