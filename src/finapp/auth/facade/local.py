"""Local implementation of auth."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy.exc import IntegrityError

from finapp.auth import store
from finapp.auth.domain import people, refresh
from finapp.auth.facade.tokens import AccessTokens
from finapp.auth.public import (
    EmailTaken,
    Grant,
    Household,
    HouseholdDeleted,
    LastAdministrator,
    NewPerson,
    Person,
    PersonChanges,
    PersonDisabled,
    PersonPage,
    Session,
    SessionEnded,
    SessionPage,
    WrongCredentials,
)
from finapp.kernel import ids
from finapp.kernel.clock import Clock
from finapp.kernel.errors import NotFound, Unauthenticated
from finapp.kernel.once import Once, require_version
from finapp.kernel.who import Who
from finapp.platform import passwords
from finapp.platform.database import Database
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.throttle import Throttle
from finapp.platform.unit import Unit

Role = Literal["administrator", "member"]


class LocalAuth:
    """Keeps people and sign-ins in this context's database."""

    def __init__(self, *, database: Database, clock: Clock, tokens: AccessTokens, open_to_newcomers: bool) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._open = open_to_newcomers
        self._attempts = Throttle("10/minute")

    def version(self, *, owner: str) -> str:
        """Names the state of a household's people."""
        return str(self._database.version(owner))

    def identify(self, *, token: str) -> Who:
        """The holder of an access token. Raises Unauthenticated when it is not good (any more)."""
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

    def household(self, *, owner: str) -> Household:
        """A household. Raises NotFound."""
        with self._database.read() as connection:
            found = store.household(connection, owner)
        if found is None:
            raise NotFound("no such household")
        return found

    def register(self, *, new: NewPerson) -> Person:
        """A new person with a household of one; the first of all becomes administrator."""
        with self._database.read() as connection:
            first = store.count_people(connection) == 0
        if not first and not self._open:
            raise NotFound("registration is closed here; ask an administrator")
        return self._add(new, "administrator" if first else "member", None)

    def create_person(self, *, new: NewPerson, role: Role, once: Once | None) -> Person:
        """A person made by an administrator."""
        return self._add(new, role, once)

    def sign_in(self, *, email: str, password: str, agent: str) -> Grant:
        """Starts a session. Raises WrongCredentials."""
        address = email.strip().lower()
        self._attempts.hit(address)
        with self._database.read() as connection:
            found = store.credentials(connection, address)
        if found is None:
            passwords.waste_time()
            raise WrongCredentials()
        if not passwords.verify_password(password, found.password_hash) or found.disabled:
            raise WrongCredentials()
        if passwords.needs_rehash(found.password_hash):
            self._rehash(found.id, password)
        now = self._clock.now()
        session_id = ids.new_id()
        token = self._tokens.refresh_token(session_id, 1)
        row = {"id": session_id, "owner": found.owner, "person": found.id, "generation": 1, "agent": agent[:200]}
        with self._database.write(None) as unit:
            store.delete_sessions_idle_since(unit.connection, now - refresh.IDLE)
            stored = {**row, "digest": refresh.digest(token), "rotated_at": now, "created_at": now}
            store.insert_session(unit.connection, stored)
        return self._grant(found.id, found.owner, session_id, token)

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

    def person(self, *, person: str) -> Person:
        """A person. Raises NotFound."""
        with self._database.read() as connection:
            return _found(store.person(connection, person))

    def change_person(self, *, person: str, changes: PersonChanges, expected: int | None = None) -> Person:
        """Changes a person. Disabling ends every session."""
        owner = self.person(person=person).household_id
        with self._database.write(owner) as unit:
            before = _found(store.person(unit.connection, person))
            require_version(expected, before.version)
            names = ("display_name", "locale", "role", "disabled")
            values = {name: getattr(changes, name) for name in names if getattr(changes, name) is not None}
            if changes.email is not None:
                values["email"] = self._free_address(unit, changes.email, before)
            demoted = values.get("role") == "member" or values.get("disabled") is True
            if before.role == "administrator" and not before.disabled and demoted:
                _require_another_administrator(unit)
            store.update_person(unit.connection, person, values)
            if changes.currency is not None:
                store.update_currency(unit.connection, owner, changes.currency)
            if values.get("disabled"):
                self._end_all(unit, before)
                unit.announce(PersonDisabled(owner=owner, person_id=person))
            return _found(store.person(unit.connection, person))

    def change_password(self, *, person: str, session_id: str, old: str, new: str) -> None:
        """Changes the password and ends every other session."""
        who = self.person(person=person)
        self._attempts.hit(who.email)
        with self._database.read() as connection:
            stored = store.password_hash(connection, person)
        if stored is None or not passwords.verify_password(old, stored):
            raise WrongCredentials("the present password is wrong")
        people.require_strong(new, who.email, who.display_name, field="new_password")
        hashed = passwords.hash_password(new)
        with self._database.write(who.household_id) as unit:
            store.update_person(unit.connection, person, {"password_hash": hashed})
            self._end_all(unit, who, keep=session_id)

    def delete_person(self, *, person: str) -> None:
        """Deletes a person; with the last member goes the household."""
        owner = self.person(person=person).household_id
        with self._database.write(owner) as unit:
            before = _found(store.person(unit.connection, person))
            if before.role == "administrator" and store.count_people(unit.connection) > 1:
                _require_another_administrator(unit)
            self._end_all(unit, before)
            store.delete_person(unit.connection, person)
            unit.announce(PersonDisabled(owner=owner, person_id=person))
            if store.count_people(unit.connection, owner) == 0:
                store.delete_household(unit.connection, owner)
                unit.announce(HouseholdDeleted(owner=owner))

    def people(self, *, limit: int, cursor: str | None) -> PersonPage:
        """Everyone, for administrators, oldest first."""
        after = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = store.people_after(connection, after, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return PersonPage(items=found[:limit], next_cursor=more)

    def jwks(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """The public keys that verify access tokens."""
        return self._tokens.jwks()

    def _add(self, new: NewPerson, role: Role, once: Once | None) -> Person:
        email = people.address(new.email)
        people.require_strong(new.password, email, new.display_name)
        hashed = passwords.hash_password(new.password)
        owner = ids.new_id()
        clean = NewPerson(**{**vars(new), "email": email})

        def insert() -> Person:
            return store.insert_person(unit.connection, owner, clean, hashed, role, self._clock.now())

        try:
            with self._database.write(owner) as unit:
                return unit.once(once, Person, insert)
        except IntegrityError:
            raise EmailTaken() from None

    def _rehash(self, person: str, password: str) -> None:
        hashed = passwords.hash_password(password)
        with self._database.write(None) as unit:
            store.set_password_hash(unit.connection, person, hashed)

    def _free_address(self, unit: Unit, email: str, before: Person) -> str:
        address = people.address(email)
        holder = store.credentials(unit.connection, address)
        if holder is not None and holder.id != before.id:
            raise EmailTaken()
        return address

    def _end(self, unit: Unit, owner: str, person: str, session_id: str) -> bool:
        ended = store.delete_session(unit.connection, person, session_id)
        if ended:
            unit.announce(SessionEnded(owner=owner, session_id=session_id))
        return ended

    def _end_all(self, unit: Unit, person: Person, keep: str | None = None) -> None:
        for row in store.sessions_of(unit.connection, person.id):
            if row.id != keep:
                self._end(unit, person.household_id, person.id, row.id)

    def _grant(self, person: str, household: str, session_id: str, refresh_token: str) -> Grant:
        access, seconds = self._tokens.access_token(person, household, session_id)
        return Grant(access_token=access, refresh_token=refresh_token, token_type="bearer", expires_in=seconds)  # noqa: S106


def _found(person: Person | None) -> Person:
    if person is None:
        raise NotFound("no such person")
    return person


def _require_another_administrator(unit: Unit) -> None:
    if store.count_administrators(unit.connection) < 2:
        raise LastAdministrator()
