"""Digests and insights on the whole product: what is told, how it is written, and what is not told again."""

import smtplib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.dashboard.domain.digest import as_html, as_text
from finapp.dashboard.facade.digests import bounds
from finapp.dashboard.facade.writing import writing_of
from finapp.dashboard.public import Digest, DigestLine, DigestSection
from finapp.kernel.basis import Basis
from finapp.platform.mail import Mail, send_mail
from tests.analytics.household_rows import MONTH
from tests.dashboard.test_screen import NARRATIONS
from tests.support import client, sign_up

API = "/api/v1"


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Six equal months, and in July a debit taken twice, bank charges and a row nobody can place."""
    with client(Path(tmp_path_factory.mktemp("digest"))) as signed_in:
        account = {"name": "Main", "kind": "checking", "currency": "INR", "opening_balance": "2000000.00"}
        account_id = signed_in.post(f"{API}/accounts", json=account).json()["id"]

        def book(day: str, amount: str, text: str, category: str | None = None) -> None:
            row = {"account_id": account_id, "date": day, "amount": amount, "description": text}
            answer = signed_in.post(f"{API}/transactions", json=row | ({"category_id": category} if category else {}))
            assert answer.status_code == 201, answer.text

        for month in range(1, 7):
            for day, amount, category, *_ in MONTH:
                book(f"2026-{month:02d}-{day:02d}", amount, NARRATIONS[category])
            book(f"2026-{month:02d}-26", "-900.00", "BANK CHARGES", "bank_fees")
        for _ in range(2):
            book("2026-07-03", "-1999.00", "CROMA RETAIL STORE", "shopping")
        book("2026-07-04", "-777.00", "ZZQ 99 XK", "uncategorized")
        yield signed_in


def items(http: TestClient) -> dict[str, Any]:
    found = http.get(f"{API}/dashboard/insights").json()
    assert found["status"] == "ok", found
    return {item["kind"]: item for item in found["data"]["items"]} | {"": found["data"]}


def test_what_is_taken_twice_or_leaks_is_noticed_with_its_rows(http: TestClient) -> None:
    found = items(http)
    shown = [item["at_stake"] for item in found[""]["items"]]
    assert shown == sorted(shown, key=float, reverse=True)
    assert len(shown) <= 5
    assert found[""]["not_looked_at"] == []
    kinds = set(found)
    assert "fee_leak" in kinds
    assert found["fee_leak"]["at_stake"] == "10800.00"
    rows = http.get(found["fee_leak"]["transactions_query"]).json()["items"]
    assert {row["amount"] for row in rows} == {"-900.00"}


def test_rows_of_later_days_do_not_wait_for_a_category_yet(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account_id = http.post(f"{API}/accounts", json={"name": "Main", "kind": "checking", "currency": "INR"}).json()[
            "id"
        ]
        for day in ("2026-05-01", "2026-07-10", "2026-07-20"):
            row = {"account_id": account_id, "date": day, "amount": "-100.00", "description": "ZZQ 99 XK"}
            assert http.post(f"{API}/transactions", json=row).json()["category_id"] == "uncategorized"
        shown = http.get(f"{API}/dashboard/insights", params={"as_of": "2026-07-15"}).json()["data"]["items"]
        (waiting,) = [each for each in shown if each["kind"] == "uncategorized"]
        assert waiting["at_stake"] == "200.00"
        rows = http.get(waiting["transactions_query"]).json()["items"]
        assert [row["date"] for row in rows] == ["2026-07-10", "2026-05-01"]


def test_a_dismissed_insight_is_not_shown_until_it_is_recalled(http: TestClient) -> None:
    before = http.get(f"{API}/dashboard/insights").json()["data"]
    twice: dict[str, Any] | None = None
    while twice is None:
        shown = http.get(f"{API}/dashboard/insights").json()["data"]["items"]
        assert shown, "the debit taken twice was not noticed"
        twice = next((item for item in shown if item["kind"] == "debit_twice"), None)
        gone = twice or shown[0]
        assert http.post(f"{API}/dashboard/insights/{gone['id']}/dismiss").status_code == 204
        left = http.get(f"{API}/dashboard/insights").json()["data"]
        assert gone["id"] not in {item["id"] for item in left["items"]}
        tile = http.get(f"{API}/dashboard").json()["insights"]["data"]
        assert tile["dismissed"] == left["dismissed"] > 0
    rows = http.get(twice["transactions_query"]).json()["items"]
    assert [row["amount"] for row in rows] == ["-1999.00", "-1999.00"]
    assert twice["at_stake"] == "1999.00"
    assert http.delete(f"{API}/dashboard/insights/dismissed").status_code == 204
    assert http.get(f"{API}/dashboard/insights").json()["data"] == before
    missing = http.post(f"{API}/dashboard/insights/nothing/dismiss")
    assert (missing.status_code, missing.json()["code"]) == (404, "insight_not_found")


def test_what_is_dismissed_stays_hidden_until_it_expires_and_then_comes_back(http: TestClient) -> None:
    def kinds(as_of: str) -> set[str]:
        found = http.get(f"{API}/dashboard/insights", params={"as_of": as_of}).json()["data"]
        return {item["kind"] for item in found["items"]}

    shown = http.get(f"{API}/dashboard/insights", params={"as_of": "2026-07-15"}).json()["data"]["items"]
    (leak,) = (item for item in shown if item["kind"] == "fee_leak")
    assert leak["expires_on"] == "2026-08-14"
    http.post(f"{API}/dashboard/insights/{leak['id']}/dismiss", params={"as_of": "2026-07-15"})
    hidden = [kinds(day) for day in ("2026-07-31", "2026-08-01", "2026-08-13")]
    after = kinds("2026-08-14")
    http.delete(f"{API}/dashboard/insights/dismissed")
    assert all("fee_leak" not in each for each in hidden)
    assert "fee_leak" in after


def test_the_day_before_pay_day_is_known(http: TestClient) -> None:
    ahead = http.get(f"{API}/dashboard").json()["obligations"]["data"]
    assert ahead["payday"] == "2026-08-01"
    due = sum(-float(item["amount"]) for item in ahead["items"] if item["date"] < ahead["payday"])
    assert float(ahead["due_until_payday"]) == due
    assert float(ahead["left_until_payday"]) == float(ahead["balance"]) - due


@pytest.mark.parametrize(("period", "first", "last"), [("week", "07-06", "07-12"), ("month", "06-01", "06-30")])
def test_a_digest_tells_the_last_whole_period(http: TestClient, period: str, first: str, last: str) -> None:
    found = http.get(f"{API}/dashboard/digest", params={"period": period}).json()
    assert (found["first"], found["last"]) == (f"2026-{first}", f"2026-{last}")
    money = {line["label"]: line for section in found["sections"][:1] for line in section["lines"]}
    whole = http.get(f"{API}/analytics/summary", params={"from": found["first"], "to": found["last"]}).json()
    if whole["income"] is None:
        assert money["Income"]["value"] == "not known (no_rows_yet)"
    else:
        assert money["Income"]["value"].replace(",", "") == f"₹{whole['income']}"
        assert money["Saved"]["value"].replace(",", "").replace("₹", "") == whole["saved"]
    assert found["left_out"] == []


def test_a_year_is_a_page_to_print(http: TestClient) -> None:
    answer = http.get(f"{API}/dashboard/year-end", params={"year": 2026})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Your year 2026" in answer.text
    assert "@media print" in answer.text
    assert "<script" not in answer.text
    text = http.get(f"{API}/dashboard/year-end", params={"year": 2026, "format": "text"}).text
    assert "Income" in text
    wrong = http.get(f"{API}/dashboard/year-end", params={"year": 2030})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "year")


def test_a_year_is_not_compared_with_one_in_which_the_ledger_began(http: TestClient) -> None:
    found = http.get(f"{API}/dashboard/year-end", params={"year": 2026, "format": "json"}).json()
    assert {line["beside"] for line in found["sections"][0]["lines"]} == {""}
    month = http.get(f"{API}/dashboard/digest", params={"period": "month"}).json()
    assert month["sections"][0]["lines"][0]["beside"] == "before: ₹1,20,000.00"


def test_a_fresh_household_gets_a_digest_without_zeros(http: TestClient) -> None:
    token = http.headers["Authorization"]
    sign_up(http, "fresh@example.com")
    text = http.get(f"{API}/dashboard/digest", params={"format": "text"}).text
    http.headers["Authorization"] = token
    assert "not known (no_rows)" in text


@pytest.mark.parametrize(
    ("locale", "amount", "day"),
    [
        ("en-IN", "₹1,20,000.00", "1 Jun 2026 to 30 Jun 2026"),
        ("en-US", "₹120,000.00", "Jun 1, 2026 to Jun 30, 2026"),
        ("de-DE", "120.000,00 ₹", "01.06.2026 to 30.06.2026"),
        ("fr-FR", "120 000,00 ₹", "1 juin 2026 to 30 juin 2026"),
        ("xx-ZZ", "₹120,000.00", "Jun 1, 2026 to Jun 30, 2026"),
    ],
)
def test_a_digest_is_written_as_the_household_writes(http: TestClient, locale: str, amount: str, day: str) -> None:
    before = http.get(f"{API}/auth/me").json()["locale"]
    assert http.patch(f"{API}/auth/me", json={"locale": locale}).is_success
    text = http.get(f"{API}/dashboard/digest", params={"period": "month", "format": "text"}).text
    page = http.get(f"{API}/dashboard/digest", params={"period": "month", "format": "html"}).text
    http.patch(f"{API}/auth/me", json={"locale": before})
    lines = {line[:20].strip(): line for line in text.splitlines()}
    assert lines["Income"].split("  (")[0].endswith(amount)
    assert f"(before: {amount})" in lines["Income"]
    assert day in text
    assert day in page
    assert f">{amount}<" in page


@pytest.mark.parametrize(
    ("currency", "amount", "written"),
    [("JPY", "1234", "JP¥1,234"), ("BHD", "1.500", "BHD1.500"), ("EUR", "-0.50", "-€0.50")],
)
def test_an_amount_is_written_with_the_decimals_of_its_currency(currency: str, amount: str, written: str) -> None:
    assert writing_of("en-IN").money(Decimal(amount), currency) == written


def test_the_week_before_a_monday_ends_on_sunday() -> None:
    assert bounds("week", date(2026, 7, 13), None) == (date(2026, 7, 6), date(2026, 7, 12))
    assert bounds("week", date(2026, 7, 12), None) == (date(2026, 6, 29), date(2026, 7, 5))
    assert bounds("year", date(2026, 7, 12), None) == (date(2025, 1, 1), date(2025, 12, 31))


def test_names_are_written_as_text_and_not_as_markup() -> None:
    line = DigestLine(label="<b>Cafe & Co</b>", value="1.00 INR", beside="2 rows")
    found = Digest(
        as_of=date(2026, 7, 15),
        period="week",
        first=date(2026, 7, 6),
        last=date(2026, 7, 12),
        dates="6 Jul 2026 to 12 Jul 2026",
        title="Your week",
        sections=(DigestSection(title="Who got most", lines=(line,)),),
        left_out=("Goals",),
        basis=Basis(formula="dashboard.digest", version=1),
    )
    assert "&lt;b&gt;Cafe &amp; Co&lt;/b&gt;" in as_html(found)
    assert "<b>Cafe & Co</b>  1.00 INR  (2 rows)" in as_text(found)
    assert as_text(found).endswith("Not to be had: Goals\n")


def test_a_mail_has_text_and_page_and_goes_to_the_configured_server(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[EmailMessage] = []
    opened: list[tuple[str, int]] = []

    class Server:
        def __init__(self, host: str, port: int, **_: object) -> None:
            opened.append((host, port))

        def quit(self) -> None:
            """Nothing to say."""

        def close(self) -> None:
            """Nothing to close."""

        def send_message(self, message: EmailMessage) -> None:
            sent.append(message)

    monkeypatch.setattr(smtplib, "SMTP", Server)
    mail = Mail(to="reader@example.com", subject="Your week", text="Income 1", html="<p>Income 1</p>")
    monkeypatch.delenv("FINAPP_SMTP", raising=False)
    with pytest.raises(ValueError, match="FINAPP_SMTP"):
        send_mail(mail)
    monkeypatch.setenv("FINAPP_SMTP", "smtp://mail.example.com:2525")
    monkeypatch.setenv("FINAPP_MAIL_FROM", "finapp@example.com")
    send_mail(mail)
    assert opened == [("mail.example.com", 2525)]
    assert [part.get_content_type() for part in sent[0].walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert (sent[0]["To"], sent[0]["Subject"]) == ("reader@example.com", "Your week")
