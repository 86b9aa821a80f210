"""What docs/ledger.md shows is taken by the product, and the paths it names are there."""

import json
import re
from pathlib import Path

from tests.support import client

API = "/api/v1"
_TEXT = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text()
_EXAMPLE = re.compile(r"^      (\{.*\})$", re.MULTILINE)
_PATH = re.compile(r"`(GET|POST|PATCH|PUT|DELETE) (/[a-z][^`? ]*)")


def test_the_example_of_a_bulk_edit_is_taken(tmp_path: Path) -> None:
    (example,) = _EXAMPLE.findall(_TEXT)
    with client(tmp_path) as signed_in:
        account = signed_in.post(f"{API}/accounts", json={"name": "A", "kind": "checking", "currency": "INR"}).json()
        row = {"account_id": account["id"], "date": "2026-05-03", "amount": "-5.00", "description": "SWIGGY"}
        assert signed_in.post(f"{API}/transactions", json={**row, "category_id": "pets"}).status_code == 201
        answer = signed_in.patch(f"{API}/transactions", json=json.loads(example))
        assert (answer.status_code, answer.json()["matched"], answer.json()["changed"]) == (200, 1, 1)


def test_the_paths_it_names_are_served(tmp_path: Path) -> None:
    with client(tmp_path) as signed_in:
        served = signed_in.get("/openapi.json").json()["paths"]
    known = {re.sub(r"\{[^}]*\}", "{}", path.removeprefix(API)): set(methods) for path, methods in served.items()}
    named = {(method.lower(), re.sub(r"\{[^}]*\}", "{}", path)) for method, path in _PATH.findall(_TEXT)}
    assert len(named) > 10
    assert not [(method, path) for method, path in named if method not in known.get(path, set())]
