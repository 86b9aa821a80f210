"""The currency of a new account whose first file states none: the export's own country's, else the household's."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import client

API = "/api/v1"
AMEX = b"""Date,Description,Card Member,Account #,Amount
03/10/2026,TESCO STORES 2204 LONDON,R NAIR,-41007,54.20
05/10/2026,TFL TRAVEL CH TFL.GOV.UK/CP,R NAIR,-41007,8.40
25/10/2026,AMAZON.CO.UK*2K4 LONDON,R NAIR,-41007,12.99
"""
BARCLAYS = b"""Number,Date,Account,Amount,Subcategory,Memo
,03/10/2026,20-00-00 12345678,-54.20,PAYMENT,CORNER SHOP
,25/10/2026,20-00-00 12345678,-8.40,PAYMENT,CAFE
"""
PLAIN = b"Date,Description,Amount\n2026-10-03,CORNER SHOP,-54.20\n2026-10-25,CAFE,-8.40\n"
QIF = b"!Type:Bank\nD2026-10-13\nT-54.20\nPCORNER SHOP\n^\nD2026-10-25\nT-8.40\nPCAFE\n^\n"


@pytest.fixture
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


def sent(signed_in: TestClient, content: bytes, name: str = "statement.csv", **said: str) -> Any:
    began = signed_in.post(f"{API}/imports", files={"file": (name, content)}, data=said).json()
    # The stream of progress ends when the import does.
    signed_in.get(f"{API}/imports/{began['id']}/events")
    return signed_in.get(f"{API}/imports/{began['id']}").json()


def currencies(signed_in: TestClient) -> list[str]:
    return [one["currency"] for one in signed_in.get(f"{API}/accounts").json()["items"]]


def household(signed_in: TestClient) -> str:
    return str(signed_in.get(f"{API}/net-worth").json()["currency"])


def test_a_card_export_of_several_countries_is_in_the_currency_of_its_wording_and_says_so(
    signed_in: TestClient,
) -> None:
    seen = sent(signed_in, AMEX, dry_run="true")
    assert (seen["status"], seen["currency"], len(seen["warnings"])) == ("done", "GBP", 1)
    done = sent(signed_in, AMEX)
    assert currencies(signed_in) == [done["currency"]] == ["GBP"] != [household(signed_in)]
    assert done["warnings"][0].startswith("no currency in the file: GBP, that of the country its rows are worded in")


def test_the_export_of_a_bank_of_one_country_is_in_its_currency_without_a_word(signed_in: TestClient) -> None:
    done = sent(signed_in, BARCLAYS)
    assert (done["status"], done["layout"], done["currency"]) == ("done", "Barclays account", "GBP")
    assert done["warnings"] == []


@pytest.mark.parametrize(("content", "name"), [(PLAIN, "list.csv"), (QIF, "list.qif")])
def test_the_households_currency_is_assumed_of_a_file_nobody_knows_and_the_import_says_so(
    signed_in: TestClient, content: bytes, name: str
) -> None:
    done = sent(signed_in, content, name)
    own = household(signed_in)
    assert (done["status"], done["currency"]) == ("done", own)
    (text,) = done["warnings"]
    assert text.startswith(f"no currency in the file: {own}, the household's, was assumed; choose an account")


@pytest.mark.parametrize(("content", "name"), [(PLAIN, "list.csv"), (QIF, "list.qif"), (AMEX, "amex.csv")])
def test_a_mapping_gives_the_currency_of_all_rows(signed_in: TestClient, content: bytes, name: str) -> None:
    done = sent(signed_in, content, name, mapping=json.dumps({"currency": "SEK"}))
    assert (done["status"], done["currency"], done["warnings"]) == ("done", "SEK", [])
    assert currencies(signed_in) == ["SEK"]
    if name != "list.qif":
        assert done["mapping"]["currency"] == "SEK"


def test_a_word_that_is_neither_a_currency_nor_a_column_is_refused(signed_in: TestClient) -> None:
    done = sent(signed_in, PLAIN, mapping=json.dumps({"currency": "Nope"}))
    assert done["status"] == "failed" or done["questions"]
    assert currencies(signed_in) == []


def test_an_account_that_is_chosen_keeps_its_currency_and_nothing_is_assumed(signed_in: TestClient) -> None:
    body = {"name": "Card", "kind": "credit_card", "currency": "USD"}
    account = signed_in.post(f"{API}/accounts", json=body).json()["id"]
    done = sent(signed_in, AMEX, account_id=account)
    assert (done["status"], done["currency"], done["warnings"]) == ("done", "USD", [])
    assert done["counts"]["imported"] == 3
