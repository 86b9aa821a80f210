"""A browser at a running product: Debian's Chromium, driven by Playwright."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import CHROMIUM_NAMES
from tests.web.pages import FRONTEND

API = "/api/v1"
PATIENCE_SECONDS = 90
EXPECTED = re.compile(
    r"status of 401 .*/auth/token|status of 422 .*/transactions|status of 404 .*/import-profile"
    r"|ERR_INTERNET_DISCONNECTED"
)
"""Refusals of what a person typed or asked for, and a network that is gone: Chromium notes each on the console,
whatever the page does about it."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who signs in."""

    email: str
    password: str


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium. As root it runs without its sandbox, which would not start there."""
    path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])


def demo(url: str, profile: str = "in") -> Person:
    """A demo household of its own, filled."""
    with httpx2.Client(base_url=url, timeout=30, trust_env=False) as client:
        begun = client.post(f"{API}/demo", json={"profile": profile})
        begun.raise_for_status()
        demo_id = begun.json()["id"]
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = client.get(f"{API}/demo", params={"id": demo_id}).json()
            if found["status"] == "done":
                return Person(email=found["email"], password=found["password"])
            if found["status"] == "failed":
                break
            time.sleep(0.1)
    raise RuntimeError(f"the demo household was not filled: {found}")


@dataclass
class Watch:
    """What a page complained about."""

    complaints: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Listens to a page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        complaint = f"{message.type}: {message.text} ({message.location.get('url', '')})"
        if message.type in ("error", "warning") and not EXPECTED.search(complaint):
            self.complaints.append(complaint)


@contextmanager
def context(
    browser: Browser, url: str, *, theme: str = "light", width: int = 1440, height: int = 900
) -> Iterator[BrowserContext]:
    """A browser of its own: no cookies, English, a theme and a window size."""
    made = browser.new_context(
        base_url=url,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": height},
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        reduced_motion="reduce",
    )
    made.set_default_timeout(12_000)
    try:
        yield made
    finally:
        made.close()


def sign_in(page: Page, person: Person) -> None:
    """Signs in by the form and waits for the home page."""
    page.goto("/sign-in")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Home").wait_for()


def open_page(page: Page, path: str) -> None:
    """Opens a page and waits until nothing loads and no skeleton is left."""
    page.goto(path)
    page.locator("h1").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("!document.querySelector('[class*=skeleton]')")


_SETTLED = """new Promise(done => {
  let frames = 0, still = 0
  const look = () => {
    still = document.getAnimations().some(each => each instanceof CSSTransition) ? 0 : still + 1
    if (still > 5 || ++frames > 200) setTimeout(done, 150)
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})"""


def settle(page: Page) -> None:
    """Waits until a change of theme or size is drawn: colours follow one another through the document by frames."""
    page.evaluate(_SETTLED)


def put_on(page: Page, theme: str) -> None:
    """Has the system prefer a theme, and waits until the page is drawn in it."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    settle(page)


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page, by all of its rules or by these: rule, how bad, and the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text())
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: {json.dumps(item['nodes'][0]['target'])}"
        f" {item['nodes'][0]['failureSummary']}"
        for item in found["violations"]
    ]


def overflow(page: Page) -> list[str]:
    """A word of it when the page is wider than its window after everything found its place."""
    try:
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth", timeout=2_000)
    except PlaywrightTimeout:
        return [f"wider than {page.evaluate('innerWidth')} px: {page.evaluate('document.documentElement.scrollWidth')}"]
    return []


def weigh(page: Page, path: str) -> int:
    """Bytes over the wire for scripts, styles and the document of a first load."""
    sizes: list[int] = []

    def seen(response: Response) -> None:
        if response.request.resource_type in ("document", "script", "stylesheet", "image"):
            sizes.append(response.request.sizes()["responseBodySize"])

    page.on("response", seen)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", seen)
    return sum(sizes)
