"""API tokens, what has happened to an account, and invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from finapp.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class NewApiToken:
    """A token to be made for a program. `scopes` such as `transactions:read`; writing includes reading."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None
    """None for a token that is good until it is deleted."""


@dataclass(frozen=True, kw_only=True)
class ApiToken:
    """A token of a program that acts for a person, without its secret."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ApiTokenPage:
    """One page of API tokens."""

    items: tuple[ApiToken, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class MadeApiToken:
    """A new API token; the only answer that ever shows the secret."""

    token: ApiToken
    secret: str


@dataclass(frozen=True, kw_only=True)
class SecurityEvent:
    """Something that happened to a person's account."""

    id: str
    kind: Literal[
        "sign_in",
        "sign_in_failed",
        "session_ended",
        "password_changed",
        "api_token_made",
        "api_token_deleted",
        "totp_confirmed",
        "totp_deleted",
        "passkey_made",
        "passkey_deleted",
    ]
    at: datetime
    agent: str
    """User agent of the sign-in that this is about or was done from; of the attempt when it
    failed. Empty for what an administrator did."""
    subject: str | None
    """The sign-in, the API token or the passkey that this is about."""


@dataclass(frozen=True, kw_only=True)
class SecurityEventPage:
    """One page of what happened."""

    items: tuple[SecurityEvent, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A place in the household that is held for whoever brings its code."""

    id: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationPage:
    """One page of open invitations."""

    items: tuple[Invitation, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class MadeInvitation:
    """A new invitation; the only answer that ever shows the code."""

    invitation: Invitation
    code: str


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member, as the other members of the household see them."""

    id: str
    display_name: str
    email: str
    joined_at: datetime


@dataclass(frozen=True, kw_only=True)
class MemberPage:
    """One page of members."""

    items: tuple[Member, ...]
    next_cursor: str | None


class UnknownScope(Invalid):
    """A scope that no token can have."""

    code = "unknown_scope"
    title = "There is no such scope"


class ApiTokensFull(Conflict):
    """The person has as many API tokens as they may."""

    code = "api_tokens_full"
    title = "Delete an API token first"


class InvitationsFull(Conflict):
    """The household has as many open invitations as it may."""

    code = "invitations_full"
    title = "Delete an invitation first"


class InvitationNotGood(Invalid):
    """The code is unknown, used or expired: answered alike."""

    code = "invitation_not_good"
    title = "This invitation is not good"
