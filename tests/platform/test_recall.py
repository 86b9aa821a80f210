"""Answers are given again from memory exactly while nothing was written for the household."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.platform.recall import Commits, Kept, Memory
from tests.support import TODAY, application, client

QUESTIONS = ("/api/v1/accounts", "/api/v1/categories", "/api/v1/transactions/outline", "/api/v1/net-worth")


def _account(http: TestClient) -> Any:
    body = {"name": "Everyday", "kind": "checking", "currency": "INR"}
    return http.post("/api/v1/accounts", json=body).json()["id"]


def _refusing(http: TestClient) -> None:
    """Lets every question to a facade fail, so that only memory can answer."""
    app: Any = http.app
    app.state.facades = {}


@pytest.mark.parametrize("path", QUESTIONS)
def test_an_unchanged_answer_asks_no_context(path: str, tmp_path: Path) -> None:
    with client(tmp_path) as http:
        _account(http)
        # The first answers may start what is written down in the background.
        for _ in range(3):
            first = http.get(path)
        _refusing(http)
        again = http.get(path)
    assert again.status_code == 200
    assert again.content == first.content
    assert again.headers.get("etag") == first.headers.get("etag")
    assert again.headers["content-type"] == "application/json"


def test_a_write_is_seen_at_once(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = _account(http)
        for number in range(1, 4):
            row = {"account_id": account, "date": TODAY.isoformat(), "amount": "-5.00", "description": "Tea"}
            assert http.post("/api/v1/transactions", json=row).status_code == 201
            assert http.get("/api/v1/transactions/outline").json()["total"] == number
            assert http.get("/api/v1/accounts").json()["items"][0]["balance"] == f"-{5 * number}.00"


def test_a_known_tag_is_answered_without_a_body(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        for _ in range(3):
            tag = http.get("/api/v1/net-worth").headers["etag"]
        _refusing(http)
        same = http.get("/api/v1/net-worth", headers={"If-None-Match": tag})
        other = http.get("/api/v1/net-worth", headers={"If-None-Match": '"other"'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert other.status_code == 200


def test_a_refused_question_is_refused_again(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        for _ in range(2):
            assert http.get("/api/v1/net-worth?as_of=yesterday").status_code == 422


def test_nobody_is_answered_from_memory_without_a_sign_in(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        assert http.get("/api/v1/accounts").status_code == 200
        assert http.get("/api/v1/accounts", headers={"authorization": ""}).status_code == 401


def test_households_do_not_share_answers(tmp_path: Path) -> None:
    with application(tmp_path) as http:
        totals = []
        for name in ("one", "two"):
            who = {"email": f"{name}@example.com", "password": "violet-anchor-tundra-42", "display_name": name}
            http.post("/api/v1/auth/register", json={**who, "currency": "INR", "locale": "en-IN"})
            form = {"username": who["email"], "password": who["password"]}
            token = http.post("/api/v1/auth/token", data=form).json()["access_token"]
            http.headers["authorization"] = f"Bearer {token}"
            totals.append(len(http.get("/api/v1/accounts").json()["items"]))
            _account(http)
            assert len(http.get("/api/v1/accounts").json()["items"]) == 1
    assert totals == [0, 0]


def test_what_was_read_before_a_commit_does_not_outlive_it() -> None:
    commits, memory = Commits(), Memory()
    key = ("household", "/path", b"", "2026-07-15")
    before = commits.of("household")
    commits.add("household")
    memory.keep(key, Kept(before, None, [], b"old", None))
    assert memory.find(key, commits.of("household")) is None


def test_the_least_recently_used_answers_make_room() -> None:
    memory = Memory(most_bytes=10)
    keys = [("household", f"/{number}", b"", "2026-07-15") for number in range(3)]
    memory.keep(keys[0], Kept(0, None, [], b"12345", None))
    memory.keep(keys[1], Kept(0, None, [], b"12345", None))
    assert memory.find(keys[0], 0) is not None
    memory.keep(keys[2], Kept(0, None, [], b"12345", None))
    assert [memory.find(key, 0) is not None for key in keys] == [True, False, True]


def test_pages_of_a_known_question_are_those_of_the_route(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = _account(http)
        for number in range(7):
            row = {"account_id": account, "date": f"2026-07-0{number + 1}", "amount": "-5.00", "description": "Tea"}
            http.post("/api/v1/transactions", json=row)
        first = http.get(f"/api/v1/transactions?account_id={account}&limit=3").json()
        second = http.get(f"/api/v1/transactions?account_id={account}&limit=3&cursor={first['next_cursor']}").json()
        third = http.get(f"/api/v1/transactions?limit=2&cursor={second['next_cursor']}&account_id={account}").json()
        assert [row["date"][-1] for page in (first, second, third) for row in page["items"]] == list("7654321")
        assert third["next_cursor"] is None


@pytest.mark.parametrize("wrong", ["limit=0", "limit=501", "limit=x", "limit=", "cursor=nonsense", "nothing=1"])
def test_what_is_wrong_beside_a_known_question_is_refused(wrong: str, tmp_path: Path) -> None:
    with client(tmp_path) as http:
        assert http.get("/api/v1/transactions").status_code == 200
        refused = http.get(f"/api/v1/transactions?{wrong}")
        assert refused.status_code == 422, refused.text
        assert refused.headers["content-type"] == "application/problem+json"


def test_another_search_beside_a_known_one_finds_its_own_rows(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = _account(http)
        for text in ("Green tea", "Black tea", "Coffee"):
            row = {"account_id": account, "date": "2026-07-01", "amount": "-5.00", "description": text}
            http.post("/api/v1/transactions", json=row)

        def found(query: str) -> list[str]:
            asked = http.get(f"/api/v1/transactions?{query}").json()["items"]
            assert http.get(f"/api/v1/transactions/outline?{query}").json()["total"] == len(asked)
            return [row["description"] for row in asked]

        assert found("q=coffee") == ["Coffee"]
        assert found("q=green+tea") == found("q=green%20tea") == ["Green tea"]
        assert found("q=tea") == ["Black tea", "Green tea"]
        assert found("q=") == found("") == ["Coffee", "Black tea", "Green tea"]


@pytest.mark.parametrize(
    "wrong", ["q=tea&q=coffee", "q=%FF", "q=amount%3E", "q=" + "x" * 1_001, "q=tea&limit=0", "q=tea&%71=tea"]
)
@pytest.mark.parametrize("path", ["transactions", "transactions/outline"])
def test_a_wrong_search_beside_a_known_one_is_refused(path: str, wrong: str, tmp_path: Path) -> None:
    with client(tmp_path) as http:
        assert http.get(f"/api/v1/{path}?q=coffee").status_code == 200
        refused = http.get(f"/api/v1/{path}?{wrong}")
        assert refused.status_code == 422, refused.text
        assert http.get("/api/v1/transactions/outline?q=coffee&limit=5").status_code == 422


def test_figures_asked_again_after_a_write_are_those_of_the_route(tmp_path: Path) -> None:
    question = "/api/v1/analytics/summary?from=2026-07"
    with client(tmp_path) as http:
        account = _account(http)
        tags = set()
        for number in range(1, 5):
            row = {"account_id": account, "date": TODAY.isoformat(), "amount": "-5.00", "description": "Tea"}
            http.post("/api/v1/transactions", json=row)
            again, anew = http.get(question), http.get(question + "&include_transfers=false")
            assert again.json() == anew.json()
            assert again.json()["count"] == number
            tags.add(again.headers["etag"])
            same = http.get(question, headers={"If-None-Match": again.headers["etag"]})
            assert (same.status_code, same.content) == (304, b"")
        assert len(tags) == 4


def test_figures_whose_account_is_gone_are_refused_where_they_were_known(tmp_path: Path) -> None:
    with client(tmp_path) as http:
        account = _account(http)
        question = f"/api/v1/analytics/summary?account_id={account}"
        assert [http.get(question).status_code for _ in range(2)] == [200, 200]
        assert http.delete(f"/api/v1/accounts/{account}").status_code == 204
        refused = http.get(question)
        assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")


def test_known_figures_of_one_household_are_not_those_of_another(tmp_path: Path) -> None:
    counts = []
    with application(tmp_path) as http:
        for name, rows in (("one", 2), ("two", 1)):
            who = {"email": f"{name}@example.com", "password": "violet-anchor-tundra-42", "display_name": name}
            http.post("/api/v1/auth/register", json={**who, "currency": "INR", "locale": "en-IN"})
            form = {"username": who["email"], "password": who["password"]}
            token = http.post("/api/v1/auth/token", data=form).json()["access_token"]
            http.headers["authorization"] = f"Bearer {token}"
            account = _account(http)
            for _ in range(rows):
                row = {"account_id": account, "date": TODAY.isoformat(), "amount": "-5.00", "description": "Tea"}
                http.post("/api/v1/transactions", json=row)
                found = http.get("/api/v1/analytics/summary").json()
            counts.append(found["count"])
    assert counts == [2, 1]
