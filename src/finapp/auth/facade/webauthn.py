"""Web Authentication, by a library: the one module that knows it.

A passkey is asked to verify the person (by finger, face or number), so that it counts as two factors by itself.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from finapp.auth.domain.passkeys import TICKET_SECONDS
from finapp.auth.public import PasskeyRefused, Person

NAME = "finapp"
Verified = TypeVar("Verified")


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What a credential must have signed, and for where."""

    value: bytes
    origin: str
    party: str


@dataclass(frozen=True, kw_only=True)
class Credential:
    """What an authenticator made: its name for the key, the public key (COSE) and how often it has signed."""

    id: str
    public_key: str
    sign_count: int


def creation_options(who: Person, challenge: Challenge, known: tuple[str, ...]) -> str:
    """What a browser needs to make a passkey, as JSON; authenticators in `known` are not asked again."""
    import webauthn
    from webauthn.helpers import structs

    wanted = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    options = webauthn.generate_registration_options(
        rp_id=challenge.party,
        rp_name=NAME,
        user_id=who.id.encode(),
        user_name=who.email,
        user_display_name=who.display_name,
        challenge=challenge.value,
        timeout=TICKET_SECONDS * 1000,
        authenticator_selection=wanted,
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=to_bytes(each)) for each in known],
    )
    return webauthn.options_to_json(options)


def request_options(challenge: Challenge) -> str:
    """What a browser needs to offer the passkeys it has for this place, as JSON."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=challenge.party,
        challenge=challenge.value,
        timeout=TICKET_SECONDS * 1000,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def made(credential: str, challenge: Challenge) -> Credential:
    """The passkey that was made. Raises PasskeyRefused."""
    import webauthn

    verified = _checked(
        lambda: webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge.value,
            expected_rp_id=challenge.party,
            expected_origin=challenge.origin,
            require_user_verification=True,
        )
    )
    return Credential(
        id=to_text(verified.credential_id),
        public_key=to_text(verified.credential_public_key),
        sign_count=verified.sign_count,
    )


def named(credential: str) -> str:
    """Which passkey a credential says it is. Raises PasskeyRefused when it says nothing."""
    try:
        name = json.loads(credential)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        name = None
    if not isinstance(name, str) or not name.isascii() or not name.isprintable():
        raise PasskeyRefused("credential", "is not what a browser's PublicKeyCredential.toJSON() gives")
    return name


def used(credential: str, challenge: Challenge, known: Credential) -> int:
    """How often the passkey has signed, this time included. Raises PasskeyRefused."""
    import webauthn

    verified = _checked(
        lambda: webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge.value,
            expected_rp_id=challenge.party,
            expected_origin=challenge.origin,
            credential_public_key=to_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    )
    return verified.new_sign_count


def _checked(verify: Callable[[], Verified]) -> Verified:
    try:
        return verify()
    except Exception as error:  # a credential is anybody's bytes: whatever the library trips over, it proves nothing
        raise PasskeyRefused("credential", "does not prove what was asked for") from error


def to_text(value: bytes) -> str:
    """Base 64 for addresses, without padding, as Web Authentication writes bytes."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes of `to_text`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
