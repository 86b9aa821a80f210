"""People over HTTP: registration, profile, administration."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support import PASSWORD, application, sign_in, sign_up

API = "/api/v1"
EMAIL = "household@example.com"
NEW = {"email": "new@example.com", "password": PASSWORD, "display_name": "New", "currency": "EUR", "locale": "de-DE"}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"email": "nobody"}, "invalid", "email"),
        ({"password": "password1"}, "weak_password", "password"),
        ({"currency": "XYZ"}, "invalid", "currency"),
        ({"locale": "../etc"}, "invalid", "locale"),
        ({"role": "administrator"}, "invalid", "role"),
        ({"display_name": " "}, "invalid", "display_name"),
        ({"invitation": "made up"}, "invitation_not_good", "invitation"),
    ],
)
def test_a_registration_says_which_field_is_wrong(
    household: TestClient, changed: dict[str, str], code: str, field: str
) -> None:
    answer = household.post(f"{API}/auth/register", json={**NEW, **changed})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert PASSWORD not in answer.text


def test_an_address_is_registered_once(household: TestClient) -> None:
    assert household.post(f"{API}/auth/register", json=NEW).status_code == 201
    answer = household.post(f"{API}/auth/register", json={**NEW, "email": "NEW@example.com"})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_a_closed_registration_takes_the_first_person_only(tmp_path: Path) -> None:
    with application(tmp_path, registration=False) as anonymous:
        first = anonymous.post(f"{API}/auth/register", json=NEW)
        assert (first.status_code, first.json()["role"]) == (201, "administrator")
        answer = anonymous.post(f"{API}/auth/register", json={**NEW, "email": "second@example.com"})
        assert answer.status_code == 404


def test_a_profile_never_shows_a_password(household: TestClient) -> None:
    answer = household.get(f"{API}/auth/me")
    assert set(answer.json()) == {
        "id",
        "email",
        "display_name",
        "household_id",
        "currency",
        "locale",
        "role",
        "disabled",
        "created_at",
        "version",
    }


def test_a_profile_is_changed_only_on_the_version_that_was_read(household: TestClient) -> None:
    etag = household.get(f"{API}/auth/me").headers["etag"]
    assert household.get(f"{API}/auth/me", headers={"If-None-Match": etag}).status_code == 304
    changed = household.patch(f"{API}/auth/me", json={"display_name": "Other"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["display_name"]) == (200, "Other")
    assert changed.headers["etag"] != etag
    late = household.patch(f"{API}/auth/me", json={"display_name": "Late"}, headers={"If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert household.get(f"{API}/auth/me").json()["display_name"] == "Other"


def test_a_store_on_the_way_does_not_take_one_persons_profile_for_anothers(household: TestClient) -> None:
    mine = household.get(f"{API}/auth/me")
    sign_up(household, "member@example.com")
    theirs = household.get(f"{API}/auth/me")
    # The same address and version: who asks has to tell them apart.
    assert (mine.headers["etag"], mine.json()["email"]) != (theirs.headers["etag"], theirs.json()["email"])
    unchanged = household.get(f"{API}/auth/me", headers={"If-None-Match": theirs.headers["etag"]})
    assert unchanged.status_code == 304
    assert all("Authorization" in each.headers["vary"] for each in (mine, theirs, unchanged))


def test_nobody_makes_themselves_an_administrator(household: TestClient) -> None:
    sign_up(household, "member@example.com")
    for body in ({"role": "administrator"}, {"disabled": False}):
        assert household.patch(f"{API}/auth/me", json=body).status_code == 422
    assert household.get(f"{API}/auth/me").json()["role"] == "member"


def test_an_address_of_someone_else_cannot_be_taken_over(household: TestClient) -> None:
    sign_up(household, "member@example.com")
    answer = household.patch(f"{API}/auth/me", json={"email": "Household@Example.com"})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_who_leaves_is_out_at_once(household: TestClient) -> None:
    sign_up(household, "member@example.com")
    assert household.delete(f"{API}/auth/me").status_code == 204
    assert household.get(f"{API}/accounts").status_code == 401
    answer = household.post(f"{API}/auth/token", data={"username": "member@example.com", "password": PASSWORD})
    assert answer.status_code == 401


def test_administration_is_for_administrators(household: TestClient) -> None:
    mine = household.get(f"{API}/auth/me").json()["id"]
    sign_up(household, "member@example.com")
    for method, path in (
        ("GET", "users"),
        ("POST", "users"),
        ("GET", f"users/{mine}"),
        ("PATCH", f"users/{mine}"),
        ("DELETE", f"users/{mine}"),
    ):
        body = None if method in ("GET", "DELETE") else NEW if method == "POST" else {"disabled": True}
        assert household.request(method, f"{API}/auth/{path}", json=body).status_code == 403, path


def test_users_come_page_by_page(household: TestClient) -> None:
    made = [household.post(f"{API}/auth/users", json={**NEW, "email": f"p{n}@example.com"}) for n in range(4)]
    assert [answer.status_code for answer in made] == [201] * 4
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = household.get(f"{API}/auth/users", params=params).json()
        assert len(page["items"]) <= 2
        seen += [person["email"] for person in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [EMAIL, *(f"p{n}@example.com" for n in range(4))]
    assert household.get(f"{API}/auth/users", params={"cursor": "x"}).status_code == 422


def test_an_idempotency_key_makes_one_user(household: TestClient) -> None:
    once = {"Idempotency-Key": "a"}
    one = household.post(f"{API}/auth/users", json=NEW, headers=once)
    again = household.post(f"{API}/auth/users", json=NEW, headers=once)
    assert one.json() == again.json()
    other = household.post(f"{API}/auth/users", json={**NEW, "display_name": "X"}, headers=once)
    assert other.json()["code"] == "idempotency_conflict"


def test_a_disabled_user_is_out_on_every_path_at_once(household: TestClient) -> None:
    administrator = household.headers["Authorization"]
    sign_up(household, "member@example.com")
    member = household.headers["Authorization"]
    user = household.get(f"{API}/auth/me").json()["id"]
    made = household.post(f"{API}/auth/api-tokens", json={"name": "x", "scopes": ["transactions:read"]}).json()
    program = f"Bearer {made['secret']}"
    for proof in (member, program):
        assert household.get(f"{API}/accounts", headers={"Authorization": proof}).status_code == 200
    household.headers["Authorization"] = administrator
    assert household.patch(f"{API}/auth/users/{user}", json={"disabled": True}).status_code == 200
    for proof in (member, program):
        for path in ("accounts", "auth/me", "net-worth", "summary"):
            assert household.get(f"{API}/{path}", headers={"Authorization": proof}).status_code == 401, path
    assert household.patch(f"{API}/auth/users/{user}", json={"disabled": False}).status_code == 200
    sign_in(household, "member@example.com")


def test_the_last_administrator_stays(household: TestClient) -> None:
    mine = household.get(f"{API}/auth/me").json()["id"]
    household.post(f"{API}/auth/users", json=NEW)
    for answer in (
        household.delete(f"{API}/auth/me"),
        household.patch(f"{API}/auth/users/{mine}", json={"role": "member"}),
        household.patch(f"{API}/auth/users/{mine}", json={"disabled": True}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "last_administrator")


def test_an_unknown_user_is_not_found(household: TestClient) -> None:
    for user in ("0000000000000", "x", "..."):
        for method, body in (("GET", None), ("PATCH", {"disabled": True}), ("DELETE", None)):
            assert household.request(method, f"{API}/auth/users/{user}", json=body).status_code == 404
