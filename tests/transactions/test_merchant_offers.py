"""Merchants that look the same are offered with the evidence; merging takes an offer, a name refuses it for good."""

from datetime import date
from pathlib import Path

from tests.support import client
from tests.transactions.ledger import OWNER, PERSON, Ledger

DAY = date(2026, 5, 3)


def spellings(ledger: Ledger) -> tuple[str, str]:
    account = ledger.account()
    for number in range(3):
        full = ledger.row(account, DAY, "-12", f"NORTHSIDE QXZV PHARMACY {number}4412", "health")
    cut = ledger.row(account, DAY, "-7", "NORTHSIDE QXZV PHARM", "health")
    ledger.row(account, DAY, "-7", "UPI-SWIGGY-SWIGGY@YBL-1")
    return str(cut.merchant_id), str(full.merchant_id)


def test_an_offer_names_both_merchants_with_rows_days_and_what_the_bank_printed(ledger: Ledger) -> None:
    cut, full = spellings(ledger)
    (offer,) = ledger.facade.merchant_offers(owner=OWNER).items
    assert (offer.merchant.id, offer.into.id, offer.reason, offer.category_id) == (cut, full, "cut", "health")
    assert (offer.merchant.count, offer.into.count) == (1, 3)
    assert (offer.merchant.printed, offer.into.first_on) == ("NORTHSIDE QXZV PHARM", DAY)
    assert "cut short" in offer.why


def test_a_merged_offer_is_gone_and_comes_back_when_the_merge_is_undone(ledger: Ledger) -> None:
    cut, full = spellings(ledger)
    done = ledger.facade.rename_merchant(owner=OWNER, person=PERSON, merchant_id=cut, name=None, into_id=full)
    assert ledger.facade.merchant_offers(owner=OWNER).items == ()
    ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=str(done.change_id))
    assert len(ledger.facade.merchant_offers(owner=OWNER).items) == 1


def test_a_merchant_that_was_given_a_name_is_not_offered_again(ledger: Ledger) -> None:
    cut, _ = spellings(ledger)
    ledger.facade.rename_merchant(owner=OWNER, person=PERSON, merchant_id=cut, name="The other pharmacy", into_id=None)
    assert ledger.facade.merchant_offers(owner=OWNER).items == ()


def test_offers_are_answered_over_http_and_their_queries_find_the_rows(tmp_path: Path) -> None:
    with client(tmp_path) as served:
        assert served.get("/api/v1/merchants/offers").json() == {"items": []}
        body = {"name": "A", "kind": "checking", "currency": "USD"}
        account = served.post("/api/v1/accounts", json=body).json()["id"]
        for text in ("BLUE HERON QXZV", "BLUE HERON QXZV", "BLUE HERON QXZV TORONTO ROAD"):
            row = {"account_id": account, "date": "2026-05-03", "amount": "-4.00", "description": text}
            assert served.post("/api/v1/transactions", json={**row, "category_id": "dining"}).status_code == 201
        (offer,) = served.get("/api/v1/merchants/offers").json()["items"]
        for one in (offer["merchant"], offer["into"]):
            assert len(served.get(one["transactions_query"]).json()["items"]) == one["count"]
        merged = served.patch(
            f"/api/v1/merchants/{offer['merchant']['id']}", json={"into_id": offer["into"]["id"]}
        ).json()
        assert merged["changed"] == 1
        assert served.get("/api/v1/merchants/offers").json() == {"items": []}
