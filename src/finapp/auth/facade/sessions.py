"""Sign-ins."""

from collections.abc import Mapping
from typing import Any

from finapp.auth.domain import people as rules
from finapp.auth.domain import refresh, scopes
from finapp.auth.facade.api_tokens import ApiTokens
from finapp.auth.facade.base import KEPT_FOR, LONGEST_AGENT
from finapp.auth.facade.totp import Totp
from finapp.auth.public import Grant, Session, SessionPage, WrongCredentials
from finapp.auth.store import events, people
from finapp.auth.store import sessions as store
from finapp.kernel import ids
from finapp.kernel.errors import NotFound, Unauthenticated
from finapp.kernel.who import Who
from finapp.platform import passwords

LONGEST_ADDRESS = 320
"""What is longer is nobody's; attempts are counted by address, and a count must stay small."""


class Sessions(ApiTokens, Totp):
    """Who is signed in."""

    def identify(self, *, token: str) -> Who:
        """The holder of an access token or an API token. Raises Unauthenticated when it is not good (any more)."""
        if token.startswith(scopes.PREFIX):
            return self._identify_program(token)
        claims = self._tokens.read(token)
        with self._database.read() as connection:
            found = store.session(connection, claims.session_id)
        if found is None or found.disabled or found.person != claims.person:
            raise Unauthenticated("this sign-in is over")
        return Who(
            person=found.person,
            household=found.owner,
            session=found.id,
            administrator=found.role == "administrator",
            scopes=None,
            expires_at=claims.expires_at,
        )

    def sign_in(self, *, email: str, password: str, agent: str, code: str | None = None) -> Grant:
        """Starts a session. Raises WrongCredentials, TotpRequired, TooMany."""
        address = email.strip().lower()[:LONGEST_ADDRESS]
        self._attempts.hit(address)
        known = self._known(address)
        if not _may_enter(known, password):
            self._record_failure(known, agent)
            raise WrongCredentials()
        if not self._code_is_good(known.id, code):
            self._record_failure(known, agent)
            raise WrongCredentials("the code is wrong, or was used before")
        if passwords.needs_rehash(known.password_hash):
            self._rehash(known.id, password)
        return self._start(known.id, known.owner, agent)

    def refresh(self, *, refresh_token: str) -> Grant:
        """Exchanges a refresh token for new tokens; a stolen one ends its session."""
        token = self._tokens.read_refresh(refresh_token)
        now = self._clock.now()
        with self._database.write(None) as unit:
            found = store.session(unit.connection, token.session_id)
            if found is None or found.disabled:
                raise Unauthenticated("this sign-in is over")
            verdict = refresh.verdict(token, found.generation, found.rotated_at, now)
            generation = found.generation + 1 if verdict == "rotate" else found.generation
            successor = self._tokens.refresh_token(token.session_id, generation)
            if verdict == "rotate":
                store.rotate_session(unit.connection, found.id, generation, refresh.digest(successor), now)
            elif verdict in ("expired", "stolen"):
                self._end(unit, found.owner, found.person, found.id)
        if verdict in ("expired", "stolen"):
            raise Unauthenticated("this sign-in is over")
        return self._grant(found.person, found.owner, found.id, successor)

    def sign_out(self, *, person: str, session_id: str) -> None:
        """Ends one of the person's own sessions. Raises NotFound."""
        owner = self.person(person=person).household_id
        with self._database.write(None) as unit:
            if not self._end(unit, owner, person, session_id):
                raise NotFound("no such sign-in")

    def sessions(self, *, person: str, current: str) -> SessionPage:
        """The person's live sessions, newest first."""
        with self._database.read() as connection:
            rows = store.sessions_of(connection, person)
        items = (
            Session(
                id=row.id,
                created_at=row.created_at,
                last_seen_at=row.rotated_at,
                agent=row.agent,
                current=row.id == current,
            )
            for row in rows
        )
        return SessionPage(items=tuple(items), next_cursor=None)

    def change_password(self, *, person: str, session_id: str, old: str, new: str) -> None:
        """Changes the password and ends every other session."""
        who = self.person(person=person)
        self._require_password(who, old)
        rules.require_strong(new, who.email, who.display_name, field="new_password")
        hashed = passwords.hash_password(new)
        with self._database.write(who.household_id) as unit:
            people.update_person(unit.connection, person, {"password_hash": hashed})
            agent = store.agent(unit.connection, session_id)
            self._record(unit, who.household_id, person, "password_changed", agent=agent)
            self._end_all(unit, who, keep=session_id)

    def jwks(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """The public keys that verify access tokens."""
        return self._tokens.jwks()

    def _start(self, person: str, owner: str, agent: str) -> Grant:
        now = self._clock.now()
        session_id = ids.new_id()
        token = self._tokens.refresh_token(session_id, 1)
        row = {"id": session_id, "owner": owner, "person": person, "generation": 1, "agent": agent[:LONGEST_AGENT]}
        with self._database.write(None) as unit:
            store.delete_sessions_idle_since(unit.connection, now - refresh.IDLE)
            events.delete_before(unit.connection, now - KEPT_FOR)
            stored = {**row, "digest": refresh.digest(token), "rotated_at": now, "created_at": now}
            store.insert_session(unit.connection, stored)
            self._record(unit, owner, person, "sign_in", agent=agent, subject=session_id)
        return self._grant(person, owner, session_id, token)

    def _known(self, address: str) -> Any:
        """What is stored of the person with this address; None when there is nobody."""
        # PostgreSQL takes no NUL in a text; no address holds what cannot be shown.
        if not address.isprintable():
            return None
        with self._database.read() as connection:
            return people.credentials(connection, address)

    def _record_failure(self, known: Any, agent: str) -> None:
        """Keeps a failed sign-in of a known person."""
        with self._database.write(None) as unit:
            if known is not None:
                self._record(unit, known.owner, known.id, "sign_in_failed", agent=agent)
            else:
                # The same work as for a known person, so that the time does not tell whether there is one.
                nobody = ids.new_id()
                events.delete_event(unit.connection, self._record(unit, nobody, nobody, "sign_in_failed", agent=agent))

    def _rehash(self, person: str, password: str) -> None:
        hashed = passwords.hash_password(password)
        with self._database.write(None) as unit:
            people.set_password_hash(unit.connection, person, hashed)

    def _grant(self, person: str, household: str, session_id: str, refresh_token: str) -> Grant:
        access, seconds = self._tokens.access_token(person, household, session_id)
        return Grant(access_token=access, refresh_token=refresh_token, token_type="bearer", expires_in=seconds)  # noqa: S106


def _may_enter(known: Any, password: str) -> bool:
    """Whether the password is that of a person who is not disabled, at the cost of one verification in every case."""
    if known is None:
        passwords.waste_time()
        return False
    return passwords.verify_password(password, known.password_hash) and not known.disabled
