"""Refusals that come before any route."""

from pathlib import Path

from tests.support import client


def test_a_method_that_is_not_there_says_which_are(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        refused = household.delete("/api/v1/net-worth")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
        assert household.head("/api/v1/net-worth").status_code == 200


def test_a_body_that_is_no_json_is_named_as_the_body(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        refused = household.post("/api/v1/goals", content='{"a":', headers={"content-type": "application/json"})
        assert refused.status_code == 422
        assert [each["field"] for each in refused.json()["errors"]] == ["body"]


def test_a_program_is_told_that_the_whole_household_takes_a_person(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        made = household.post(
            "/api/v1/auth/api-tokens", json={"name": "backup", "scopes": ["transactions:read"]}
        ).json()
        headers = {"authorization": f"Bearer {made['secret']}"}
        refused = household.get("/api/v1/household/export", headers=headers)
        assert refused.status_code == 403
        assert "signed in" in refused.json()["detail"]


def test_head_is_answered_as_get_is_without_the_body(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        for path in ("/health", "/api/v1/transactions", "/api/v1/accounts/nobody"):
            whole, head = household.get(path), household.head(path)
            assert (head.status_code, head.content) == (whole.status_code, b"")
            assert head.headers["content-length"] == str(len(whole.content))


def test_nothing_kept_is_readable_by_others(tmp_path: Path) -> None:
    with client(tmp_path) as household:
        made = household.post("/api/v1/accounts", json={"name": "A", "kind": "checking", "currency": "INR"})
        assert made.status_code == 201
        kept = [path for path in tmp_path.rglob("*.sqlite3*") if path.stat().st_mode & 0o077]
        assert kept == []
