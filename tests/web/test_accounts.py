"""One account in the settings: its statements against the ledger, balances to check, how its files are read."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def account(home: Page) -> Page:
    """The first account of the household, opened."""
    visit.open_page(home, "/settings/accounts")
    home.get_by_role("listitem").filter(has=home.get_by_role("button", name="Edit")).first.get_by_role(
        "button"
    ).first.click()
    expect(home.get_by_role("dialog").get_by_role("heading", name="Statements")).to_be_visible()
    return home


def test_each_statement_says_whether_it_agrees_with_the_ledger(account: Page) -> None:
    statements = account.get_by_role("dialog").get_by_role("listitem").filter(has=account.get_by_role("link"))
    expect(statements).to_have_count(4)
    expect(statements.filter(has_text="agrees with the ledger")).to_have_count(4)
    statements.first.get_by_role("link").click()
    expect(account.get_by_role("heading", name="Transactions")).to_be_visible()
    assert "import_id=" in account.url


def test_a_balance_seen_at_the_bank_is_held_against_the_ledger(account: Page) -> None:
    drawer = account.get_by_role("dialog")
    drawer.get_by_label("Day").fill("2026-06-30")
    drawer.get_by_label("Balance, INR").fill("1.00")
    drawer.get_by_role("button", name="Check").click()
    line = drawer.get_by_role("listitem").filter(has_text="30 Jun 2026")
    expect(line).to_contain_text("does not agree with the ledger")
    line.get_by_role("button", name="Forget the balance").click()
    expect(line).to_have_count(0)


def test_how_files_are_read_is_taken_from_a_file_given_on_and_forgotten(account: Page, tmp_path: Path) -> None:
    drawer = account.get_by_role("dialog")
    drawer.get_by_role("button", name="Show", exact=True).click()
    expect(drawer.get_by_text("Nothing was asked so far")).to_be_visible()
    given = tmp_path / "layout.json"
    given.write_text(json.dumps({"mapping": {"date_order": "dmy"}}))
    drawer.locator("input[type=file]").set_input_files(given)
    expect(drawer.get_by_text("date order")).to_be_visible()
    with account.expect_download() as download:
        drawer.get_by_role("button", name="Save as a file").click()
    assert json.loads(download.value.path().read_text()) == {"mapping": {"date_order": "dmy"}}
    drawer.get_by_role("button", name="Forget", exact=True).click()
    expect(drawer.get_by_text("Nothing was asked so far")).to_be_visible()
