"""From a newcomer's first look to a filled dashboard, and back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.pages import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATEMENT = ROOT / "docs" / "examples" / "statement.csv"


def test_a_newcomer_looks_around_in_a_demo_household(open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto("/")
    page.get_by_role("button", name="Open the demo").click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible(timeout=90_000)
    expect(page.get_by_role("heading", name="Net worth")).to_be_visible()
    expect(page.get_by_role("heading", name="Financial health")).to_be_visible()
    expect(page.get_by_text("You are looking at a made-up household.")).to_be_visible()
    page.get_by_role("button", name="Leave and delete it").click()
    expect(page.get_by_role("button", name="Open the demo")).to_be_visible()


def test_a_newcomer_imports_a_statement_sees_what_it_brings_and_takes_it_back(open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto("/")
    page.get_by_role("button", name="Create household").click()
    page.get_by_label("Your name").fill("A newcomer")
    page.get_by_label("Email").fill("newcomer@example.com")
    page.get_by_label("Password").fill("violet-anchor-tundra-42")
    page.get_by_label("Currency of the household").select_option("INR")
    page.get_by_role("button", name="Create household").click()
    page.get_by_role("link", name="Import a statement").click()

    page.locator("input[type=file]").first.set_input_files(STATEMENT)
    expect(page.get_by_text("The balances agree")).to_be_visible()
    expect(page.get_by_text("₹50,000.00 + ₹90,000.00 = ₹1,40,000.00")).to_be_visible()
    page.get_by_role("button", name="Import 60 rows").click()
    expect(page.get_by_text("60 rows are in your ledger")).to_be_visible()

    page.get_by_role("link", name="See the dashboard").click()
    expect(page.get_by_text("₹1,40,000").first).to_be_visible()

    page.get_by_role("link", name="Import", exact=True).first.click()
    page.get_by_role("button", name="Undo this import: statement.csv").click()
    expect(page.get_by_text("statement.csv was taken back")).to_be_visible()
    page.get_by_role("link", name="Transactions").first.click()
    expect(page.get_by_text("Nothing found")).to_be_visible()


def test_a_file_that_is_no_statement_is_refused_in_words(open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto("/")
    page.get_by_role("button", name="Create household").click()
    page.get_by_label("Email").fill("second@example.com")
    page.get_by_label("Password").fill("violet-anchor-tundra-42")
    page.get_by_role("button", name="Create household").click()
    page.get_by_role("heading", name="Home").wait_for()
    page.goto("/imports")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 not really"}
    )
    expect(page.get_by_text("This file could not be imported.")).to_be_visible()
