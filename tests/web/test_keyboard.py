"""A journey with no mouse, and one with no network."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.test_transactions import rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_category_is_changed_and_taken_back_without_a_mouse(home: Page) -> None:
    press(home, "Tab")
    expect(home.get_by_role("link", name="Skip to the content")).to_be_focused()
    press(home, "g", "t")
    expect(rows(home).first).to_be_visible()
    press(home, "/")
    expect(home.get_by_role("combobox", name="Search transactions")).to_be_focused()
    home.keyboard.type("hotstar")
    press(home, "Enter")
    expect(rows(home).first).to_contain_text("Hotstar")
    home.evaluate("document.activeElement.blur()")
    press(home, "j", "c")
    expect(home.get_by_placeholder("Type a few letters")).to_be_focused()
    home.keyboard.type("entertainment")
    press(home, "Enter")
    chip = rows(home).first.get_by_role("button", name=re.compile("change the category"))
    expect(chip).to_have_text("Entertainment")
    undo = home.get_by_role("button", name="Undo").last
    for _ in range(60):
        if undo.evaluate("element => element === document.activeElement"):
            break
        press(home, "Shift+Tab")
    press(home, "Enter")
    expect(chip).to_have_text("Subscriptions")


def test_a_figure_is_opened_and_closed_by_keys_and_gives_the_focus_back(home: Page) -> None:
    figure = home.get_by_role("button", name="how Savings rate came about")
    figure.focus()
    press(home, "Enter")
    expect(home.get_by_role("dialog", name="Savings rate")).to_be_visible()
    press(home, "Escape")
    expect(figure).to_be_focused()


def test_without_a_network_the_page_says_so_and_goes_on_when_it_is_back(home: Page, signed_in: BrowserContext) -> None:
    expect(home.get_by_role("heading", name="Financial health")).to_be_visible()
    signed_in.set_offline(True)
    try:
        expect(home.get_by_role("status").filter(has_text="You are offline")).to_be_visible()
        expect(home.get_by_role("heading", name="Financial health")).to_be_visible()
        home.get_by_role("link", name="Transactions").first.click()
        expect(home.get_by_text("No answer from finapp")).to_be_visible()
    finally:
        signed_in.set_offline(False)
    home.get_by_role("button", name="Try again").first.click()
    expect(rows(home).first).to_be_visible()
