"""A passkey of the device, made and used in the page; Chromium plays the device."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> None:
    """Gives the page's browser a device that verifies its person and agrees to everything."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_passkey_is_made_and_signs_in(open_window: Callable[..., Page], url: str) -> None:
    named = url.replace("127.0.0.1", "localhost")
    page = open_window()
    with_device(page)
    page.goto(f"{named}/welcome")
    page.get_by_role("button", name="Create household").click()
    page.get_by_label("Email").fill("passkey@example.com")
    page.get_by_label("Password").fill("violet-anchor-tundra-42")
    page.get_by_role("button", name="Create household").click()
    page.get_by_role("heading", name="Home").wait_for()
    page.goto(f"{named}/settings/security")
    page.get_by_role("button", name="New passkey").click()
    page.get_by_label("Name", exact=True).fill("This laptop")
    page.get_by_label("Present password").last.fill("violet-anchor-tundra-42")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("This laptop")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()

    page.wait_for_url("**/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    # Where they were: the sign-in remembers the page that it was asked for on.
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()


def test_a_bare_address_says_why_it_has_no_passkeys(home: Page) -> None:
    home.goto("/settings/security")
    expect(home.get_by_text("Passkeys are bound to a name")).to_be_visible()
