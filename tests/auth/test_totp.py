"""The second factor."""

import time
from datetime import timedelta

import pyotp
import pytest
from starlette.testclient import TestClient

from finapp.auth.facade import LocalAuth
from finapp.auth.public import (
    NewPerson,
    Person,
    TotpActive,
    TotpNotFound,
    TotpRequired,
    WrongCredentials,
    WrongTotp,
)
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import TooMany
from tests import support
from tests.support import NOON, PASSWORD, sign_up

API = "/api/v1"
EMAIL = "household@example.com"
FORM = {"username": EMAIL, "password": PASSWORD}


def registered(auth: LocalAuth) -> Person:
    new = NewPerson(email=EMAIL, password=PASSWORD, display_name="First", currency="INR", locale="en-IN")
    return auth.register(new=new)


def enrolled(auth: LocalAuth, clock: FixedClock) -> pyotp.TOTP:
    """The app of a person whose second factor is confirmed; its present code has been used."""
    who = registered(auth)
    app = pyotp.TOTP(auth.enrol_totp(person=who.id).secret)
    auth.confirm_totp(person=who.id, session_id="", code=app.at(clock.instant))
    return app


def sign_in(auth: LocalAuth, code: str | None) -> str:
    return auth.sign_in(email=EMAIL, password=PASSWORD, agent="", code=code).access_token


def test_a_code_is_needed_once_one_was_confirmed(auth: LocalAuth, clock: FixedClock) -> None:
    who = registered(auth)
    app = pyotp.TOTP(auth.enrol_totp(person=who.id).secret)
    assert sign_in(auth, None)
    with pytest.raises(WrongTotp):
        auth.confirm_totp(person=who.id, session_id="", code="000000")
    assert sign_in(auth, None)
    auth.confirm_totp(person=who.id, session_id="", code=app.at(clock.instant))
    with pytest.raises(TotpRequired):
        sign_in(auth, None)
    clock.instant += timedelta(seconds=30)
    assert sign_in(auth, app.at(clock.instant))


def test_a_code_is_good_once(auth: LocalAuth, clock: FixedClock) -> None:
    app = enrolled(auth, clock)
    with pytest.raises(WrongCredentials):
        sign_in(auth, app.at(clock.instant))
    clock.instant += timedelta(seconds=60)
    code = app.at(clock.instant)
    assert sign_in(auth, f"{code[:3]} {code[3:]}")
    with pytest.raises(WrongCredentials):
        sign_in(auth, code)
    with pytest.raises(WrongCredentials):
        sign_in(auth, app.at(clock.instant - timedelta(seconds=30)))


def test_a_clock_may_be_wrong_by_one_step_only(auth: LocalAuth, clock: FixedClock) -> None:
    app = enrolled(auth, clock)
    clock.instant += timedelta(seconds=300)
    for off in (-60, 60):
        with pytest.raises(WrongCredentials):
            sign_in(auth, app.at(clock.instant + timedelta(seconds=off)))
    assert sign_in(auth, app.at(clock.instant - timedelta(seconds=30)))
    assert sign_in(auth, app.at(clock.instant + timedelta(seconds=30)))


@pytest.mark.parametrize("code", ["", "0", "é" * 6, "١٢٣٤٥٦", "\ud800" * 6, "1234567", "-12345"])
def test_what_is_no_code_is_wrong(auth: LocalAuth, clock: FixedClock, code: str) -> None:
    enrolled(auth, clock)
    with pytest.raises(WrongCredentials):
        sign_in(auth, code)


def test_a_wrong_password_does_not_tell_that_a_code_is_needed(auth: LocalAuth, clock: FixedClock) -> None:
    app = enrolled(auth, clock)
    with pytest.raises(WrongCredentials):
        auth.sign_in(email=EMAIL, password="wrong", agent="", code=None)
    clock.instant += timedelta(seconds=30)
    with pytest.raises(WrongCredentials):
        auth.sign_in(email=EMAIL, password="wrong", agent="", code=app.at(clock.instant))
    assert sign_in(auth, app.at(clock.instant))


def test_codes_cannot_be_tried_out(auth: LocalAuth, clock: FixedClock) -> None:
    who = registered(auth)
    auth.enrol_totp(person=who.id)
    for _ in range(20):
        with pytest.raises(WrongTotp):
            auth.confirm_totp(person=who.id, session_id="", code="x")
    with pytest.raises(TooMany):
        auth.confirm_totp(person=who.id, session_id="", code="x")


def test_a_confirmed_secret_is_not_replaced(auth: LocalAuth, clock: FixedClock) -> None:
    who = registered(auth)
    with pytest.raises(TotpNotFound):
        auth.confirm_totp(person=who.id, session_id="", code="000000")
    first = pyotp.TOTP(auth.enrol_totp(person=who.id).secret)
    second = pyotp.TOTP(auth.enrol_totp(person=who.id).secret)
    assert first.secret != second.secret
    with pytest.raises(WrongTotp):
        auth.confirm_totp(person=who.id, session_id="", code=first.at(clock.instant))
    auth.confirm_totp(person=who.id, session_id="", code=second.at(clock.instant))
    with pytest.raises(TotpActive):
        auth.enrol_totp(person=who.id)
    with pytest.raises(TotpActive):
        auth.confirm_totp(person=who.id, session_id="", code=second.at(clock.instant))


def test_giving_it_up_needs_the_password(auth: LocalAuth, clock: FixedClock) -> None:
    enrolled(auth, clock)
    who = auth.people(limit=1, cursor=None).items[0]
    with pytest.raises(WrongCredentials):
        auth.delete_totp(person=who.id, session_id="", password="wrong")
    with pytest.raises(TotpRequired):
        sign_in(auth, None)
    auth.delete_totp(person=who.id, session_id="", password=PASSWORD)
    assert sign_in(auth, None)
    with pytest.raises(TotpNotFound):
        auth.delete_totp(person=who.id, session_id="", password=PASSWORD)
    page = auth.security_events(owner=who.household_id, person=who.id, limit=2, cursor=None)
    assert page.items[1].kind == "totp_deleted"
    assert page.items[1].at == NOON


def test_the_secret_comes_as_text_address_and_picture(household: TestClient) -> None:
    answer = household.post(f"{API}/auth/totp")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    enrolment = answer.json()
    assert len(enrolment["secret"]) == 32
    parsed = pyotp.parse_uri(enrolment["uri"])
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.name, parsed.issuer) == (enrolment["secret"], EMAIL, "finapp")
    assert enrolment["qr_svg"].startswith("<svg ")
    assert enrolment["qr_svg"].endswith("</svg>")
    assert "<script" not in enrolment["qr_svg"]


@pytest.mark.parametrize("where", ["form", "header"])
def test_a_sign_in_over_http_takes_the_code(household: TestClient, where: str) -> None:
    app = pyotp.TOTP(household.post(f"{API}/auth/totp").json()["secret"])
    now = time.time()
    wrong = household.post(f"{API}/auth/totp/confirm", json={"code": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_totp")
    assert household.post(f"{API}/auth/totp/confirm", json={"code": app.at(now)}).status_code == 204
    missing = household.post(f"{API}/auth/token", data=FORM)
    assert (missing.status_code, missing.json()["code"]) == (401, "totp_required")
    code = app.at(now + 30)
    form, headers = ({**FORM, "totp": code}, {}) if where == "form" else (FORM, {"X-TOTP": code})
    assert household.post(f"{API}/auth/token", data=form, headers=headers).status_code == 200
    again = household.post(f"{API}/auth/token", data=form, headers=headers)
    assert (again.status_code, again.json()["code"]) == (401, "wrong_credentials")
    removal = household.request("DELETE", f"{API}/auth/totp", json={"password": PASSWORD})
    assert removal.status_code == 204
    assert household.post(f"{API}/auth/token", data=FORM).status_code == 200


def test_an_administrator_helps_who_has_lost_the_device(household: TestClient) -> None:
    administrator = household.headers["Authorization"]
    sign_up(household, "member@example.com")
    member = household.headers["Authorization"]
    user = household.get(f"{API}/auth/me").json()["id"]
    app = pyotp.TOTP(household.post(f"{API}/auth/totp").json()["secret"])
    household.post(f"{API}/auth/totp/confirm", json={"code": app.now()})
    assert household.delete(f"{API}/auth/users/{user}/totp").status_code == 403
    household.headers["Authorization"] = administrator
    assert household.delete(f"{API}/auth/users/{user}/totp").status_code == 204
    answer = household.delete(f"{API}/auth/users/{user}/totp")
    assert (answer.status_code, answer.json()["code"]) == (404, "totp_not_found")
    assert household.get(f"{API}/auth/me", headers={"Authorization": member}).status_code == 401
    support.sign_in(household, "member@example.com")
