"""Passkeys: signing in with a device or a security key instead of a password (Web Authentication, level 3)."""

from dataclasses import dataclass
from datetime import datetime

from finapp.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, kw_only=True)
class PasskeyCeremony:
    """What a browser needs to make or to use a passkey."""

    ticket: str
    """Names the challenge; send it back with the credential, once, within five minutes."""
    options: str
    """JSON text for `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`."""


@dataclass(frozen=True, kw_only=True)
class NewPasskey:
    """A passkey that a browser has made. `credential` is the JSON text of its `PublicKeyCredential.toJSON()`."""

    name: str
    ticket: str
    credential: str


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey of a person, without its key."""

    id: str
    name: str
    origin: str
    """The only address under which it is good, such as `https://money.example`."""
    created_at: datetime
    last_used_at: datetime | None
    """None for one that was never used to sign in."""


@dataclass(frozen=True, kw_only=True)
class PasskeyPage:
    """One page of passkeys."""

    items: tuple[Passkey, ...]
    next_cursor: str | None


class PasskeyRefused(Invalid):
    """The credential does not prove what was asked for."""

    code = "passkey_refused"
    title = "This passkey was not accepted"


class NoNameForPasskeys(Invalid):
    """The address is a bare number; browsers bind passkeys to names only."""

    code = "no_name_for_passkeys"
    title = "Open the page by a name, such as localhost"


class PasskeysFull(Conflict):
    """The person has as many passkeys as they may."""

    code = "passkeys_full"
    title = "Delete a passkey first"
