"""HTTP bodies of auth."""

from typing import Annotated, Literal

from pydantic import Field

from finapp.auth.public import NewPerson, PersonChanges
from finapp.platform.fields import Body, Currency, Line

Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=35)]
Password = Annotated[str, Field(min_length=1, max_length=1024)]
Email = Annotated[str, Field(min_length=3, max_length=320)]
Role = Literal["administrator", "member"]


class RegisterBody(Body):
    """A newcomer."""

    email: Email
    password: Password
    display_name: Line = "Household"
    currency: Currency = "INR"
    locale: Locale = "en-IN"

    def value(self) -> NewPerson:
        """As auth takes it."""
        return NewPerson(
            email=self.email,
            password=self.password,
            display_name=self.display_name,
            currency=self.currency,
            locale=self.locale,
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
