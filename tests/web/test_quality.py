"""What holds on every page: no barrier that axe knows, a quiet console, a strict policy, a light first load."""

from collections.abc import Callable

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.web import visit
from tests.web.pages import pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_BYTES = 200_000


def test_no_page_has_a_barrier_that_axe_knows_or_is_wider_than_its_window(
    open_window: Callable[..., Page], home: Page
) -> None:
    """Each page is opened once and looked at in both themes, wide and on a phone."""
    stranger = open_window()
    visits = [(stranger, "/welcome"), (stranger, "/sign-in"), *((home, path) for path in pages())]
    found = {path: _faults(page, path) for page, path in visits}
    assert {path: faults for path, faults in found.items() if faults} == {}


def _faults(page: Page, path: str) -> list[str]:
    """All of axe's rules wide and on a phone; the other theme of each size differs in its colours only."""
    faults: list[str] = []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    visit.open_page(page, path)
    for width, height, theme, other in ((1440, 900, "light", "dark"), (390, 844, "dark", "light")):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        visit.put_on(page, theme)
        faults += [f"{width} {theme}: {found}" for found in [*visit.axe(page), *visit.overflow(page)]]
        visit.put_on(page, other)
        faults += [f"{width} {other}: {found}" for found in visit.axe(page, "color-contrast")]
    return faults


def test_the_policy_allows_scripts_and_styles_of_our_own_only(url: str) -> None:
    answer = httpx2.get(url + "/", trust_env=False)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy.get("style-src-attr", "'unsafe-inline'") == "'unsafe-inline'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"


def test_the_first_load_is_light(open_window: Callable[..., Page], person: visit.Person) -> None:
    page = open_window()
    assert 20_000 < visit.weigh(page, "/welcome") < MOST_BYTES
    visit.sign_in(page, person)
    fresh = open_window()
    fresh.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    fresh.add_init_script("localStorage.setItem('finapp.signed-in', '1')")
    assert 20_000 < visit.weigh(fresh, "/") < MOST_BYTES
    expect(fresh.get_by_role("heading", name="Home")).to_be_visible()


def test_the_documentation_page_still_works(open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto("/docs")
    expect(page.get_by_role("heading", name="finapp")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Authorize").first).to_be_visible()
