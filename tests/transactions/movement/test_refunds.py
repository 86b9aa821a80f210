"""Which purchase something came back of: whole, in part, by address, and when nothing tells."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.domain.movement import LightRow
from finapp.transactions.domain.movement.refunds import Link, links_among


def row(id_: str, day: str, amount: str, text: str, merchant: str = "") -> LightRow:
    return LightRow(
        id=id_, account_id="card", account_kind="credit_card", date=date.fromisoformat(day), amount=Decimal(amount),
        currency="INR", description=text, category="shopping", merchant_key=merchant, confidence=0.9,
    )  # fmt: skip


def linked(back: list[LightRow], bought: list[LightRow]) -> dict[str, Link]:
    return {link.in_id: link for link in links_among(back, bought, said={}, rejected=frozenset())}


BOUGHT = [
    row("shirt", "2026-05-02", "-4999.00", "MYNTRA DESIGNS", "MYNTRA"),
    row("shoes", "2026-05-03", "-1769.00", "MYNTRA DESIGNS", "MYNTRA"),
    row("socks", "2026-05-04", "-350.00", "MYNTRA DESIGNS", "MYNTRA"),
]


@pytest.mark.parametrize(
    ("amount", "purchase", "share"),
    [("884.50", "shoes", "share:1/2"), ("175.00", "socks", "share:1/2"), ("1666.33", "shirt", "share:1/3")],
)
def test_a_plain_share_tells_of_which_purchase_a_part_came_back(amount: str, purchase: str, share: str) -> None:
    found = linked([row("back", "2026-05-12", amount, "MYNTRA DESIGNS", "MYNTRA")], BOUGHT)["back"]
    assert found.out_id == purchase
    assert share in found.evidence


def test_a_part_of_one_of_several_purchases_is_linked_to_none() -> None:
    assert not linked([row("back", "2026-05-12", "123.45", "MYNTRA REFUND", "MYNTRA")], BOUGHT)


def test_a_part_is_of_the_only_purchase_or_of_the_only_one_of_late() -> None:
    back = [row("back", "2026-08-01", "123.45", "MYNTRA DESIGNS", "MYNTRA")]
    assert linked(back, BOUGHT[:1])["back"].out_id == "shirt"
    late = row("late", "2026-07-20", "-2000.00", "MYNTRA DESIGNS", "MYNTRA")
    assert linked(back, [*BOUGHT, late])["back"].out_id == "late"


def test_what_came_back_whole_is_settled_before_a_part() -> None:
    part = row("part", "2026-05-05", "175.00", "MYNTRA DESIGNS", "MYNTRA")
    whole = row("whole", "2026-05-06", "350.00", "MYNTRA DESIGNS", "MYNTRA")
    found = linked([part, whole], BOUGHT)
    assert found["whole"].out_id == "socks"
    assert "part" not in found


@pytest.mark.parametrize(
    ("bought", "back"),
    [
        ("UPI-SHIV CLINIC-Q77111643@YBL-612979715721-UPI", "REV-UPI-19433543-Q77111643@YBL-613079056264-PAYMENT"),
        ("TO TRANSFER-UPI/DR/50547/UBER IND/KKBK/uber.rides/PAY TO", "BY TRANSFER-UPI/REFUND/50649/UBER IND"),
        ("by debit card-OTHPG 518274587114IND*AMAZON HYDERABAD", "BY TRANSFER-UPI/REFUND/519210083554/IND*AMAZ"),
    ],
)
def test_an_address_or_a_name_cut_short_tells_the_purchase(bought: str, back: str) -> None:
    purchase = row("out", "2026-05-02", "-201.00", bought, "AMAZON" if "AMAZON" in bought else "")
    assert linked([row("in", "2026-05-04", "201.00", back)], [purchase])["in"].out_id == "out"


def test_a_town_is_no_payee() -> None:
    bought = row("out", "2026-05-02", "-6.08", "BUCHHANDLUNG SCHILLER LEIPZIG", "BUCHHANDLUNGSCHILLER")
    assert not linked([row("in", "2026-05-04", "6.08", "DECATHLON 0998 LEIPZIG", "DECATHLON")], [bought])
