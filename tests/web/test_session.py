"""Signed in by a cookie that no script sees, in every tab or in none."""

import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.web import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_reload_keeps_one_signed_in_without_a_token_in_reach_of_scripts(home: Page) -> None:
    home.reload()
    expect(home.get_by_role("heading", name="Home")).to_be_visible()
    kept = home.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in kept
    assert "refresh" not in kept
    (cookie,) = [item for item in home.context.cookies() if "refresh" in item["name"]]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"


def test_signing_out_in_one_tab_signs_out_the_others(open_window: Callable[..., Page], person: visit.Person) -> None:
    home = open_window()
    visit.sign_in(home, person)
    other = home.context.new_page()
    other.goto("/transactions")
    expect(other.get_by_role("heading", name="Transactions")).to_be_visible()
    home.goto("/settings")
    home.get_by_role("button", name="Sign out").first.click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    other.reload()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_deep_link_leads_back_after_signing_in(open_window: Callable[..., Page], person: visit.Person) -> None:
    page = open_window()
    page.goto("/transactions?q=netflix")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("combobox", name="Search transactions")).to_have_value("netflix")


def test_a_second_factor_is_set_up_and_asked_for(open_window: Callable[..., Page]) -> None:
    page = open_window()
    email, password = "factor@example.com", "violet-anchor-tundra-42"
    page.goto("/welcome")
    page.get_by_role("button", name="Create household").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create household").click()
    page.get_by_role("heading", name="Home").wait_for()
    page.goto("/settings/security")
    page.get_by_role("button", name="Set up or remove").click()
    page.get_by_alt_text("Code to scan").wait_for()
    secret = page.locator("code").first.inner_text()
    page.get_by_label("Code the app shows").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("The second factor is on")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()

    page.wait_for_url("**/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code of your authenticator app").fill(pyotp.TOTP(secret).at(time.time() + 30))
    page.get_by_role("button", name="Sign in").click()
    # Where they were: the sign-in remembers the page that it was asked for on.
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
