"""API tokens: programs that act for a person, within scopes."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from finapp.app.catalogue import PLUGS
from finapp.auth.domain import scopes
from finapp.auth.facade import LocalAuth
from finapp.auth.public import ApiTokensFull, NewApiToken, NewPerson, UnknownScope
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import Invalid, NotFound, Unauthenticated
from tests.support import NOON, PASSWORD, sign_up

API = "/api/v1"
TOKENS = f"{API}/auth/api-tokens"
READER = {"name": "reader", "scopes": ["transactions:read"]}
ACCOUNT = {"name": "Purse", "kind": "cash", "currency": "INR"}


def person(auth: LocalAuth, email: str = "first@example.com") -> str:
    new = NewPerson(email=email, password=PASSWORD, display_name="First", currency="INR", locale="en-IN")
    return auth.register(new=new).id


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_every_context_has_scopes_and_nothing_else_has() -> None:
    assert {scope.split(":")[0] for scope in scopes.SCOPES} == {plug.name for plug in PLUGS}
    assert "auth:write" not in scopes.SCOPES


def test_a_secret_is_shown_once_and_not_kept(household: TestClient) -> None:
    made = household.post(TOKENS, json=READER)
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    secret = made.json()["secret"]
    assert secret.startswith("fin_")
    assert len(secret) >= 47
    listed = household.get(TOKENS)
    assert listed.json()["items"] == [made.json()["token"]]
    assert secret not in listed.text
    data = household.app.state.settings.data  # type: ignore[attr-defined]
    kept = [path for path in data.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert kept == []


def test_a_token_reaches_what_its_scopes_name_and_nothing_else(household: TestClient) -> None:
    reader = bearer(household.post(TOKENS, json=READER).json()["secret"])
    assert household.get(f"{API}/accounts", headers=reader).status_code == 200
    for method, path in (("POST", "accounts"), ("GET", "net-worth"), ("GET", "auth/me"), ("GET", "no-such-thing")):
        answer = household.request(method, f"{API}/{path}", headers=reader, json=ACCOUNT if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
    writer = household.post(TOKENS, json={"name": "writer", "scopes": ["transactions:write"]}).json()["secret"]
    assert household.post(f"{API}/accounts", headers=bearer(writer), json=ACCOUNT).status_code == 201
    assert household.get(f"{API}/accounts", headers=bearer(writer)).status_code == 200


def test_a_token_never_manages_sign_ins_nor_administers(household: TestClient) -> None:
    secret = household.post(TOKENS, json={"name": "x", "scopes": ["auth:read"]}).json()["secret"]
    assert household.get(f"{API}/auth/me", headers=bearer(secret)).status_code == 200
    assert household.get(f"{API}/auth/users", headers=bearer(secret)).status_code == 403
    for path in ("auth/api-tokens", "auth/logout", "auth/totp", "auth/me/password", "auth/household/invitations"):
        assert household.post(f"{API}/{path}", headers=bearer(secret), json=READER).status_code == 403, path


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"scopes": ["transactions:delete"]}, "unknown_scope"),
        ({"scopes": ["auth:write"]}, "unknown_scope"),
        ({"scopes": ["*"]}, "unknown_scope"),
        ({"scopes": []}, "invalid"),
        ({"scopes": "transactions:read"}, "invalid"),
        ({"name": ""}, "invalid"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "invalid"),
        ({"expires_at": "2090-01-01T00:00:00"}, "invalid"),
        ({"expires_at": "9999-12-31T23:59:59-12:00"}, "invalid"),
        ({"expires_at": 4102444800}, "invalid"),
        ({"secret": "fin_mine"}, "invalid"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(household: TestClient, changed: dict[str, object], code: str) -> None:
    answer = household.post(TOKENS, json={**READER, **changed})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_deleted_token_is_forgotten_at_once(household: TestClient) -> None:
    made = household.post(TOKENS, json=READER).json()
    assert household.get(f"{API}/accounts", headers=bearer(made["secret"])).status_code == 200
    assert household.delete(f"{TOKENS}/{made['token']['id']}").status_code == 204
    assert household.get(f"{API}/accounts", headers=bearer(made["secret"])).status_code == 401
    assert household.delete(f"{TOKENS}/{made['token']['id']}").status_code == 404
    assert household.get(TOKENS).json()["items"] == []


def test_a_token_of_another_person_looks_unknown(household: TestClient) -> None:
    made = household.post(TOKENS, json=READER).json()
    sign_up(household, "other@example.com")
    assert household.get(TOKENS).json()["items"] == []
    assert household.delete(f"{TOKENS}/{made['token']['id']}").status_code == 404
    assert household.get(f"{API}/accounts", headers=bearer(made["secret"])).status_code == 200


def test_a_token_ends_when_it_was_to_end(auth: LocalAuth, clock: FixedClock) -> None:
    who = person(auth)
    new = NewApiToken(name="x", scopes=("fire:read",), expires_at=NOON + timedelta(minutes=5))
    made = auth.create_api_token(person=who, session_id="", new=new)
    found = auth.identify(token=made.secret)
    assert (found.person, found.session, found.scopes, found.administrator) == (
        who,
        made.token.id,
        ("fire:read",),
        False,
    )
    assert found.expires_at == (NOON + timedelta(minutes=5)).timestamp()
    clock.instant += timedelta(minutes=5)
    with pytest.raises(Unauthenticated):
        auth.identify(token=made.secret)
    assert auth.api_tokens(person=who).items == ()


def test_doorkeepers_ask_again_about_a_token_that_does_not_expire(auth: LocalAuth) -> None:
    made = auth.create_api_token(
        person=person(auth), session_id="", new=NewApiToken(name="x", scopes=("fire:read", "fire:read"))
    )
    assert made.token.scopes == ("fire:read",)
    assert auth.identify(token=made.secret).expires_at == (NOON + timedelta(minutes=15)).timestamp()


def test_a_token_goes_with_its_person(auth: LocalAuth) -> None:
    person(auth)
    other = person(auth, "other@example.com")
    made = auth.create_api_token(person=other, session_id="", new=NewApiToken(name="x", scopes=("fire:read",)))
    auth.delete_person(person=other)
    with pytest.raises(Unauthenticated):
        auth.identify(token=made.secret)


def test_there_is_an_end_to_how_many(auth: LocalAuth, clock: FixedClock) -> None:
    who = person(auth)
    soon = NewApiToken(name="x", scopes=("fire:read",), expires_at=NOON + timedelta(days=1))
    for _ in range(scopes.MOST_TOKENS):
        auth.create_api_token(person=who, session_id="", new=soon)
    with pytest.raises(ApiTokensFull):
        auth.create_api_token(person=who, session_id="", new=soon)
    clock.instant += timedelta(days=2)
    auth.create_api_token(person=who, session_id="", new=NewApiToken(name="x", scopes=("fire:read",)))


def test_the_rules_hold_without_http(auth: LocalAuth) -> None:
    who = person(auth)
    for new, refusal in (
        (NewApiToken(name="x", scopes=("auth:write",)), UnknownScope),
        (NewApiToken(name="x", scopes=()), Invalid),
        (NewApiToken(name="x", scopes=("fire:read",), expires_at=NOON), Invalid),
    ):
        with pytest.raises(refusal):
            auth.create_api_token(person=who, session_id="", new=new)
    with pytest.raises(NotFound):
        auth.delete_api_token(person=who, session_id="", token_id="x")
