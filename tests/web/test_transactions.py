"""Finding rows and changing them, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def rows(page: Page) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("checkbox"))


def search(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="Search transactions").fill(words)
    page.get_by_role("combobox", name="Search transactions").press("Enter")


def test_the_search_language_completes_itself_and_explains_what_it_does_not_understand(home: Page) -> None:
    visit.open_page(home, "/transactions")
    box = home.get_by_role("combobox", name="Search transactions")
    box.press_sequentially("cat")
    home.get_by_role("option", name="category:").click()
    box.press_sequentially("groc")
    home.get_by_role("option", name="Groceries").first.click()
    expect(box).to_have_value("category:groceries ")
    expect(rows(home).first.get_by_role("button", name=re.compile("^Groceries: change"))).to_be_visible()
    box.fill("(groceries")
    expect(home.get_by_role("alert").filter(has_text="bracket")).to_be_visible()


def test_a_category_is_changed_in_place_applied_to_rows_like_it_and_taken_back(home: Page) -> None:
    visit.open_page(home, "/transactions?q=netflix")
    chip = rows(home).first.get_by_role("button", name=re.compile("change the category"))
    before = chip.inner_text()
    chip.click()
    home.get_by_placeholder("Type a few letters").fill("gifts")
    home.keyboard.press("Enter")
    expect(chip).to_have_text("Gifts and donations")
    home.get_by_role("button", name=re.compile(r"Apply to \d+ like it")).click()
    home.get_by_role("button", name=re.compile(r"Change \d+ rows?")).click()
    expect(home.get_by_text(re.compile(r"\d+ rows? changed")).last).to_be_visible()
    expect(rows(home).nth(1).get_by_role("button", name=re.compile("^Gifts"))).to_be_visible()
    home.get_by_role("button", name="Undo").last.click()
    expect(rows(home).nth(1).get_by_role("button", name=re.compile(f"^{before}"))).to_be_visible()
    chip.click()
    home.get_by_placeholder("Type a few letters").fill(before)
    home.keyboard.press("Enter")
    expect(chip).to_have_text(before)


def test_rows_are_chosen_by_keyboard_and_changed_together(home: Page) -> None:
    visit.open_page(home, "/transactions?q=netflix")
    rows(home).first.wait_for()
    for key in "jxjx":
        home.keyboard.press(key)
    expect(home.get_by_text("2 chosen")).to_be_visible()
    home.get_by_role("button", name="Add a tag").click()
    home.get_by_label("Tag", exact=True).fill("films")
    home.get_by_role("button", name="Add", exact=True).click()
    expect(home.get_by_text("2 rows changed")).to_be_visible()
    search(home, "tag:films")
    expect(home.get_by_text("2 rows", exact=True)).to_be_visible()
    home.get_by_role("button", name="Undo").first.click()
    expect(home.get_by_text("Nothing found")).to_be_visible()


def test_a_month_far_away_is_one_jump(home: Page) -> None:
    visit.open_page(home, "/transactions")
    choice = home.get_by_label("Go to a month")
    oldest = choice.locator("option").last
    choice.select_option(oldest.get_attribute("value"))
    expect(rows(home).last).to_be_visible()
    total = int(home.get_by_role("table").get_attribute("aria-rowcount") or 0)
    home.get_by_test_id("rows").evaluate("element => element.scrollTo(0, element.scrollHeight)")
    expect(home.locator(f'[aria-rowindex="{total}"]').get_by_role("checkbox")).to_be_visible()


def test_a_payment_is_split_into_parts_that_must_add_up(home: Page) -> None:
    visit.open_page(home, "/transactions?q=amount>1000 is:out -is:paired -is:split")
    rows(home).first.wait_for()
    home.keyboard.press("j")
    home.keyboard.press("e")
    home.get_by_role("button", name="Split", exact=True).click()
    whole = home.get_by_label("Amount of the part").first.input_value()
    home.get_by_label("Amount of the part").first.fill("-400")
    expect(home.get_by_role("button", name="Save")).to_be_disabled()
    home.get_by_label("Amount of the part").nth(1).fill(f"{float(whole) + 400:.2f}")
    home.get_by_role("button", name="Save").click()
    expect(home.get_by_text("Split into parts")).to_be_visible()
    visit.open_page(home, "/transactions?q=is:split")
    expect(rows(home)).to_have_count(2)
    home.keyboard.press("j")
    home.keyboard.press("e")
    home.get_by_role("button", name="Join the parts again").click()
    expect(home.get_by_text("One row again")).to_be_visible()


def test_a_search_is_kept_by_the_household_and_forgotten(home: Page) -> None:
    visit.open_page(home, "/transactions")
    search(home, "category:groceries amount>500")
    home.get_by_role("button", name="Keep this search").click()
    expect(home.get_by_role("button", name="Forget this search")).to_be_visible()
    assert "groceries" not in home.evaluate("JSON.stringify({...localStorage})")
    visit.open_page(home, "/transactions")
    home.get_by_role("combobox", name="Search transactions").click()
    home.get_by_role("option", name="category:groceries amount>500").click()
    expect(rows(home).first).to_be_visible()
    home.get_by_role("button", name="Forget this search").click()
    expect(home.get_by_role("button", name="Keep this search")).to_be_visible()
