"""Goals, the next amount, and the assumptions of the plan, set in the page and put back."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_goal_is_set_changed_and_deleted(home: Page) -> None:
    home.get_by_role("button", name="Add").click()
    home.get_by_label("What for").fill("Bicycle")
    home.get_by_label("Amount", exact=True).last.fill("45000")
    home.get_by_role("button", name="Save").click()
    home.get_by_role("button", name="Change Bicycle").click()
    home.get_by_label("Saved so far").fill("9000")
    home.get_by_role("button", name="Save").click()
    expect(
        home.get_by_role("progressbar", name="Bicycle").or_(home.get_by_role("meter", name="Bicycle"))
    ).to_be_visible()
    expect(home.locator("li", has_text="Bicycle")).to_contain_text("9,000")
    home.get_by_role("button", name="Change Bicycle").click()
    home.get_by_role("button", name="Delete").click()
    home.get_by_role("dialog", name=re.compile("^Delete ")).get_by_role("button", name="Delete").click()
    expect(home.get_by_text("Bicycle")).to_have_count(0)


def test_an_amount_at_hand_is_split_where_it_does_most(home: Page) -> None:
    amount = home.get_by_role("textbox", name="Amount")
    amount.fill("much")
    expect(home.get_by_text("An amount such as")).to_be_visible()
    amount.fill("25000")
    expect(home.get_by_text("Investing", exact=True)).to_be_visible()
    expect(home.get_by_text("months of cover").first).to_be_visible()


def test_an_assumption_of_ones_own_replaces_the_derived_one_until_it_is_cleared(home: Page) -> None:
    home.goto("/independence")
    rate = home.locator("dl > div", has_text="Withdrawal rate")
    expect(rate).to_contain_text("a common assumption")
    for given, shown in (("3.25", "your own"), ("", "a common assumption")):
        home.get_by_role("button", name="Edit").first.click()
        home.get_by_label("Withdrawal rate (%)").fill(given)
        home.get_by_role("button", name="Save").click()
        expect(rate).to_contain_text(shown)


def test_a_part_payment_and_a_new_rate_change_a_loan_until_they_are_taken_back(home: Page) -> None:
    home.goto("/wealth")
    home.get_by_role("button", name="Personal loan").first.click()
    drawer = home.get_by_role("dialog")
    payments, rates = (drawer.get_by_role("region", name=name) for name in ("Part payments", "Changes of the rate"))
    payments.get_by_label("Date").fill("2026-07-10")
    payments.get_by_label("Amount").fill("1000")
    payments.get_by_role("button", name="Add a part payment").click()
    expect(payments.get_by_role("listitem")).to_contain_text("1,000")
    rates.get_by_label("Date").fill("2026-08-01")
    rates.get_by_label("Interest a year, %").fill("15.25")
    rates.get_by_role("button", name="Add a change").click()
    expect(rates.get_by_role("listitem")).to_contain_text("15.25")
    for part in (payments, rates):
        part.get_by_role("listitem").get_by_role("button").click()
        expect(part.get_by_role("listitem")).to_have_count(0)
