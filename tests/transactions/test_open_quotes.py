"""A large file with a quotation mark that is never closed is refused with the line it stands on, and leaves nothing."""

from pathlib import Path

from tests.support import client

API = "/api/v1"
_ROWS = 200_000


def _with_an_open_quote(at: int) -> bytes:
    lines = [f"2024-{1 + row % 12:02d}-{1 + row % 28:02d},POS SHOP {row},-{row % 900 + 1}.00" for row in range(_ROWS)]
    lines[at] = lines[at].replace("POS", '"POS')
    return "\n".join(["Date,Description,Amount", *lines]).encode()


def test_a_large_file_with_an_open_quote_fails_with_the_line_and_the_reason(tmp_path: Path) -> None:
    with client(tmp_path) as signed_in:
        body = {"name": "Everyday", "kind": "checking", "currency": "INR"}
        account = signed_in.post(f"{API}/accounts", json=body).json()["id"]
        files = {"file": ("open.csv", _with_an_open_quote(4_000), "text/csv")}
        began = signed_in.post(f"{API}/imports", files=files, data={"account_id": account}).json()
        # The stream of progress ends when the import does.
        signed_in.get(f"{API}/imports/{began['id']}/events")
        ended = signed_in.get(f"{API}/imports/{began['id']}").json()
        assert (ended["status"], ended["failure_code"]) == ("failed", "unreadable_statement")
        assert "line 4002 cannot be read" in ended["failure"]
        assert "quotation mark" in ended["failure"]
        assert signed_in.get(f"{API}/transactions").json()["items"] == []
