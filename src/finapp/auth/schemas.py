"""HTTP bodies of auth."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, JsonValue, WithJsonSchema

from finapp.auth.public import NewApiToken, NewPasskey, NewPerson, PasskeyCeremony, PersonChanges
from finapp.platform.fields import Body, Currency, Line

Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=35)]
Password = Annotated[str, Field(min_length=1, max_length=1024)]
Email = Annotated[str, Field(min_length=3, max_length=320)]
Role = Literal["administrator", "member"]
LONGEST_CODE = 20
LATEST_YEAR = 2199


def _instant(value: Any) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("is not an instant such as 2030-01-31T12:00:00Z") from None
    if instant.tzinfo is None or not 1970 < instant.year <= LATEST_YEAR:
        raise ValueError(f"must have a time zone and lie before {LATEST_YEAR + 1}")
    return instant.astimezone(UTC)


Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]


class RegisterBody(Body):
    """A newcomer."""

    email: Email
    password: Password
    display_name: Line = "Household"
    currency: Currency = "INR"
    locale: Locale | None = None
    """That of the household one is invited to, else English as it is written where the currency is from."""
    invitation: Annotated[str, Field(max_length=100)] | None = None

    def value(self) -> NewPerson:
        """As auth takes it."""
        return NewPerson(
            email=self.email,
            password=self.password,
            display_name=self.display_name,
            currency=self.currency,
            locale=self.locale,
            invitation=self.invitation,
        )


class UserBody(RegisterBody):
    """A person made by an administrator."""

    role: Role = "member"


class ProfileBody(Body):
    """What people may change of themselves."""

    display_name: Line | None = None
    locale: Locale | None = None
    currency: Currency | None = None
    email: Email | None = None

    def value(self) -> PersonChanges:
        """As auth takes it."""
        return PersonChanges(**self.model_dump())


class UserChangesBody(ProfileBody):
    """What administrators may change of others."""

    role: Role | None = None
    disabled: bool | None = None


class PasswordBody(Body):
    """A change of password."""

    current_password: Password
    new_password: Password


class RefreshBody(Body):
    """A refresh token; left out when it comes as a cookie."""

    refresh_token: Annotated[str, Field(max_length=500)] | None = None


class ApiTokenBody(Body):
    """An API token to be made."""

    name: Line
    scopes: Annotated[list[Annotated[str, Field(max_length=50)]], Field(min_length=1, max_length=20)]
    expires_at: Instant | None = None

    def value(self) -> NewApiToken:
        """As auth takes it."""
        return NewApiToken(name=self.name, scopes=tuple(self.scopes), expires_at=self.expires_at)


class TotpCodeBody(Body):
    """A code of the authenticator app."""

    code: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]


class TotpRemovalBody(Body):
    """The password, to give up the second factor."""

    password: Password


class PasskeyStartBody(Body):
    """The password, to show that it is still the person who asks."""

    password: Password


Ticket = Annotated[str, Field(min_length=1, max_length=4096)]
Credential = Annotated[dict[str, JsonValue], Field(max_length=20)]
"""What `PublicKeyCredential.toJSON()` gives in the browser."""


class PasskeyCeremonyAnswer(BaseModel):
    """What a browser needs to make or to use a passkey."""

    ticket: str
    """Send it back with the credential, once, within five minutes."""
    options: dict[str, JsonValue]
    """For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`."""

    @classmethod
    def of(cls, ceremony: PasskeyCeremony) -> Self:
        """As a client takes it."""
        return cls(ticket=ceremony.ticket, options=json.loads(ceremony.options))


class PasskeySignInBody(Body):
    """A passkey's answer to a challenge."""

    ticket: Ticket
    credential: Credential

    def credential_text(self) -> str:
        """The credential as auth takes it."""
        return json.dumps(self.credential)


class PasskeyNameBody(Body):
    """What a person calls a passkey."""

    name: Line


class PasskeyBody(PasskeySignInBody):
    """A passkey that a browser has made."""

    name: Line

    def value(self) -> NewPasskey:
        """As auth takes it."""
        return NewPasskey(name=self.name, ticket=self.ticket, credential=self.credential_text())
