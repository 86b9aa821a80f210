"""Rows to look at, decisions on many, similar rows, merchants taken apart, and what the categorizer says of itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from finapp.kernel.errors import Invalid
from finapp.transactions.public import CategoryDecision, TransactionChanges, TransactionNotFound
from tests.support import client
from tests.transactions.ledger import OWNER, PERSON, Ledger

DAY = date(2026, 6, 1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    with client(tmp_path) as found:
        yield found


def unknown_rows(ledger: Ledger, *amounts: str) -> list[str]:
    account = ledger.account()
    texts = [f"QXZV WJQ {chr(65 + number) * 3}" for number in range(len(amounts))]
    return [
        ledger.row(account, DAY + timedelta(days=number), amount, text).id
        for number, (amount, text) in enumerate(zip(amounts, texts, strict=True))
    ]


def test_uncertain_rows_come_with_the_most_money_first_and_three_choices(ledger: Ledger) -> None:
    unknown_rows(ledger, "-5", "-500", "-50")
    sure = ledger.row(ledger.account("Other"), DAY, "-9000", "UPI-SWIGGY-SWIGGY@YBL-1")
    found = ledger.facade.uncertain_rows(owner=OWNER, limit=2, cursor=None)
    assert [row.transaction.amount for row in found.items] == [Decimal(-500), Decimal(-50)]
    assert {row.transaction.category for row in found.items} == {"uncategorized"}
    assert all(len(row.candidates) == 3 for row in found.items)
    rest = ledger.facade.uncertain_rows(owner=OWNER, limit=2, cursor=found.next_cursor)
    assert [row.transaction.amount for row in rest.items] == [Decimal(-5)]
    assert rest.next_cursor is None
    assert sure.category == "dining"


def test_many_rows_are_decided_at_once_learned_from_and_taken_back_at_once(ledger: Ledger) -> None:
    one, other = unknown_rows(ledger, "-5", "-500")
    decisions = tuple(CategoryDecision(transaction_id=each, category_id="pets") for each in (one, other))
    done = ledger.facade.decide_categories(owner=OWNER, person=PERSON, decisions=decisions)
    assert (done.changed, ledger.facade.uncertain_rows(owner=OWNER, limit=9, cursor=None).items) == (2, ())
    assert ledger.facade.categorization_model(owner=OWNER).learned_categories == {"pets": 2}
    ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=str(done.change_id))
    assert len(ledger.facade.uncertain_rows(owner=OWNER, limit=9, cursor=None).items) == 2
    assert ledger.facade.categorization_model(owner=OWNER).corrections == 0


def test_a_row_without_a_category_cannot_be_accepted_and_a_foreign_row_is_unknown(ledger: Ledger) -> None:
    (row,) = unknown_rows(ledger, "-5")
    with pytest.raises(Invalid):
        ledger.facade.decide_categories(owner=OWNER, person=PERSON, decisions=(CategoryDecision(transaction_id=row),))
    with pytest.raises(TransactionNotFound):
        ledger.facade.decide_categories(
            owner=OWNER, person=PERSON, decisions=(CategoryDecision(transaction_id=PERSON, category_id="pets"),)
        )
    assert ledger.facade.categorization_model(owner=OWNER).corrections == 0


def test_the_newest_word_on_a_row_is_the_one_that_is_learned(ledger: Ledger) -> None:
    (row,) = unknown_rows(ledger, "-5")
    for category in ("pets", "home"):
        changes = TransactionChanges(category_id=category)
        ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row, changes=changes)
    model = ledger.facade.categorization_model(owner=OWNER)
    assert (model.corrections, model.learned_categories, model.learned_merchants) == (1, {"home": 1}, 1)
    again = ledger.row(ledger.account("Other"), DAY, "-7", "QXZV WJQ AAA 9912")
    assert (again.category, again.why) == ("home", "your correction of 15 July")


def test_a_merchant_is_merged_and_taken_out_again_with_its_rows(ledger: Ledger) -> None:
    account = ledger.account()
    swiggy = ledger.row(account, DAY, "-5", "UPI-SWIGGY-SWIGGY@YBL-1")
    zomato = ledger.row(account, DAY, "-7", "UPI-ZOMATO-ZOMATO@YBL-1")
    names = {"owner": OWNER, "person": PERSON}
    ledger.facade.rename_merchant(
        **names, merchant_id=str(zomato.merchant_id), name=None, into_id=str(swiggy.merchant_id)
    )
    (merged,) = ledger.facade.merchants(owner=OWNER, limit=9, cursor=None).items
    assert (merged.total, merged.merged, merged.initials) == (Decimal(12), (zomato.merchant_id,), "S")
    done = ledger.facade.split_merchant(**names, merchant_id=str(zomato.merchant_id))
    assert [row.transaction_id for row in done.rows] == [zomato.id]
    found = ledger.facade.merchants(owner=OWNER, limit=9, cursor=None).items
    assert {(each.name, each.total) for each in found} == {("Swiggy", Decimal(5)), ("Zomato", Decimal(7))}
    with pytest.raises(Invalid):
        ledger.facade.split_merchant(**names, merchant_id=str(zomato.merchant_id))


def test_a_correction_tells_how_many_similar_rows_there_are_and_where(served: TestClient) -> None:
    account = served.post("/api/v1/accounts", json={"name": "A", "kind": "checking", "currency": "INR"}).json()["id"]
    rows = [
        served.post(
            "/api/v1/transactions",
            json={"account_id": account, "date": f"2026-06-0{day}", "amount": "-9.00", "description": "QXZV WJQ"},
        ).json()["id"]
        for day in (1, 2, 3)
    ]
    changed = served.patch(f"/api/v1/transactions/{rows[0]}", json={"category_id": "pets"}).json()
    similar = changed["similar"]
    assert (similar["matched"], similar["count"]) == (2, 2)
    listed = served.get(similar["transactions_query"]).json()["items"]
    assert {row["id"] for row in listed} == set(rows[1:])
    assert parse_qs(urlsplit(similar["transactions_query"]).query)["merchant_id"] == [changed["merchant_id"]]
    noted = served.patch(f"/api/v1/transactions/{rows[0]}", json={"note": "x"}).json()
    assert noted["similar"] is None
    applied = served.post(f"/api/v1/transactions/{rows[0]}/similar", json={"dry_run": False}).json()
    assert applied["changed"] == 2
    assert served.get(f"/api/v1/transactions/{rows[0]}/similar").json()["count"] == 0


def test_the_model_says_what_it_is_made_of_and_how_right_it_proved(served: TestClient) -> None:
    model = served.get("/api/v1/categorization/model").json()
    assert len(model["classes"]) == 31
    assert model["names"] > 20_000
    assert all(0 < one["first_sight"] <= 1 and one["rows"] > 50 for one in model["evaluation"])
    assert model["first_sight_right"] < model["first_sight_rows"]


def test_decisions_with_unknown_fields_or_none_are_refused(served: TestClient) -> None:
    assert served.post("/api/v1/categorization/review", json={"decisions": []}).status_code == 422
    assert served.post("/api/v1/categorization/review", json={"decisions": [{"id": "x"}]}).status_code == 422
    assert served.get("/api/v1/categorization/review?sort=x").status_code == 422
