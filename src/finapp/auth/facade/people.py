"""People and households."""

from typing import Literal

from sqlalchemy.exc import IntegrityError

from finapp.auth.domain import people as rules
from finapp.auth.facade import secrets
from finapp.auth.facade.base import Base, found
from finapp.auth.public import (
    EmailTaken,
    Household,
    HouseholdDeleted,
    InvitationNotGood,
    LastAdministrator,
    NewPerson,
    Person,
    PersonChanges,
    PersonDisabled,
    PersonPage,
)
from finapp.auth.store import invitations
from finapp.auth.store import people as store
from finapp.kernel import ids
from finapp.kernel.errors import NotFound
from finapp.kernel.once import Once, require_version
from finapp.platform import passwords
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.unit import Unit

Role = Literal["administrator", "member"]


class People(Base):
    """Who is registered."""

    def household(self, *, owner: str) -> Household:
        """A household. Raises NotFound."""
        # Every context asks for it at every turn, and it hardly ever changes.
        version = self._database.version(owner)
        return self._households.answer((owner, version), lambda: self._read_household(owner))

    def _read_household(self, owner: str) -> Household:
        with self._database.read() as connection:
            household = store.household(connection, owner)
        if household is None:
            raise NotFound("no such household")
        return household

    def register(self, *, new: NewPerson) -> Person:
        """A new person with a household of one, or of the household they are invited to; the first administers."""
        with self._database.read() as connection:
            first = store.count_people(connection) == 0
        if not first and not self._open and new.invitation is None:
            raise NotFound("registration is closed here; ask an administrator")
        return self._add(new, "administrator" if first else "member", None)

    def create_person(self, *, new: NewPerson, role: Role, once: Once | None) -> Person:
        """A person made by an administrator."""
        return self._add(new, role, once)

    def change_person(self, *, person: str, changes: PersonChanges, expected: int | None = None) -> Person:
        """Changes a person. Disabling ends every session."""
        owner = self.person(person=person).household_id
        with self._database.write(owner) as unit:
            before = found(store.person(unit.connection, person))
            require_version(expected, before.version)
            names = ("display_name", "locale", "role", "disabled")
            values = {name: getattr(changes, name) for name in names if getattr(changes, name) is not None}
            if changes.email is not None:
                values["email"] = _free_address(unit, changes.email, before)
            demoted = values.get("role") == "member" or values.get("disabled") is True
            if before.role == "administrator" and not before.disabled and demoted:
                _require_another_administrator(unit)
            store.update_person(unit.connection, person, values)
            _change_household(unit, owner, person, changes)
            if values.get("disabled"):
                self._end_all(unit, before)
                unit.announce(PersonDisabled(owner=owner, person_id=person))
            return found(store.person(unit.connection, person))

    def delete_person(self, *, person: str) -> None:
        """Deletes a person; with the last member goes the household."""
        owner = self.person(person=person).household_id
        with self._database.write(owner) as unit:
            before = found(store.person(unit.connection, person))
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
            page = store.people_after(connection, after, limit + 1)
        more = to_cursor(page[limit - 1].id) if len(page) > limit else None
        return PersonPage(items=page[:limit], next_cursor=more)

    def _add(self, new: NewPerson, role: Role, once: Once | None) -> Person:
        email = rules.address(new.email)
        rules.require_strong(new.password, email, new.display_name)
        invited_to = self._invited_to(new)
        hashed = passwords.hash_password(new.password)
        owner = invited_to or ids.new_id()
        locale = new.locale or (self.household(owner=owner).locale if invited_to else rules.locale_of(new.currency))
        clean = NewPerson(**{**vars(new), "email": email, "locale": locale})

        def insert() -> Person:
            now = self._clock.now()
            if invited_to is None:
                store.insert_household(unit.connection, owner, clean, now)
            elif not invitations.use_invitation(unit.connection, secrets.digest(new.invitation or ""), now):
                raise InvitationNotGood("invitation", "is unknown, used or expired")
            return store.insert_person(unit.connection, owner, clean, hashed, role, now)

        try:
            with self._database.write(owner) as unit:
                return unit.once(once, Person, insert)
        except IntegrityError:
            raise EmailTaken() from None

    def _invited_to(self, new: NewPerson) -> str | None:
        if new.invitation is None:
            return None
        with self._database.read() as connection:
            owner = invitations.invites_to(connection, secrets.digest(new.invitation), self._clock.now())
        if owner is None:
            raise InvitationNotGood("invitation", "is unknown, used or expired")
        return owner


def _change_household(unit: Unit, owner: str, person: str, changes: PersonChanges) -> None:
    """A household keeps its accounts in the currency that a member names, and writes as its first member does."""
    values = {} if changes.currency is None else {"currency": changes.currency}
    if changes.locale is not None and store.members(unit.connection, owner)[0].id == person:
        values["locale"] = changes.locale
    if values:
        store.update_household(unit.connection, owner, values)


def _free_address(unit: Unit, email: str, before: Person) -> str:
    address = rules.address(email)
    holder = store.credentials(unit.connection, address)
    if holder is not None and holder.id != before.id:
        raise EmailTaken()
    return address


def _require_another_administrator(unit: Unit) -> None:
    if store.count_administrators(unit.connection) < 2:
        raise LastAdministrator()
