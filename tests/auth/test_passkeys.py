"""Passkeys: made for one address, used without a password, good once per challenge."""

from typing import Any

import pytest
import time_machine
from starlette.testclient import TestClient

from tests.auth.authenticator import Authenticator
from tests.support import PASSWORD

API = "/api/v1/auth/passkeys"
HOST = {"host": "localhost:8000"}
ORIGIN = "http://localhost:8000"
SIGNED_OUT = {**HOST, "authorization": ""}


def asked(household: TestClient) -> dict[str, Any]:
    answer = household.post(f"{API}/options", json={"password": PASSWORD}, headers=HOST)
    assert answer.status_code == 200, answer.text
    ceremony: dict[str, Any] = answer.json()
    return ceremony


def made(household: TestClient, key: Authenticator, name: str = "Laptop") -> dict[str, Any]:
    ceremony = asked(household)
    body = {"ticket": ceremony["ticket"], "name": name, "credential": key.make(ceremony["options"])}
    answer = household.post(API, json=body)
    assert answer.status_code == 201, answer.text
    passkey: dict[str, Any] = answer.json()
    return passkey


def challenged(household: TestClient, headers: dict[str, str] = SIGNED_OUT) -> dict[str, Any]:
    ceremony: dict[str, Any] = household.post(f"{API}/sign-in/options", headers=headers).json()
    return ceremony


def sign_in(household: TestClient, ceremony: dict[str, Any], credential: dict[str, Any]) -> Any:
    body = {"ticket": ceremony["ticket"], "credential": credential}
    return household.post(f"{API}/sign-in", json=body, headers=SIGNED_OUT)


def test_a_passkey_signs_in_without_a_password(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    passkey = made(household, key)
    assert passkey["name"] == "Laptop"
    assert passkey["origin"] == ORIGIN
    assert passkey["last_used_at"] is None
    ceremony = challenged(household)
    grant = sign_in(household, ceremony, key.use(ceremony["options"]))
    assert grant.status_code == 200, grant.text
    token = {"authorization": f"Bearer {grant.json()['access_token']}"}
    assert household.get("/api/v1/auth/me", headers=token).json()["email"] == "household@example.com"
    assert household.get(API).json()["items"][0]["last_used_at"] is not None
    kinds = [event["kind"] for event in household.get("/api/v1/auth/events").json()["items"]]
    assert kinds[:2] == ["sign_in", "passkey_made"]


def test_a_browser_gets_its_refresh_token_as_a_cookie(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    ceremony = challenged(household)
    body = {"ticket": ceremony["ticket"], "credential": key.use(ceremony["options"])}
    headers = {**SIGNED_OUT, "origin": ORIGIN, "x-session": "cookie"}
    grant = household.post(f"{API}/sign-in", json=body, headers=headers)
    assert "refresh_token" not in grant.json()
    assert "finapp_refresh" in grant.headers["set-cookie"]


def test_a_challenge_is_good_once(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    ceremony = challenged(household)
    credential = key.use(ceremony["options"])
    assert sign_in(household, ceremony, credential).status_code == 200
    again = sign_in(household, ceremony, credential)
    assert again.status_code == 422
    assert again.json()["code"] == "passkey_refused"


def test_a_challenge_is_good_for_five_minutes(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    with time_machine.travel("2001-01-01T00:00:00Z", tick=False):
        ceremony = challenged(household)
    refused = sign_in(household, ceremony, key.use(ceremony["options"]))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "ticket"


def test_a_ticket_for_making_does_not_sign_in(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    ceremony = asked(household)
    credential = key.use({**ceremony["options"], "rpId": "localhost"})
    assert sign_in(household, ceremony, credential).status_code == 422


def test_what_another_page_was_shown_is_refused(household: TestClient) -> None:
    elsewhere = Authenticator("http://localhost:9000")
    ceremony = asked(household)
    body = {"ticket": ceremony["ticket"], "name": "Key", "credential": elsewhere.make(ceremony["options"])}
    refused = household.post(API, json=body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "passkey_refused"
    assert household.get(API).json()["items"] == []


def test_a_passkey_is_unknown_under_another_address(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    other = challenged(household, {"host": "money.example", "authorization": ""})
    assert sign_in(household, other, key.use(other["options"])).status_code == 401


def test_a_page_of_another_site_cannot_ask(household: TestClient) -> None:
    headers = {**HOST, "origin": "https://evil.example"}
    assert household.post(f"{API}/options", json={"password": PASSWORD}, headers=headers).status_code == 403


def test_a_key_that_does_not_verify_its_person_is_refused(household: TestClient) -> None:
    ceremony = asked(household)
    lax = Authenticator(ORIGIN, verifies=False)
    body = {"ticket": ceremony["ticket"], "name": "Key", "credential": lax.make(ceremony["options"])}
    assert household.post(API, json=body).status_code == 422


def test_a_copied_key_is_noticed_by_its_count(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    made(household, key)
    key.count = 7
    ceremony = challenged(household)
    assert sign_in(household, ceremony, key.use(ceremony["options"])).status_code == 200
    key.count = 3
    ceremony = challenged(household)
    assert sign_in(household, ceremony, key.use(ceremony["options"])).status_code == 422
    assert household.get("/api/v1/auth/events").json()["items"][0]["kind"] == "sign_in_failed"


@pytest.mark.parametrize("credential", [{}, {"id": 7}, {"id": "\x00"}, {"id": "a", "response": {"signature": "?"}}])
def test_what_is_no_credential_is_refused(household: TestClient, credential: dict[str, Any]) -> None:
    assert sign_in(household, challenged(household), credential).status_code in (401, 422)
    body = {"ticket": asked(household)["ticket"], "name": "Key", "credential": credential}
    assert household.post(API, json=body).status_code == 422


def test_a_passkey_needs_the_password_and_a_named_address(household: TestClient) -> None:
    wrong = household.post(f"{API}/options", json={"password": "wrong"}, headers=HOST)
    assert wrong.status_code == 401
    bare = household.post(f"{API}/options", json={"password": PASSWORD}, headers={"host": "127.0.0.1:8000"})
    assert bare.status_code == 422
    assert bare.json()["code"] == "no_name_for_passkeys"


def test_passkeys_are_renamed_and_taken_back(household: TestClient) -> None:
    key = Authenticator(ORIGIN)
    place = f"{API}/{made(household, key)['id']}"
    assert household.patch(place, json={"name": "Old laptop"}).json()["name"] == "Old laptop"
    assert household.delete(place).status_code == 204
    assert household.delete(place).status_code == 404
    assert household.patch(place, json={"name": "Gone"}).status_code == 404
    ceremony = challenged(household)
    assert sign_in(household, ceremony, key.use(ceremony["options"])).status_code == 401


def test_an_authenticator_is_not_asked_twice(household: TestClient) -> None:
    made(household, Authenticator(ORIGIN))
    assert len(asked(household)["options"]["excludeCredentials"]) == 1
