"""auth, as the others see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from finapp.kernel.errors import Conflict, Forbidden, Invalid, Unauthenticated
from finapp.kernel.events import Event
from finapp.kernel.once import Once
from finapp.kernel.who import Who


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """What someone says of themselves when they register. `password` is never stored or logged."""

    email: str
    password: str
    display_name: str
    currency: str
    locale: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person and the household they belong to."""

    id: str
    email: str
    display_name: str
    household_id: str
    currency: str
    """The household's currency (ISO 4217)."""
    locale: str
    role: Literal["administrator", "member"]
    disabled: bool
    created_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """One page of people."""

    items: tuple[Person, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class PersonChanges:
    """What to change; None leaves as it is."""

    display_name: str | None = None
    locale: str | None = None
    currency: str | None = None
    email: str | None = None
    role: Literal["administrator", "member"] | None = None
    disabled: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Household:
    """A household: what the others need to know of it."""

    id: str
    currency: str
    locale: str
    members: tuple[str, ...]
    """Display names, used to recognise the holder's own name in narrations."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A sign-in's tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"]
    expires_in: int
    """Seconds the access token is good for."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One sign-in and everything refreshed from it."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    agent: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class SessionPage:
    """One page of sign-ins."""

    items: tuple[Session, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class SessionEnded(Event):
    """A sign-in is over: its tokens are no longer good."""

    session_id: str


@dataclass(frozen=True, kw_only=True)
class PersonDisabled(Event):
    """A person may no longer come in."""

    person_id: str


@dataclass(frozen=True, kw_only=True)
class HouseholdDeleted(Event):
    """The last member has left: every context deletes what it holds of `owner`."""


class EmailTaken(Conflict):
    """Someone is registered under this address."""

    code = "email_taken"
    title = "This address is registered already"


class WeakPassword(Invalid):
    """The password is too easy to guess."""

    code = "weak_password"
    title = "The password is too easy to guess"


class WrongCredentials(Unauthenticated):
    """Unknown address, wrong password or disabled person: answered alike."""

    code = "wrong_credentials"
    title = "Wrong address or password"


class LastAdministrator(Forbidden):
    """The only administrator can be neither deleted, disabled nor demoted while others are registered."""

    code = "last_administrator"
    title = "This is the only administrator"


class Auth(Protocol):
    """People, households and sign-ins."""

    def version(self, *, owner: str) -> str:
        """Names the state of a household's people."""

    def identify(self, *, token: str) -> Who:
        """The holder of an access token. Raises Unauthenticated when it is not good (any more)."""

    def household(self, *, owner: str) -> Household:
        """A household. Raises NotFound."""

    def register(self, *, new: NewPerson) -> Person:
        """A new person with a household of one; the first of all becomes administrator.

        Raises EmailTaken, WeakPassword, Invalid.
        """

    def sign_in(self, *, email: str, password: str, agent: str) -> Grant:
        """Starts a session. Raises WrongCredentials."""

    def refresh(self, *, refresh_token: str) -> Grant:
        """Exchanges a refresh token for new tokens; a token used twice ends its session, except within 10 seconds
        by the direct predecessor (two tabs). Raises Unauthenticated."""

    def sign_out(self, *, person: str, session_id: str) -> None:
        """Ends one of the person's own sessions. Raises NotFound."""

    def sessions(self, *, person: str, current: str) -> SessionPage:
        """The person's live sessions, newest first."""

    def person(self, *, person: str) -> Person:
        """A person. Raises NotFound."""

    def change_person(self, *, person: str, changes: PersonChanges, expected: int | None = None) -> Person:
        """Changes a person. Disabling ends every session. Raises NotFound, EmailTaken, LastAdministrator."""

    def change_password(self, *, person: str, session_id: str, old: str, new: str) -> None:
        """Changes the password and ends every other session. Raises WrongCredentials, WeakPassword."""

    def delete_person(self, *, person: str) -> None:
        """Deletes a person; with the last member goes the household, announced as HouseholdDeleted."""

    def people(self, *, limit: int, cursor: str | None) -> PersonPage:
        """Everyone, for administrators, oldest first."""

    def create_person(self, *, new: NewPerson, role: Literal["administrator", "member"], once: Once | None) -> Person:
        """A person made by an administrator. Raises as `register`."""

    def jwks(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """The public keys that verify access tokens (RFC 7517)."""
