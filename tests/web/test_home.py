"""The dashboard: every figure opens to how it came about."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def rupees(shown: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.-]", "", shown.replace("\N{MINUS SIGN}", "-")))


def test_a_figure_opens_to_its_formula_its_inputs_and_the_rows_that_add_up_to_it(home: Page) -> None:
    home.get_by_role("button", name="how Savings rate came about").click()
    drawer = home.get_by_role("dialog", name="Savings rate")
    expect(drawer.get_by_text("saved / income")).to_be_visible()
    drawer.get_by_role("button", name=re.compile("^income")).click()
    drawer = home.get_by_role("dialog", name="income")
    expect(drawer.get_by_text("Sum of the rows")).to_be_visible()
    amounts = drawer.get_by_role("listitem").locator(".amount").all_inner_texts()
    total = drawer.locator("p", has_text="Sum of the rows").locator(".amount").inner_text()
    assert sum(map(rupees, amounts)) == rupees(total)
    drawer.get_by_role("button", name="Back").click()
    expect(home.get_by_role("dialog", name="Savings rate")).to_be_visible()


def test_the_parts_of_the_health_score_say_what_they_count(home: Page) -> None:
    home.get_by_text("Emergency cover").click()
    expect(
        home.get_by_text("months of essential living cost and debt service that liquid money covers")
    ).to_be_visible()


def test_the_palette_goes_anywhere_by_keyboard(home: Page) -> None:
    home.keyboard.press("Control+k")
    home.get_by_placeholder("A page, an action, a merchant").fill("settings")
    home.keyboard.press("Enter")
    expect(home.get_by_role("heading", name="Settings")).to_be_visible()
    home.keyboard.press("g")
    home.keyboard.press("t")
    expect(home.get_by_role("heading", name="Transactions")).to_be_visible()
    home.keyboard.press("?")
    expect(home.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_an_insight_is_put_aside_and_shown_again(home: Page) -> None:
    puts = home.get_by_role("button", name=re.compile("^Put aside"))
    expect(puts.first).to_be_visible()
    name = puts.last.get_attribute("aria-label") or ""
    puts.last.click()
    expect(home.get_by_role("button", name=name)).to_have_count(0)
    home.get_by_role("button", name="Show 1 put aside").click()
    expect(home.get_by_role("button", name=name)).to_be_visible()


def test_amounts_are_hidden_on_request(home: Page) -> None:
    home.get_by_role("button", name="Hide amounts").first.click()
    blurred = home.locator(".amount").first.evaluate("element => getComputedStyle(element).filter")
    assert blurred.startswith("blur")


def test_no_amount_stands_in_a_sentence_out_of_reach_of_the_blur(home: Page) -> None:
    """Whatever has the sign of the currency or a grouped number is marked as an amount."""
    expect(home.get_by_role("heading", name="Worth a look")).to_be_visible()
    open_amounts = home.evaluate("""() => {
        const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        const found = [];
        while (walk.nextNode()) {
            const {data, parentElement} = walk.currentNode;
            if (/\\u20b9|\\d,\\d|\\d{5}/.test(data) && !parentElement.closest('.amount')) found.push(data);
        }
        return found;
    }""")
    assert open_amounts == []


@pytest.mark.parametrize(("language", "title"), [("hi", "सेटिंग"), ("de", "Einstellungen"), ("es", "Ajustes")])
def test_the_page_speaks_other_languages(home: Page, language: str, title: str) -> None:
    home.goto("/settings")
    home.get_by_label("Language").select_option(language)
    expect(home.get_by_role("heading", name=title)).to_be_visible()
    assert home.evaluate("document.documentElement.lang") == language
