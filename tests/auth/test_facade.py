"""People, sign-ins and tokens on a real database."""

from datetime import timedelta

import pytest

from finapp.auth.facade import LocalAuth
from finapp.auth.public import (
    EmailTaken,
    LastAdministrator,
    NewPerson,
    PersonChanges,
    WeakPassword,
    WrongCredentials,
)
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import Invalid, NotFound, TooMany, Unauthenticated
from tests.support import PASSWORD

FIRST = NewPerson(
    email="First@Example.com", password=PASSWORD, display_name="The First", currency="INR", locale="en-IN"
)
SECOND = NewPerson(
    email="second@example.com", password=PASSWORD, display_name="The Second", currency="EUR", locale="de-DE"
)


def test_the_first_person_administers_and_others_do_not(auth: LocalAuth) -> None:
    assert auth.register(new=FIRST).role == "administrator"
    assert auth.register(new=SECOND).role == "member"


def test_an_address_is_taken_in_any_spelling(auth: LocalAuth) -> None:
    auth.register(new=FIRST)
    with pytest.raises(EmailTaken):
        auth.register(new=NewPerson(**{**vars(FIRST), "email": "FIRST@example.COM"}))
    assert auth.sign_in(email=" first@EXAMPLE.com", password=PASSWORD, agent="").expires_in == 900


@pytest.mark.parametrize("password", ["short", "password1", "first@example.com", "x" * 1025])
def test_easy_passwords_are_refused(auth: LocalAuth, password: str) -> None:
    with pytest.raises(WeakPassword):
        auth.register(new=NewPerson(**{**vars(FIRST), "password": password}))


def test_a_text_that_is_no_address_is_refused(auth: LocalAuth) -> None:
    with pytest.raises(Invalid, match="email"):
        auth.register(new=NewPerson(**{**vars(FIRST), "email": "nobody"}))


def test_wrong_password_and_unknown_address_are_answered_alike(auth: LocalAuth) -> None:
    auth.register(new=FIRST)
    with pytest.raises(WrongCredentials) as wrong:
        auth.sign_in(email="first@example.com", password="something else", agent="")
    with pytest.raises(WrongCredentials) as unknown:
        auth.sign_in(email="nobody@example.com", password=PASSWORD, agent="")
    assert (wrong.value.code, wrong.value.detail) == (unknown.value.code, unknown.value.detail)


def test_guessing_is_slowed_down(auth: LocalAuth) -> None:
    for _ in range(10):
        with pytest.raises(WrongCredentials):
            auth.sign_in(email="nobody@example.com", password="guess", agent="")
    with pytest.raises(TooMany) as refused:
        auth.sign_in(email="nobody@example.com", password="guess", agent="")
    assert refused.value.facts["retry_after"] >= 1


def test_two_tabs_that_refresh_at_once_end_with_one_lineage(auth: LocalAuth, clock: FixedClock) -> None:
    auth.register(new=FIRST)
    token = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="").refresh_token
    one = auth.refresh(refresh_token=token).refresh_token
    other = auth.refresh(refresh_token=token).refresh_token
    assert one == other != token
    clock.instant += timedelta(seconds=11)
    assert auth.refresh(refresh_token=one).refresh_token not in (one, token)


def test_a_stolen_refresh_token_ends_the_sign_in(auth: LocalAuth, clock: FixedClock) -> None:
    auth.register(new=FIRST)
    grant = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="")
    successor = auth.refresh(refresh_token=grant.refresh_token)
    clock.instant += timedelta(seconds=11)
    with pytest.raises(Unauthenticated):
        auth.refresh(refresh_token=grant.refresh_token)
    with pytest.raises(Unauthenticated):
        auth.refresh(refresh_token=successor.refresh_token)
    with pytest.raises(Unauthenticated):
        auth.identify(token=successor.access_token)


def test_a_made_up_refresh_token_ends_nothing(auth: LocalAuth) -> None:
    auth.register(new=FIRST)
    grant = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="")
    session = grant.refresh_token.split(".")[0]
    for made_up in (f"{session}.1.{'0' * 64}", f"{session}.0.x", "x", "", f"{session}.1.é"):
        with pytest.raises(Unauthenticated):
            auth.refresh(refresh_token=made_up)
    assert auth.identify(token=grant.access_token).session == session


def test_a_sign_in_unused_for_a_month_is_over(auth: LocalAuth, clock: FixedClock) -> None:
    auth.register(new=FIRST)
    grant = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="")
    clock.instant += timedelta(days=31)
    with pytest.raises(Unauthenticated):
        auth.refresh(refresh_token=grant.refresh_token)


def test_a_changed_password_ends_every_other_sign_in(auth: LocalAuth) -> None:
    person = auth.register(new=FIRST)
    here = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="here")
    there = auth.sign_in(email=FIRST.email, password=PASSWORD, agent="there")
    mine = auth.identify(token=here.access_token).session
    with pytest.raises(WrongCredentials):
        auth.change_password(person=person.id, session_id=mine, old="wrong", new="tundra-violet-77-anchor")
    auth.change_password(person=person.id, session_id=mine, old=PASSWORD, new="tundra-violet-77-anchor")
    assert auth.identify(token=here.access_token).person == person.id
    with pytest.raises(Unauthenticated):
        auth.identify(token=there.access_token)
    assert [session.agent for session in auth.sessions(person=person.id, current=mine).items] == ["here"]


def test_a_disabled_person_is_out_and_stays_out(auth: LocalAuth) -> None:
    auth.register(new=FIRST)
    second = auth.register(new=SECOND)
    grant = auth.sign_in(email=SECOND.email, password=PASSWORD, agent="")
    auth.change_person(person=second.id, changes=PersonChanges(disabled=True))
    with pytest.raises(Unauthenticated):
        auth.identify(token=grant.access_token)
    with pytest.raises(Unauthenticated):
        auth.refresh(refresh_token=grant.refresh_token)
    with pytest.raises(WrongCredentials):
        auth.sign_in(email=SECOND.email, password=PASSWORD, agent="")


def test_the_only_administrator_stays_while_others_are_there(auth: LocalAuth) -> None:
    first, second = auth.register(new=FIRST), auth.register(new=SECOND)
    with pytest.raises(LastAdministrator):
        auth.delete_person(person=first.id)
    for changes in (PersonChanges(role="member"), PersonChanges(disabled=True)):
        with pytest.raises(LastAdministrator):
            auth.change_person(person=first.id, changes=changes)
    auth.delete_person(person=second.id)
    auth.delete_person(person=first.id)
    with pytest.raises(NotFound):
        auth.household(owner=first.household_id)


def test_a_household_knows_its_members_and_currency(auth: LocalAuth) -> None:
    person = auth.register(new=SECOND)
    household = auth.household(owner=person.household_id)
    assert (household.currency, household.locale, household.members) == ("EUR", "de-DE", ("The Second",))


@pytest.mark.parametrize(
    ("currency", "locale"),
    [("INR", "en-IN"), ("USD", "en-US"), ("GBP", "en-GB"), ("EUR", "en-150"), ("SEK", "en-SE"), ("XOF", "en-001")],
)
def test_who_names_no_locale_writes_as_where_their_currency_is_from(
    auth: LocalAuth, currency: str, locale: str
) -> None:
    person = auth.register(new=NewPerson(**{**vars(FIRST), "currency": currency, "locale": None}))
    assert (person.locale, auth.household(owner=person.household_id).locale) == (locale, locale)


def test_a_household_writes_as_its_first_member_does(auth: LocalAuth) -> None:
    person = auth.register(new=FIRST)
    code = auth.invite(owner=person.household_id, person=person.id).code
    other = auth.register(new=NewPerson(**{**vars(SECOND), "locale": None, "invitation": code}))
    assert other.locale == "en-IN"
    auth.change_person(person=other.id, changes=PersonChanges(locale="fr-FR"))
    assert auth.household(owner=person.household_id).locale == "en-IN"
    auth.change_person(person=person.id, changes=PersonChanges(locale="de-DE"))
    assert auth.household(owner=person.household_id).locale == "de-DE"
