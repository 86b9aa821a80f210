"""What a household means by words, and categories of its own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from starlette.testclient import TestClient

from finapp.transactions.domain.categorizer import Correction, Learned, Line, Suggestion, suggest
from finapp.transactions.domain.categorizer.learning import remember
from tests.support import client

CLUB = "a category of the household's own"
LATHES = ("OAK LATHE GUILD PORTLAND OR 8812", "PINE LATHE WORKS SALEM OR", "LATHE AND CHISEL BEND OR")


def said(text: str, learned: Learned) -> Suggestion:
    return suggest([Line(description=text, amount=Decimal(-18))], country="US", learned=learned)[0]


def taught(category: str, *texts: str, leaves: dict[str, str] | None = None) -> Learned:
    day = date(2025, 5, 3)
    said_of = [Correction(description=text, amount=Decimal(-20), category=category, on=day) for text in texts]
    cold = [said(text, Learned()) for text in texts]
    memories = remember(zip(said_of, cold, strict=True))
    return Learned(memories=memories, corrections=tuple(said_of), leaves=leaves or {})


def test_a_category_of_its_own_is_as_likely_for_new_shops_as_the_leaf_above_it_would_be() -> None:
    leaf = said("LATHE SUPPLY HOUSE EUGENE OR", taught("entertainment", *LATHES))
    own = said("LATHE SUPPLY HOUSE EUGENE OR", taught(CLUB, *LATHES, leaves={CLUB: "entertainment"}))
    assert (leaf.category_best, own.category_best) == ("entertainment", CLUB)
    assert abs(leaf.confidence - own.confidence) < 0.05


def test_a_word_that_was_corrected_several_times_alike_means_that_in_the_household() -> None:
    once = said("YOGA HUT BELLEVUE WA", taught("education", "YOGA LOFT SEATTLE WA"))
    twice = said("YOGA HUT BELLEVUE WA", taught("education", "YOGA LOFT SEATTLE WA", "RIVER YOGA TACOMA WA"))
    assert (once.category, twice.category) == ("personal_care", "education")
    assert (twice.source, twice.why) == ("memory", "your corrections of payees with yoga")


def test_a_word_that_was_corrected_in_two_ways_keeps_its_meaning() -> None:
    one = taught("education", "YOGA LOFT SEATTLE WA", "RIVER YOGA TACOMA WA")
    other = taught("health", "YOGA BARN RENTON WA")
    both = Learned(corrections=(*one.corrections, *other.corrections))
    assert said("YOGA HUT BELLEVUE WA", both).category == "personal_care"


def corrected(served: TestClient, account: str, text: str, category: str) -> None:
    row = {"account_id": account, "date": "2026-05-02", "amount": "-20.00", "description": text}
    made = served.post("/api/v1/transactions", json=row).json()
    assert served.patch(f"/api/v1/transactions/{made['id']}", json={"category_id": category}).status_code == 200


def test_a_category_made_by_a_user_is_suggested_for_new_shops_after_three_examples(tmp_path: Path) -> None:
    with client(tmp_path) as served:
        body = {"name": "A", "kind": "checking", "currency": "USD"}
        account = served.post("/api/v1/accounts", json=body).json()["id"]
        club = {"name": "Woodworking club", "parent_id": "entertainment"}
        category = served.post("/api/v1/categories", json=club).json()["id"]
        for text in LATHES:
            corrected(served, account, text, category)
        row = {"date": "2026-05-03", "amount": "-18.00", "description": "LATHE SUPPLY HOUSE EUGENE OR"}
        asked = {"country": "US", "currency": "USD", "transactions": [row]}
        (item,) = served.post("/api/v1/categorization/suggest", json=asked).json()["items"]
        assert item["category_best"] == category
