"""Members of a household, and invitations into it."""

from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from finapp.auth.facade import LocalAuth
from finapp.auth.public import EmailTaken, InvitationNotGood, InvitationsFull, NewPerson, Person
from finapp.kernel.clock import FixedClock
from tests.support import PASSWORD, application, sign_in, sign_up

API = "/api/v1"
HOUSEHOLD = f"{API}/auth/household"


def newcomer(email: str, invitation: str | None = None) -> NewPerson:
    return NewPerson(
        email=email,
        password=PASSWORD,
        display_name=email.split("@")[0],
        currency="EUR",
        locale="de-DE",
        invitation=invitation,
    )


def joined(auth: LocalAuth, host: Person, email: str) -> Person:
    code = auth.invite(owner=host.household_id, person=host.id).code
    return auth.register(new=newcomer(email, code))


def test_who_is_invited_shares_the_household(household: TestClient) -> None:
    account = household.post(f"{API}/accounts", json={"name": "Purse", "kind": "cash", "currency": "INR"}).json()
    answer = household.post(f"{HOUSEHOLD}/invitations")
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    made = answer.json()
    listed = household.get(f"{HOUSEHOLD}/invitations")
    assert listed.json()["items"] == [made["invitation"]]
    assert made["code"] not in listed.text
    body = {"email": "partner@example.com", "password": PASSWORD, "display_name": "Partner", "currency": "EUR"}
    registered = household.post(f"{API}/auth/register", json={**body, "invitation": made["code"]})
    assert registered.status_code == 201
    assert (registered.json()["currency"], registered.json()["role"]) == ("INR", "member")
    sign_in(household, "partner@example.com")
    assert [each["id"] for each in household.get(f"{API}/accounts").json()["items"]] == [account["id"]]
    members = household.get(f"{HOUSEHOLD}/members").json()["items"]
    assert [member["display_name"] for member in members] == ["The Household", "Partner"]
    assert household.get(f"{HOUSEHOLD}/invitations").json()["items"] == []


def test_other_households_are_not_seen(household: TestClient) -> None:
    made = household.post(f"{HOUSEHOLD}/invitations").json()["invitation"]
    sign_up(household, "other@example.com")
    assert len(household.get(f"{HOUSEHOLD}/members").json()["items"]) == 1
    assert household.get(f"{HOUSEHOLD}/invitations").json()["items"] == []
    assert household.delete(f"{HOUSEHOLD}/invitations/{made['id']}").status_code == 404
    sign_in(household, "household@example.com")
    assert household.delete(f"{HOUSEHOLD}/invitations/{made['id']}").status_code == 204
    assert household.delete(f"{HOUSEHOLD}/invitations/{made['id']}").status_code == 404


def test_an_invitation_opens_a_closed_registration(tmp_path: Path) -> None:
    with application(tmp_path, registration=False) as client:
        sign_up(client, "first@example.com")
        code = client.post(f"{HOUSEHOLD}/invitations").json()["code"]
        body = {"email": "partner@example.com", "password": PASSWORD}
        assert client.post(f"{API}/auth/register", json=body).status_code == 404
        assert client.post(f"{API}/auth/register", json={**body, "invitation": code}).status_code == 201


def test_an_invitation_is_good_once(auth: LocalAuth) -> None:
    host = auth.register(new=newcomer("host@example.com"))
    code = auth.invite(owner=host.household_id, person=host.id).code
    assert auth.register(new=newcomer("one@example.com", code)).household_id == host.household_id
    with pytest.raises(InvitationNotGood):
        auth.register(new=newcomer("two@example.com", code))


def test_a_failed_registration_does_not_use_the_invitation_up(auth: LocalAuth) -> None:
    host = auth.register(new=newcomer("host@example.com"))
    code = auth.invite(owner=host.household_id, person=host.id).code
    with pytest.raises(EmailTaken):
        auth.register(new=newcomer("host@example.com", code))
    assert auth.register(new=newcomer("one@example.com", code)).household_id == host.household_id


def test_an_invitation_ends_after_a_week_or_when_withdrawn(auth: LocalAuth, clock: FixedClock) -> None:
    host = auth.register(new=newcomer("host@example.com"))
    withdrawn = auth.invite(owner=host.household_id, person=host.id)
    auth.withdraw_invitation(owner=host.household_id, invitation_id=withdrawn.invitation.id)
    late = auth.invite(owner=host.household_id, person=host.id)
    clock.instant += timedelta(days=7)
    for code in (withdrawn.code, late.code, "made up", "\ud800"):
        with pytest.raises(InvitationNotGood):
            auth.register(new=newcomer("one@example.com", code))
    assert auth.invitations(owner=host.household_id).items == ()


def test_there_is_an_end_to_how_many_are_open(auth: LocalAuth) -> None:
    host = auth.register(new=newcomer("host@example.com"))
    for _ in range(20):
        auth.invite(owner=host.household_id, person=host.id)
    with pytest.raises(InvitationsFull):
        auth.invite(owner=host.household_id, person=host.id)


def test_a_household_lives_as_long_as_a_member(auth: LocalAuth) -> None:
    administrator = auth.register(new=newcomer("first@example.com"))
    host = auth.register(new=newcomer("host@example.com"))
    member = joined(auth, host, "member@example.com")
    before = auth.version(owner=host.household_id)
    auth.delete_person(person=host.id)
    assert auth.version(owner=host.household_id) != before
    assert auth.household(owner=host.household_id).members == ("member",)
    assert [each.id for each in auth.members(owner=host.household_id).items] == [member.id]
    assert auth.members(owner=administrator.household_id).items[0].email == "first@example.com"
