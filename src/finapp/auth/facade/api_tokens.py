"""API tokens: how programs act for a person."""

from datetime import timedelta

from finapp.auth.domain import scopes
from finapp.auth.facade import secrets
from finapp.auth.facade.base import Base
from finapp.auth.public import ApiToken, ApiTokenPage, ApiTokensFull, MadeApiToken, NewApiToken, SessionEnded
from finapp.auth.store import api_tokens as store
from finapp.auth.store import sessions
from finapp.kernel import ids
from finapp.kernel.errors import NotFound, Unauthenticated
from finapp.kernel.who import Who

REMEMBERED_FOR = timedelta(minutes=15)
"""A doorkeeper asks again after this long, as it does for access tokens."""


class ApiTokens(Base):
    """Tokens that are good until they expire or are deleted."""

    def api_tokens(self, *, person: str) -> ApiTokenPage:
        """The person's API tokens that are good, newest first."""
        with self._database.read() as connection:
            return ApiTokenPage(items=store.tokens_of(connection, person, self._clock.now()), next_cursor=None)

    def create_api_token(self, *, person: str, session_id: str, new: NewApiToken) -> MadeApiToken:
        """Makes an API token and shows its secret, once. Raises UnknownScope, ApiTokensFull, Invalid."""
        # There is no idempotency key on purpose: the answer, and with it the secret, would be stored.
        now = self._clock.now()
        scopes.require_good(new, now)
        owner = self.person(person=person).household_id
        secret = secrets.make(scopes.PREFIX)
        token = ApiToken(
            id=ids.new_id(),
            name=new.name,
            scopes=tuple(sorted(set(new.scopes))),
            created_at=now,
            expires_at=new.expires_at,
        )
        with self._database.write(None) as unit:
            store.delete_expired(unit.connection, person, now)
            if store.count(unit.connection, person) >= scopes.MOST_TOKENS:
                raise ApiTokensFull(most=scopes.MOST_TOKENS)
            row = {**vars(token), "owner": owner, "person": person, "digest": secrets.digest(secret)}
            store.insert_api_token(unit.connection, row)
            agent = sessions.agent(unit.connection, session_id)
            self._record(unit, owner, person, "api_token_made", agent=agent, subject=token.id)
        return MadeApiToken(token=token, secret=secret)

    def delete_api_token(self, *, person: str, session_id: str, token_id: str) -> None:
        """Ends an API token at once, announced as SessionEnded. Raises NotFound."""
        owner = self.person(person=person).household_id
        with self._database.write(None) as unit:
            if not store.delete_api_token(unit.connection, person, token_id):
                raise NotFound("no such API token")
            agent = sessions.agent(unit.connection, session_id)
            self._record(unit, owner, person, "api_token_deleted", agent=agent, subject=token_id)
            unit.announce(SessionEnded(owner=owner, session_id=token_id))

    def _identify_program(self, secret: str) -> Who:
        """The person a token acts for, with its scopes and never as an administrator."""
        now = self._clock.now()
        with self._database.read() as connection:
            token = store.by_digest(connection, secrets.digest(secret))
        if token is None or token.disabled or (token.expires_at is not None and token.expires_at <= now):
            raise Unauthenticated("this API token is not good")
        until = now + REMEMBERED_FOR
        if token.expires_at is not None:
            until = min(until, token.expires_at)
        return Who(
            person=token.person,
            household=token.owner,
            session=token.id,
            administrator=False,
            scopes=tuple(token.scopes),
            expires_at=until.timestamp(),
        )
