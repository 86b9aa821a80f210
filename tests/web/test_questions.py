"""What statements leave open is said at home, asked in a person's words, and gone once it is answered."""

import time
from collections.abc import Callable

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.support import PASSWORD, sign_up
from tests.web import visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEAD = "Date,Description,Amount,Status,Balance\n2026-06-08,ACME SALARY,1000.00,Posted,1000.00\n"
WAITING = f"{HEAD}2026-06-09,BOOK SHOP,-7.25,Pending,\n"
LATER = f"{HEAD}2026-06-30,RENT,-100.00,Posted,900.00\n"
KNOWN = "Date,Description,Amount\n2026-05-01,CORNER BAKERY,-5.00\n2026-05-30,TOLL,-9.00\n"
AGAIN = "Date,Description,Amount\n2026-05-01,SQ 9911 LONDON,-5.00\n2026-05-29,CAFE,-3.00\n"


def household(url: str) -> visit.Person:
    """Somebody with a pending payment that a later statement lacks, and a row that may be there already."""
    with httpx2.Client(base_url=url, timeout=30, trust_env=False) as client:
        sign_up(client, "asked@example.com", "GBP")  # type: ignore[arg-type]
        for name, files in (("Everyday", (WAITING, LATER)), ("Card", (KNOWN, AGAIN))):
            account = client.post("/api/v1/accounts", json={"name": name, "kind": "checking", "currency": "GBP"}).json()
            for number, text in enumerate(files):
                given = {"file": (f"{name.lower()}-{number}.csv", text.encode(), "text/csv")}
                made = client.post("/api/v1/imports", files=given, data={"account_id": account["id"]}).json()
                while client.get(f"/api/v1/imports/{made['id']}").json()["status"] in ("queued", "running"):
                    time.sleep(0.05)
    return visit.Person(email="asked@example.com", password=PASSWORD)


def test_questions_of_statements_are_asked_in_words_and_answered(url: str, open_window: Callable[..., Page]) -> None:
    page = open_window()
    visit.sign_in(page, household(url))
    expect(page.get_by_text("Your statements leave 2 questions open")).to_be_visible()
    visit.open_page(page, "/transactions")
    pending = page.get_by_role("row").filter(has_text="Book Shop")
    expect(pending.get_by_title("Pending: not booked yet")).to_be_visible()
    expect(page.get_by_title("Pending: not booked yet")).to_have_count(1)

    visit.open_page(page, "/")
    page.get_by_role("link", name="Answer").click()
    missing = page.get_by_role("listitem").filter(has_text="BOOK SHOP")
    expect(missing).to_contain_text("9 Jun 2026")
    expect(missing).to_contain_text("−£7.25")
    expect(missing).to_contain_text(
        "Pending, and everyday-1.csv, which goes up to 30 Jun 2026, has neither it nor a booking of it."
    )
    assert visit.axe(page) == []
    missing.get_by_role("button", name="Remove it").click()
    expect(missing).to_have_count(0)
    known = page.get_by_role("listitem").filter(has_text="SQ 9911 LONDON")
    expect(known).to_contain_text("Is it the same as this?")
    expect(known).to_contain_text("CORNER BAKERY")
    known.get_by_role("button", name="It is the same").click()
    expect(page.get_by_role("heading", name="Rows that ask")).to_have_count(0)
    visit.open_page(page, "/")
    expect(page.get_by_text("Your statements leave")).to_have_count(0)
