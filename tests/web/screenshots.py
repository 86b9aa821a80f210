"""Pictures of every page, both themes, phone and wide screen: `python3 dev.py screenshots [DIR] [pages]`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.acceptance.servers import Server, free_port, running
from tests.web import visit
from tests.web.pages import ROOT, THEMES, pages

SIZES = {390: 844, 1440: 900}


def name_of(path: str) -> str:
    """`/settings/rules` as `settings-rules`."""
    return path.strip("/").replace("/", "-") or "home"


def take(browser: Browser, url: str, person: visit.Person, wanted: list[str], target: Path) -> None:
    """Takes the pictures, each page as tall as it is."""
    for theme in THEMES:
        for width, height in SIZES.items():
            with visit.context(browser, url, theme=theme, width=width, height=height) as window:
                page = window.new_page()
                visit.open_page(page, "/welcome")
                page.screenshot(path=target / f"welcome-{theme}-{width}.png")
                visit.sign_in(page, person)
                for path in wanted:
                    visit.open_page(page, path)
                    page.screenshot(path=target / f"{name_of(path)}-{theme}-{width}.png", full_page=True)
                    print(f"{path} {theme} {width}", flush=True)  # noqa: T201 - a command that takes minutes says so


def main(arguments: list[str]) -> int:
    """Starts a product with a demo household and takes the pictures into `arguments[0]`."""
    target = Path(arguments[0]) if arguments else ROOT / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(free_port(), {"FINAPP_DATA": data, "FINAPP_TODAY": "2026-07-15", "FINAPP_LOG_LEVEL": "ERROR"})
        with running(server):
            browser = visit.launch(playwright)
            take(browser, server.url, visit.demo(server.url), arguments[1:] or pages(), target)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
