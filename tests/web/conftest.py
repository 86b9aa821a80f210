"""One product, one browser and one demo household for all journeys.

They end with the folder: a running Playwright holds an event loop, which other tests of the same process cannot have.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.acceptance.servers import Server, free_port, running
from tests.web import visit

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A product on a fresh data directory."""
    data = tmp_path_factory.mktemp("web")
    server = Server(free_port(), {"FINAPP_DATA": str(data), "FINAPP_TODAY": "2026-07-15", "FINAPP_LOG_LEVEL": "ERROR"})
    with running(server):
        yield server.url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        launched = visit.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def person(url: str) -> visit.Person:
    """Somebody with a filled household. Tests that change it put it back."""
    return visit.demo(url)


@pytest.fixture
def open_window(browser: Browser, url: str) -> Iterator[Callable[..., Page]]:
    """Opens windows; at the end none of them may have complained on its console."""
    with ExitStack() as stack:
        watch = visit.Watch()

        def open_one(**wishes: object) -> Page:
            page = stack.enter_context(visit.context(browser, url, **wishes)).new_page()  # type: ignore[arg-type]
            watch.on(page)
            return page

        yield open_one
    assert watch.complaints == []


@pytest.fixture(scope="package")
def signed_in(browser: Browser, url: str, person: visit.Person) -> Iterator[BrowserContext]:
    """The person's browser, signed in once: nobody signs in before every step, and the product counts the tries."""
    with visit.context(browser, url) as kept:
        page = kept.new_page()
        visit.sign_in(page, person)
        page.close()
        yield kept


@pytest.fixture
def home(signed_in: BrowserContext) -> Iterator[Page]:
    """A tab of the person's browser at the home page. What a test prefers there is forgotten after it."""
    watch = visit.Watch()
    page = signed_in.new_page()
    watch.on(page)
    page.goto("/")
    page.get_by_role("heading", name="Home").wait_for()
    yield page
    page.evaluate("localStorage.removeItem('finapp.preferences')")
    page.close()
    assert watch.complaints == []
