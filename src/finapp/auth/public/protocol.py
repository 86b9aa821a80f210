"""What auth promises."""

from collections.abc import Mapping
from typing import Literal, Protocol

from finapp.auth.public.access import (
    ApiTokenPage,
    InvitationPage,
    MadeApiToken,
    MadeInvitation,
    MemberPage,
    NewApiToken,
    SecurityEventPage,
)
from finapp.auth.public.passkeys import NewPasskey, Passkey, PasskeyCeremony, PasskeyPage
from finapp.auth.public.people import Household, NewPerson, Person, PersonChanges, PersonPage
from finapp.auth.public.sessions import Grant, SessionPage, TotpEnrolment
from finapp.kernel.once import Once
from finapp.kernel.who import Who


class Auth(Protocol):
    """People, households and sign-ins."""

    def version(self, *, owner: str) -> str:
        """Names the state of a household's people."""

    def identify(self, *, token: str) -> Who:
        """The holder of an access token or an API token. Raises Unauthenticated when it is not good (any more)."""

    def household(self, *, owner: str) -> Household:
        """A household. Raises NotFound."""

    def register(self, *, new: NewPerson) -> Person:
        """A new person with a household of one; the first of all becomes administrator.

        Raises EmailTaken, WeakPassword, Invalid, InvitationNotGood.
        """

    def sign_in(self, *, email: str, password: str, agent: str, code: str | None = None) -> Grant:
        """Starts a session. `code` is the authenticator app's, which is good once.

        Raises WrongCredentials, TotpRequired, TooMany.
        """

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

    def api_tokens(self, *, person: str) -> ApiTokenPage:
        """The person's API tokens that are good, newest first."""

    def create_api_token(self, *, person: str, session_id: str, new: NewApiToken) -> MadeApiToken:
        """Makes an API token and shows its secret, once. Raises UnknownScope, ApiTokensFull, Invalid."""

    def delete_api_token(self, *, person: str, session_id: str, token_id: str) -> None:
        """Ends an API token at once, announced as SessionEnded. Raises NotFound."""

    def security_events(self, *, owner: str, person: str, limit: int, cursor: str | None) -> SecurityEventPage:
        """What happened to the person's account in the last 400 days, newest first."""

    def enrol_totp(self, *, person: str) -> TotpEnrolment:
        """A new secret, replacing one that was never confirmed. Raises TotpActive."""

    def confirm_totp(self, *, person: str, session_id: str, code: str) -> None:
        """From now on sign-ins need a code. Raises WrongTotp, TotpNotFound, TotpActive, TooMany."""

    def delete_totp(self, *, person: str, session_id: str, password: str) -> None:
        """From now on sign-ins need no code. Raises WrongCredentials, TotpNotFound, TooMany."""

    def reset_totp(self, *, person: str) -> None:
        """Takes away the second factor of someone who has lost it, for administrators; ends every session of theirs.

        Raises NotFound, TotpNotFound.
        """

    def start_passkey(self, *, person: str, password: str, origin: str) -> PasskeyCeremony:
        """What a browser needs to make a passkey that is good under `origin`, such as `https://money.example`.

        Raises WrongCredentials, NoNameForPasskeys, TooMany, PasskeysFull.
        """

    def create_passkey(self, *, person: str, session_id: str, new: NewPasskey) -> Passkey:
        """Keeps a passkey that a browser has made. Raises PasskeyRefused, PasskeysFull."""

    def passkeys(self, *, person: str) -> PasskeyPage:
        """The person's passkeys, newest first."""

    def rename_passkey(self, *, person: str, passkey_id: str, name: str) -> Passkey:
        """Gives a passkey another name. Raises NotFound."""

    def delete_passkey(self, *, person: str, session_id: str, passkey_id: str) -> None:
        """Takes a passkey back; sign-ins made with it go on. Raises NotFound."""

    def start_passkey_sign_in(self, *, origin: str) -> PasskeyCeremony:
        """What a browser needs to sign in with a passkey. Raises NoNameForPasskeys."""

    def sign_in_with_passkey(self, *, ticket: str, credential: str, agent: str) -> Grant:
        """Starts a session; no further factor is asked for. Raises WrongCredentials, PasskeyRefused, TooMany."""

    def members(self, *, owner: str) -> MemberPage:
        """The members of a household, in the order they joined."""

    def invitations(self, *, owner: str) -> InvitationPage:
        """The open invitations of a household, newest first."""

    def invite(self, *, owner: str, person: str) -> MadeInvitation:
        """Makes an invitation that is good for seven days and one person. Raises InvitationsFull."""

    def withdraw_invitation(self, *, owner: str, invitation_id: str) -> None:
        """Ends an open invitation. Raises NotFound."""
