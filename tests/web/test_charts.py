"""The pages with drawings: each drawing has its values as a table, and what is tried out answers."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAWN = {
    "/spending": 3,
    "/wealth": 1,
    "/independence": 1,
    "/reports/cash-forecast": 2,
    "/reports/loan-prepayment": 1,
    "/reports/salary-sweep": 1,
}


@pytest.mark.parametrize("path", DRAWN)
def test_every_drawing_is_drawn_and_is_a_table_on_request(home: Page, path: str) -> None:
    visit.open_page(home, path)
    drawings = home.locator("[data-drawn]")
    expect(drawings).to_have_count(DRAWN[path])
    for drawing in drawings.all():
        assert drawing.get_attribute("tabindex") == "0"
    tables = home.get_by_role("table").count()
    home.get_by_role("button", name="As a table").first.click()
    expect(home.get_by_role("table")).to_have_count(tables + 1)
    assert home.locator("figure").get_by_role("table").get_by_role("row").count() > 1


def test_an_account_that_is_short_for_long_is_one_warning(home: Page) -> None:
    days = ("2026-07-16", "2026-07-16", "2026-07-20", "2026-08-01")
    short = [{"date": day, "name": "Rent", "amount": "-1.00", "missing": "1.00", "probability": 1.0} for day in days]

    def overdraw(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        found["accounts"] = [
            {**each, "bounces": short[: 4 - index]} for index, each in enumerate(found["accounts"][:2])
        ]
        route.fulfill(response=answer, json=found)

    home.route("**/api/v1/reports/cash-forecast*", overdraw)
    visit.open_page(home, "/reports/cash-forecast")
    warnings = home.locator("[role=alert]")
    expect(warnings.first).to_contain_text("On 16 Jul 2026")
    expect(warnings.first).to_contain_text("and 3 more payments until 1 Aug 2026")
    assert warnings.count() <= 2


def test_a_slider_changes_how_sure_the_plan_is(home: Page) -> None:
    visit.open_page(home, "/independence")
    success = home.locator("p", has_text="of all ways are paid in full").locator("strong")
    before = success.inner_text()
    home.get_by_label("Years of work ahead").fill("0")
    expect(success).not_to_have_text(before)


def test_one_way_is_opened_year_by_year(home: Page) -> None:
    visit.open_page(home, "/independence")
    home.get_by_role("radio", name="One path").check(force=True)
    table = home.get_by_role("region", name="One path").get_by_role("row")
    expect(table).to_have_count(51)
    first = table.nth(1).inner_text()
    home.get_by_role("button", name="Another one").click()
    expect(table.nth(1)).not_to_have_text(first)


def test_a_category_of_the_tree_opens_to_its_rows(home: Page) -> None:
    visit.open_page(home, "/spending")
    home.get_by_role("button", name="Food").click()
    row = home.get_by_role("row", name=re.compile("Groceries"))
    row.get_by_role("link").click()
    expect(home.get_by_role("heading", name="Transactions")).to_be_visible()
    assert "category_id=groceries" in home.url


def test_a_budget_is_made_and_taken_away(home: Page) -> None:
    visit.open_page(home, "/spending")
    home.get_by_role("button", name="Add").click()
    form = home.get_by_role("dialog", name="New budget")
    form.get_by_label("Category").select_option(label="Groceries")
    form.get_by_label("Amount a month").fill("9000")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    home.get_by_role("button", name="Delete the budget of Groceries").click()
    expect(home.get_by_text("No budgets yet")).to_be_visible()
    home.get_by_role("button", name="Undo").click()
    home.get_by_role("button", name="Delete the budget of Groceries").click()
    expect(home.get_by_text("No budgets yet")).to_be_visible()


def test_a_stream_is_confirmed(home: Page) -> None:
    visit.open_page(home, "/reports/recurring")
    confirm = home.get_by_role("button", name=re.compile("is right$")).first
    confirm.click()
    expect(home.get_by_role("button", name=re.compile("is right$"), pressed=True).first).to_be_visible()


def test_a_stream_that_was_dismissed_comes_back(home: Page) -> None:
    visit.open_page(home, "/reports/recurring")
    streams = home.get_by_role("button", name=re.compile("is right$"))
    before = streams.count()
    home.get_by_role("listitem").filter(has_text="Hotstar").get_by_role("button").last.click()
    expect(streams).to_have_count(before - 1)
    home.get_by_role("button", name="Undo").click()
    expect(streams).to_have_count(before)
