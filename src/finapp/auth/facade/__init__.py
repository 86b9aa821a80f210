"""The local implementation of auth, a file for each thing it keeps."""

from finapp.auth.facade.api_tokens import ApiTokens
from finapp.auth.facade.events import Events
from finapp.auth.facade.invitations import Invitations
from finapp.auth.facade.passkeys import Passkeys
from finapp.auth.facade.people import People
from finapp.auth.facade.sessions import Sessions
from finapp.auth.facade.tokens import AccessTokens
from finapp.auth.facade.totp import Totp


class LocalAuth(People, Passkeys, Sessions, ApiTokens, Totp, Events, Invitations):
    """Keeps people and sign-ins in this context's database."""


__all__ = ["AccessTokens", "LocalAuth"]
