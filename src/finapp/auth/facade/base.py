"""What every part of the facade works with."""

from datetime import timedelta

from finapp.auth.facade.tokens import AccessTokens
from finapp.auth.public import Household, Person, SessionEnded, WrongCredentials
from finapp.auth.store import events, people, sessions
from finapp.kernel import ids
from finapp.kernel.clock import Clock
from finapp.kernel.errors import NotFound
from finapp.platform import passwords
from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.platform.throttle import Throttle
from finapp.platform.unit import Unit

KEPT_FOR = timedelta(days=400)
"""How long it is kept what happened to an account."""
LONGEST_AGENT = 200


class Base:
    """Holds the parts; the subclasses hold the promises."""

    def __init__(self, *, database: Database, clock: Clock, tokens: AccessTokens, open_to_newcomers: bool) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self._open = open_to_newcomers
        self._households: Memory[Household] = Memory(most=1_000)
        self._attempts = Throttle("10/minute")
        # Six digits can be guessed by whoever has the password, so codes are slowed down much more.
        self._codes = Throttle("20/hour")

    def version(self, *, owner: str) -> str:
        """Names the state of a household's people."""
        return str(self._database.version(owner))

    def person(self, *, person: str) -> Person:
        """A person. Raises NotFound."""
        with self._database.read() as connection:
            return found(people.person(connection, person))

    def _require_password(self, person: Person, password: str) -> None:
        """Raises WrongCredentials, and TooMany when it was tried too often."""
        self._attempts.hit(person.email)
        with self._database.read() as connection:
            stored = people.password_hash(connection, person.id)
        if stored is None or not passwords.verify_password(password, stored):
            raise WrongCredentials("the present password is wrong")

    def _record(self, unit: Unit, owner: str, person: str, kind: str, *, agent: str, subject: str | None = None) -> str:
        """Keeps what happened to an account, and its id."""
        event_id = ids.new_id()
        row = {"id": event_id, "owner": owner, "person": person, "kind": kind, "at": self._clock.now()}
        events.insert_event(unit.connection, {**row, "agent": agent[:LONGEST_AGENT], "subject": subject})
        return event_id

    def _end(self, unit: Unit, owner: str, person: str, session_id: str) -> bool:
        """Ends a sign-in of this person; whether there was one."""
        agent = sessions.agent(unit.connection, session_id)
        ended = sessions.delete_session(unit.connection, person, session_id)
        if ended:
            self._record(unit, owner, person, "session_ended", agent=agent, subject=session_id)
            unit.announce(SessionEnded(owner=owner, session_id=session_id))
        return ended

    def _end_all(self, unit: Unit, person: Person, keep: str | None = None) -> None:
        for row in sessions.sessions_of(unit.connection, person.id):
            if row.id != keep:
                self._end(unit, person.household_id, person.id, row.id)


def found(person: Person | None) -> Person:
    """The person. Raises NotFound when there is none."""
    if person is None:
        raise NotFound("no such person")
    return person
