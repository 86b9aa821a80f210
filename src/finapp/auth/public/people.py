"""People and households."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from finapp.kernel.errors import Conflict, Forbidden, Invalid
from finapp.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """What someone says of themselves when they register. `password` is never stored or logged."""

    email: str
    password: str
    display_name: str
    currency: str
    locale: str | None
    """None for that of the household they are invited to, else English as it is written where the currency is from."""
    invitation: str | None = None
    """The code of an invitation into a household that exists; its currency stays as it is."""


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


class LastAdministrator(Forbidden):
    """The only administrator can be neither deleted, disabled nor demoted while others are registered."""

    code = "last_administrator"
    title = "This is the only administrator"
