"""What happened to an account."""

from datetime import timedelta

from starlette.testclient import TestClient

from finapp.auth.facade import LocalAuth
from finapp.auth.public import NewPerson
from finapp.kernel.clock import FixedClock
from tests.support import PASSWORD, sign_in, sign_up

API = "/api/v1"
EVENTS = f"{API}/auth/events"
EMAIL = "household@example.com"


def kinds(client: TestClient) -> list[str]:
    return [event["kind"] for event in client.get(EVENTS).json()["items"]]


def test_everything_that_matters_is_told_newest_first(household: TestClient) -> None:
    form = {"username": EMAIL, "password": "wrong"}
    household.post(f"{API}/auth/token", data=form, headers={"User-Agent": "stranger"})
    other = household.post(f"{API}/auth/token", data={**form, "password": PASSWORD}, headers={"User-Agent": "there"})
    assert other.status_code == 200
    made = household.post(f"{API}/auth/api-tokens", json={"name": "x", "scopes": ["fire:read"]}).json()["token"]
    household.delete(f"{API}/auth/api-tokens/{made['id']}")
    body = {"current_password": PASSWORD, "new_password": "tundra-violet-77-anchor"}
    household.post(f"{API}/auth/me/password", json=body)
    items = household.get(EVENTS).json()["items"]
    assert [(event["kind"], event["agent"]) for event in items] == [
        ("session_ended", "there"),
        ("password_changed", "testclient"),
        ("api_token_deleted", "testclient"),
        ("api_token_made", "testclient"),
        ("sign_in", "there"),
        ("sign_in_failed", "stranger"),
        ("sign_in", "testclient"),
    ]
    assert [event["subject"] for event in items[2:4]] == [made["id"]] * 2
    assert items[0]["subject"] == items[4]["subject"]
    assert [event["at"] for event in items] == sorted((event["at"] for event in items), reverse=True)


def test_events_come_page_by_page(household: TestClient) -> None:
    for _ in range(4):
        sign_in(household, EMAIL)
    whole = household.get(EVENTS).json()["items"]
    seen, cursor = [], None
    for _ in range(3):
        page = household.get(EVENTS, params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += page["items"]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == whole
    assert len(whole) == 5
    assert household.get(EVENTS, params={"cursor": "made up"}).status_code == 422


def test_events_are_the_own_ones(household: TestClient) -> None:
    household.post(f"{API}/auth/token", data={"username": "nobody@example.com", "password": "wrong"})
    sign_up(household, "other@example.com")
    assert kinds(household) == ["sign_in"]


def test_events_are_kept_400_days(auth: LocalAuth, clock: FixedClock) -> None:
    new = NewPerson(email=EMAIL, password=PASSWORD, display_name="First", currency="INR", locale="en-IN")
    who = auth.register(new=new)
    auth.sign_in(email=EMAIL, password=PASSWORD, agent="x" * 1000)

    def agents() -> list[int]:
        page = auth.security_events(owner=who.household_id, person=who.id, limit=10, cursor=None)
        return [len(event.agent) for event in page.items]

    clock.instant += timedelta(days=400)
    assert agents() == [200]
    clock.instant += timedelta(seconds=1)
    assert agents() == []
    auth.sign_in(email=EMAIL, password=PASSWORD, agent="")
    clock.instant -= timedelta(days=1)
    assert agents() == [0]
