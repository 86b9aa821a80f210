"""`finapp categorize`: what the product would say of a statement's rows; needs no server and keeps nothing."""

import csv
import io
import secrets
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from finapp.app.cli.importing import API, OK, ImportRefused, Session, Wanted, run, signed_in, through_server

COLUMNS = ("date", "amount", "currency", "description", "category", "confidence", "source", "merchant", "why")
_CURRENCY_OF = {
    "IN": "INR", "US": "USD", "GB": "GBP", "CA": "CAD", "AU": "AUD", "ZA": "ZAR", "SG": "SGD", "AE": "AED",
    "NZ": "NZD", "CH": "CHF",
}  # fmt: skip
_PAGE = 500


def categorize(url: str, wanted: Wanted, country: str, out: TextIO, console: Console) -> int:
    """Reads the file as an import would, in a household of its own, and writes a line of CSV for each row.

    Answers an exit code; questions about the file are shown as `finapp import` shows them. Raises ImportRefused.
    """
    import httpx2

    email, password = f"{secrets.token_hex(8)}@example.com", secrets.token_urlsafe(24)
    currency = _CURRENCY_OF.get(country, "EUR")
    household = {"email": email, "password": password, "display_name": "nobody", "currency": currency}
    with httpx2.Client(base_url=url, timeout=60, trust_env=False) as client:
        client.post(f"{API}/auth/register", json={**household, "locale": f"en-{country}"}).raise_for_status()
    with through_server(url, signed_in(url, email, password)) as session:
        shown = io.StringIO()
        ended = run(session, wanted, Console(file=shown))
        if ended != OK:
            console.print(shown.getvalue(), markup=False)
            return ended
        rows = _rows(session)
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row, said in zip(rows, _said(session, rows, country), strict=True):
            writer.writerow({**{name: row[name] for name in COLUMNS[:4]}, **_line(said)})
    return OK


def _rows(session: Session) -> list[Any]:
    found: list[Any] = []
    cursor = ""
    while True:
        page = session.get(f"/transactions?limit={_PAGE}&sort=date{cursor}")
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def _said(session: Session, rows: list[Any], country: str) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(rows), _PAGE):
        some = rows[start : start + _PAGE]
        asked = [{name: row[name] for name in ("date", "amount", "description")} for row in some]
        body = {"country": country, "currency": some[0]["currency"], "transactions": asked}
        answer = session.client.post(f"{API}/categorization/suggest", headers=session.headers, json=body)
        if answer.status_code != 200:
            raise ImportRefused(answer.text)
        found += answer.json()["items"]
    return found


def _line(said: Any) -> dict[str, Any]:
    return {
        "category": said["category"] or "",
        "confidence": said["confidence"],
        "source": said["source"],
        "merchant": said["merchant"] or "",
        "why": said["why"],
    }


def output(path: Path | None, standard: TextIO) -> TextIO:
    """Where the lines go: a new file, or the shell."""
    return standard if path is None else path.open("x", encoding="utf-8", newline="")
