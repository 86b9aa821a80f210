"""The story: a newcomer registers, imports their bank's file, reads the dashboard, is refused, and leaves."""

import time
from typing import Any

API = "/api/v1"
PASSWORD = "violet-anchor-tundra-42"
WAIT_SECONDS = 30

Client = Any
"""An HTTP client with a base URL: starlette's TestClient or httpx2's Client."""

_MONTHLY = (
    (1, "NEFT CR-CITI0000003-ACME TECHNOLOGIES PVT LTD-SALARY", 120_000),
    (2, "UPI-R KUMAR-RENT FLAT 4B-rkumar@okaxis", -25_000),
    (4, "UPI-SWIGGY-swiggy@axisbank-BANGALORE", -1_200),
    (5, "ACH D- HDFC LTD-HOME LOAN EMI", -30_000),
    (6, "UPI-BIGBASKET-bigbasket@ybl", -6_000),
    (7, "BIL/ONL/TATA POWER", -1_800),
    (8, "ACH D- LIC OF INDIA-PREMIUM", -4_000),
    (10, "BILLPAY HDFC CREDIT CARD 4321", -12_000),
    (12, "ACH D- INDIAN CLEARING CORP-SIP", -10_000),
    (15, "IMPS-SELF-TO OWN SAVINGS ACCOUNT", -15_000),
)


def statement(year: int = 2026, first_month: int = 1, months: int = 6) -> bytes:
    """Six equal months of one account, as its bank prints them."""
    lines = ["Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance"]
    balance = 50_000 + (first_month - 1) * sum(amount for _, _, amount in _MONTHLY)
    number = (first_month - 1) * len(_MONTHLY)
    for month in range(first_month, first_month + months):
        for day, narration, amount in _MONTHLY:
            balance += amount
            number += 1
            paid = f"{-amount}.00," if amount < 0 else f",{amount}.00"
            lines.append(f"{day:02d}/{month:02d}/{year},{narration}-{number:06d},{number:012d},{paid},{balance}.00")
    return "\n".join(lines).encode()


def sign_up(client: Client, email: str) -> None:
    """Registers and signs in; the client speaks for the newcomer from here on."""
    body = {"email": email, "password": PASSWORD, "display_name": "Newcomer", "currency": "INR", "locale": "en-IN"}
    answer = client.post(f"{API}/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    token = client.post(f"{API}/auth/token", data={"username": email, "password": PASSWORD}).json()
    client.headers["Authorization"] = f"Bearer {token['access_token']}"


def import_statement(client: Client, content: bytes, name: str = "statement.csv", **fields: str) -> dict[str, Any]:
    """Uploads a file and waits until its import has ended."""
    answer = client.post(f"{API}/imports", files={"file": (name, content, "text/csv")}, data=fields)
    assert answer.status_code == 202, answer.text
    import_id, until = answer.json()["id"], time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(f"{API}/imports/{import_id}").json()
        if found["status"] not in ("queued", "running"):
            return found
        time.sleep(0.05)
    raise AssertionError("the import did not end in time")


def get(client: Client, path: str) -> dict[str, Any]:
    """The answer of a GET that must succeed."""
    answer = client.get(API + path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    found: dict[str, Any] = answer.json()
    return found


def arrive(client: Client, email: str = "newcomer@example.com") -> None:
    """Registers and imports six months: every row new, and none of them new again."""
    sign_up(client, email)
    first = import_statement(client, statement())
    assert first["status"] == "done", first
    assert first["counts"] == {"rows": 60, "imported": 60, "duplicates": 0, "rejected": 0}
    again = import_statement(client, statement())
    assert again["counts"] == {"rows": 60, "imported": 0, "duplicates": 60, "rejected": 0}


def read_figures(client: Client) -> None:
    """The figures of the household, computed by hand."""
    monthly = get(client, "/analytics/summary")["monthly"]
    assert monthly["income"] == "120000.00"
    assert monthly["expenses"] == "50000.00"
    assert monthly["debt_service"] == "30000.00"
    assert monthly["saved"] == "40000.00"
    fire = get(client, "/fire/summary")
    assert fire["fire_number"] == "15000000.00"
    assert abs(fire["savings_rate"] - 1 / 3) < 1e-4
    recurring = get(client, "/reports/recurring-payments")["streams"]
    categories = sorted(stream["category"] for stream in recurring if stream["direction"] == "out")
    assert categories.count("loan") == 1
    assert categories.count("investment") == 1
    assert categories.count("insurance") == 1


def read_dashboard(client: Client) -> None:
    """One call with every tile answered."""
    dashboard = get(client, "/dashboard")
    tiles = {name: tile["status"] for name, tile in dashboard.items() if isinstance(tile, dict) and "status" in tile}
    assert len(tiles) >= 9
    assert set(tiles.values()) == {"ok"}, tiles


def be_refused(client: Client) -> None:
    """Refusals carry a code of their own, and the field that is wrong."""
    unknown = client.get(f"{API}/accounts/0000000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "account_not_found")
    assert unknown.headers["content-type"] == "application/problem+json"
    body = {"name": "Cash", "kind": "cash", "currency": "INR", "opening_balance": 450.0}
    refused = client.post(f"{API}/accounts", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "opening_balance"


def leave(client: Client) -> None:
    """Deletes the person, and with the last member everything the household has stored."""
    assert client.delete(f"{API}/auth/me").status_code == 204
    # At once in one process; another process has up to five seconds to hear of it.
    until = time.monotonic() + 5
    while client.get(f"{API}/accounts").status_code != 401:
        assert time.monotonic() < until, "the token is still good"
        time.sleep(0.2)


def start_afresh(client: Client, email: str = "newcomer@example.com") -> None:
    """The same address may register again and finds nothing of before."""
    del client.headers["Authorization"]
    sign_up(client, email)
    assert get(client, "/accounts")["items"] == []
    assert get(client, "/transactions")["items"] == []


def take_along(client: Client) -> bytes:
    """Everything of the household in one zip, the same bytes each time."""
    exported = client.get(f"{API}/household/export")
    assert exported.status_code == 200, exported.text
    assert client.get(f"{API}/household/export").content == exported.content
    return bytes(exported.content)


def bring_back(client: Client, taken: bytes) -> None:
    """The zip in an empty household: the same figures, and the same zip again."""
    answer = client.post(f"{API}/household/restore", files={"file": ("household.zip", taken, "application/zip")})
    assert answer.status_code == 201, answer.text
    read_figures(client)
    assert client.get(f"{API}/household/export").content == taken


def whole(client: Client) -> None:
    """From arriving to leaving, and back."""
    arrive(client)
    read_figures(client)
    read_dashboard(client)
    be_refused(client)
    taken = take_along(client)
    leave(client)
    start_afresh(client)
    bring_back(client, taken)
