"""Sign-ins over HTTP."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support import PASSWORD, application, sign_in, sign_up

API = "/api/v1"
EMAIL = "household@example.com"
FORM = {"username": EMAIL, "password": PASSWORD}
OWN = {"X-Session": "cookie", "Origin": "http://testserver"}


def test_nothing_but_the_open_paths_looks_at_a_request_before_asking_who_sent_it(household: TestClient) -> None:
    openapi = household.get("/openapi.json").json()
    del household.headers["Authorization"]
    answered_otherwise = set()
    for path, operations in openapi["paths"].items():
        for method in operations.keys() & {"get", "post", "put", "patch", "delete"}:
            address = path.replace("{", "").replace("}", "")
            answer = household.request(method, address, content=b"{ not json", params={"limit": "x"})
            if answer.status_code != 401:
                answered_otherwise.add((method, path))
            else:
                assert answer.json()["code"] == "unauthenticated"
                assert answer.headers["www-authenticate"] == "Bearer"
    under_api = {(method, path.removeprefix(API)) for method, path in answered_otherwise if path.startswith(API)}
    assert under_api == {
        ("post", "/auth/register"),
        ("post", "/auth/token"),
        # Opened to this machine alone: its own guard looks at where the request comes from.
        ("get", "/demo"),
        ("post", "/demo"),
        ("post", "/auth/refresh"),
        ("get", "/auth/jwks"),
        ("post", "/auth/passkeys/sign-in/options"),
        ("post", "/auth/passkeys/sign-in"),
    }


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic eDp5", "Bearer fin_made-up", "x"])
def test_what_is_no_token_is_refused(household: TestClient, header: str) -> None:
    assert household.get(f"{API}/auth/me", headers={"Authorization": header}).status_code == 401


def test_the_password_form_gives_tokens_that_nobody_may_store(household: TestClient) -> None:
    answer = household.post(f"{API}/auth/token", data=FORM)
    assert answer.headers["cache-control"] == "no-store"
    grant = answer.json()
    assert set(grant) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (grant["token_type"], grant["expires_in"]) == ("bearer", 900)
    assert "set-cookie" not in answer.headers


def test_a_wrong_password_is_401_with_a_code(household: TestClient) -> None:
    for form in ({**FORM, "password": "wrong"}, {**FORM, "username": "nobody@example.com"}):
        answer = household.post(f"{API}/auth/token", data=form)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert household.post(f"{API}/auth/token", data={"username": EMAIL}).status_code == 422


@pytest.mark.parametrize("address", ["%00", "a%00@example.com", "%ED%A0%80", "%FF", "", "%0A", "%E2%80%8B"])
def test_a_text_that_no_address_can_be_is_answered_like_an_unknown_one(household: TestClient, address: str) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = household.post(f"{API}/auth/token", content=f"username={address}&password=x", headers=form)
    assert answer.status_code == (401 if address else 422)


def test_guessing_is_answered_with_when_to_come_back(household: TestClient) -> None:
    form = {"username": "x" * 5000, "password": "guess"}
    statuses = [household.post(f"{API}/auth/token", data=form).status_code for _ in range(10)]
    assert statuses == [401] * 10
    answer = household.post(f"{API}/auth/token", data=form)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 61
    assert household.post(f"{API}/auth/token", data=FORM).status_code == 200


def test_a_refresh_token_is_exchanged(household: TestClient) -> None:
    grant = sign_in(household, EMAIL)
    renewed = household.post(f"{API}/auth/refresh", json={"refresh_token": grant["refresh_token"]})
    assert renewed.status_code == 200
    bearer = {"Authorization": f"Bearer {renewed.json()['access_token']}"}
    assert household.get(f"{API}/auth/me", headers=bearer).json()["email"] == EMAIL
    for body in ({"refresh_token": "made.1.up"}, {}, {"refresh_token": None}):
        assert household.post(f"{API}/auth/refresh", json=body).status_code == 401


def test_logging_out_ends_the_sign_in_at_once(household: TestClient) -> None:
    grant = sign_in(household, EMAIL)
    assert household.get(f"{API}/auth/me").status_code == 200
    assert household.post(f"{API}/auth/logout").status_code == 204
    assert household.get(f"{API}/auth/me").status_code == 401
    assert household.post(f"{API}/auth/refresh", json={"refresh_token": grant["refresh_token"]}).status_code == 401


def test_one_sign_in_ends_another_and_stays(household: TestClient) -> None:
    there = household.post(f"{API}/auth/token", data=FORM, headers={"User-Agent": "there"}).json()
    found = household.get(f"{API}/auth/sessions").json()["items"]
    assert [(each["agent"], each["current"]) for each in found] == [("there", False), ("testclient", True)]
    assert household.delete(f"{API}/auth/sessions/{found[0]['id']}").status_code == 204
    assert household.delete(f"{API}/auth/sessions/{found[0]['id']}").status_code == 404
    bearer = {"Authorization": f"Bearer {there['access_token']}"}
    assert household.get(f"{API}/auth/me", headers=bearer).status_code == 401
    assert household.get(f"{API}/auth/me").status_code == 200


def test_a_sign_in_of_another_person_looks_unknown(household: TestClient) -> None:
    mine = household.get(f"{API}/auth/sessions").json()["items"][0]["id"]
    sign_up(household, "other@example.com")
    assert household.delete(f"{API}/auth/sessions/{mine}").status_code == 404
    sign_in(household, EMAIL)
    assert mine in {each["id"] for each in household.get(f"{API}/auth/sessions").json()["items"]}


def test_a_changed_password_is_the_one_that_counts(household: TestClient) -> None:
    body = {"current_password": PASSWORD, "new_password": "tundra-violet-77-anchor"}
    wrong = household.post(f"{API}/auth/me/password", json={**body, "current_password": "wrong"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    weak = household.post(f"{API}/auth/me/password", json={**body, "new_password": "password1"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    assert weak.json()["errors"][0]["field"] == "new_password"
    assert household.post(f"{API}/auth/me/password", json=body).status_code == 204
    assert household.get(f"{API}/auth/me").status_code == 200
    assert household.post(f"{API}/auth/token", data=FORM).status_code == 401
    sign_in(household, EMAIL, body["new_password"])


def test_a_browser_keeps_the_refresh_token_where_scripts_cannot_see_it(household: TestClient) -> None:
    answer = household.post(f"{API}/auth/token", data=FORM, headers=OWN)
    assert "refresh_token" not in answer.json()
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("finapp_refresh=")
    for part in ("httponly", "samesite=strict", "path=/", "max-age=2592000"):
        assert part in cookie
    renewed = household.post(f"{API}/auth/refresh", headers=OWN)
    assert renewed.status_code == 200
    assert "refresh_token" not in renewed.json()
    assert household.cookies["finapp_refresh"] in renewed.headers["set-cookie"]


def test_a_cookie_counts_only_when_the_browser_asks_for_it(household: TestClient) -> None:
    household.post(f"{API}/auth/token", data=FORM, headers=OWN)
    assert household.post(f"{API}/auth/refresh").status_code == 401
    assert household.post(f"{API}/auth/refresh", headers=OWN).status_code == 200


@pytest.mark.parametrize(
    "origin", [None, "null", "", "http://evil.example", "http://testserver.evil.example", "http://testserver:81"]
)
def test_a_page_of_another_site_neither_signs_in_nor_refreshes(household: TestClient, origin: str | None) -> None:
    household.post(f"{API}/auth/token", data=FORM, headers=OWN)
    headers = {"X-Session": "cookie"} | ({"Origin": origin} if origin is not None else {})
    for answer in (
        household.post(f"{API}/auth/token", data=FORM, headers=headers),
        household.post(f"{API}/auth/refresh", headers=headers),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert "set-cookie" not in answer.headers
    assert len(household.get(f"{API}/auth/sessions").json()["items"]) == 2


def test_away_from_the_own_machine_the_cookie_needs_an_encrypted_connection(household: TestClient) -> None:
    headers = {"X-Session": "cookie", "Origin": "https://money.example.org", "Host": "money.example.org"}
    cookie = household.post(f"{API}/auth/token", data=FORM, headers=headers).headers["set-cookie"]
    assert cookie.startswith("__Host-finapp_refresh=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()


def test_logging_out_takes_the_cookie_back(household: TestClient) -> None:
    grant = household.post(f"{API}/auth/token", data=FORM, headers=OWN).json()
    household.post(f"{API}/auth/logout", headers={"Authorization": f"Bearer {grant['access_token']}"})
    assert "finapp_refresh" not in household.cookies


def test_the_public_keys_are_open_and_hold_nothing_private(tmp_path: Path) -> None:
    with application(tmp_path) as anonymous:
        keys = anonymous.get(f"{API}/auth/jwks").json()["keys"]
    assert keys
    for key in keys:
        assert (key["kty"], key["crv"], key["alg"]) == ("EC", "P-256", "ES256")
        assert "d" not in key
