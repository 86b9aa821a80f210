"""Passkeys: a sign-in that cannot be guessed, phished or reused elsewhere."""

import secrets
from datetime import timedelta

from finapp.auth.domain import passkeys as rules
from finapp.auth.facade import webauthn
from finapp.auth.facade.sessions import Sessions
from finapp.auth.facade.tokens import Ticket
from finapp.auth.facade.webauthn import Challenge, Credential
from finapp.auth.public import (
    Grant,
    NewPasskey,
    Passkey,
    PasskeyCeremony,
    PasskeyPage,
    PasskeyRefused,
    PasskeysFull,
    WrongCredentials,
)
from finapp.auth.store import passkeys as store
from finapp.auth.store import sessions
from finapp.kernel import ids
from finapp.kernel.errors import NotFound, Unauthenticated
from finapp.platform.unit import Unit

TICKETS_KEPT_FOR = timedelta(seconds=2 * rules.TICKET_SECONDS)
SIGNING_IN = "anybody"
"""The subject of a ticket that is given to whoever wants to sign in."""


class Passkeys(Sessions):
    """Keys that stay in a person's devices; only their public halves are here."""

    def start_passkey(self, *, person: str, password: str, origin: str) -> PasskeyCeremony:
        """What a browser needs to make a passkey. Raises WrongCredentials, NoNameForPasskeys, TooMany, PasskeysFull."""
        who = self.person(person=person)
        challenge = _challenge(origin)
        self._require_password(who, password)
        with self._database.read() as connection:
            known = store.credential_ids(connection, person)
        if len(known) >= rules.MOST_PASSKEYS:
            raise PasskeysFull(most=rules.MOST_PASSKEYS)
        return PasskeyCeremony(
            ticket=self._ticket(person, challenge), options=webauthn.creation_options(who, challenge, known)
        )

    def create_passkey(self, *, person: str, session_id: str, new: NewPasskey) -> Passkey:
        """Keeps a passkey that a browser has made. Raises PasskeyRefused, PasskeysFull."""
        owner, now = self.person(person=person).household_id, self._clock.now()
        ticket = self._opened(new.ticket, person)
        made = webauthn.made(new.credential, _asked(ticket))
        passkey = Passkey(id=ids.new_id(), name=new.name, origin=ticket.origin, created_at=now, last_used_at=None)
        with self._database.write(None) as unit:
            self._spend(unit, ticket, owner)
            if store.by_credential(unit.connection, made.id) is not None:
                raise PasskeyRefused("credential", "is known here already")
            if store.count(unit.connection, person) >= rules.MOST_PASSKEYS:
                raise PasskeysFull(most=rules.MOST_PASSKEYS)
            row = {**vars(passkey), "owner": owner, "person": person, "credential_id": made.id}
            store.insert_passkey(unit.connection, {**row, "public_key": made.public_key, "sign_count": made.sign_count})
            agent = sessions.agent(unit.connection, session_id)
            self._record(unit, owner, person, "passkey_made", agent=agent, subject=passkey.id)
        return passkey

    def passkeys(self, *, person: str) -> PasskeyPage:
        """The person's passkeys, newest first."""
        with self._database.read() as connection:
            return PasskeyPage(items=store.passkeys_of(connection, person), next_cursor=None)

    def rename_passkey(self, *, person: str, passkey_id: str, name: str) -> Passkey:
        """Gives a passkey another name. Raises NotFound."""
        with self._database.write(None) as unit:
            if not store.rename_passkey(unit.connection, person, passkey_id, name):
                raise NotFound("no such passkey")
            return next(each for each in store.passkeys_of(unit.connection, person) if each.id == passkey_id)

    def delete_passkey(self, *, person: str, session_id: str, passkey_id: str) -> None:
        """Takes a passkey back; sign-ins made with it go on. Raises NotFound."""
        owner = self.person(person=person).household_id
        with self._database.write(None) as unit:
            if not store.delete_passkey(unit.connection, person, passkey_id):
                raise NotFound("no such passkey")
            agent = sessions.agent(unit.connection, session_id)
            self._record(unit, owner, person, "passkey_deleted", agent=agent, subject=passkey_id)

    def start_passkey_sign_in(self, *, origin: str) -> PasskeyCeremony:
        """What a browser needs to sign in with a passkey. Raises NoNameForPasskeys."""
        challenge = _challenge(origin)
        return PasskeyCeremony(ticket=self._ticket(SIGNING_IN, challenge), options=webauthn.request_options(challenge))

    def sign_in_with_passkey(self, *, ticket: str, credential: str, agent: str) -> Grant:
        """Starts a session; no further factor is asked for. Raises WrongCredentials, PasskeyRefused, TooMany."""
        opened = self._opened(ticket, SIGNING_IN)
        name = webauthn.named(credential)
        self._attempts.hit(name)
        with self._database.read() as connection:
            known = store.by_credential(connection, name)
        if known is None or known.disabled or known.origin != opened.origin:
            raise WrongCredentials("this passkey is not known here")
        stored = Credential(id=name, public_key=known.public_key, sign_count=known.sign_count)
        try:
            count = webauthn.used(credential, _asked(opened), stored)
        except PasskeyRefused:
            with self._database.write(None) as unit:
                self._record(unit, known.owner, known.person, "sign_in_failed", agent=agent, subject=known.id)
            raise
        with self._database.write(None) as unit:
            self._spend(unit, opened, known.owner)
            store.use_passkey(unit.connection, known.id, count, self._clock.now())
        return self._start(known.person, known.owner, agent)

    def _ticket(self, subject: str, challenge: Challenge) -> str:
        return self._tokens.ticket(subject, webauthn.to_text(challenge.value), challenge.origin, rules.TICKET_SECONDS)

    def _opened(self, ticket: str, subject: str) -> Ticket:
        """What a ticket says, given to this subject. Raises PasskeyRefused."""
        try:
            opened = self._tokens.read_ticket(ticket)
        except Unauthenticated:
            opened = None
        if opened is None or opened.subject != subject:
            raise PasskeyRefused("ticket", "was not given for this, or more than five minutes ago")
        return opened

    def _spend(self, unit: Unit, ticket: Ticket, owner: str) -> None:
        now = self._clock.now()
        if not store.spend_ticket(unit.connection, ticket.id, owner, now, now - TICKETS_KEPT_FOR):
            raise PasskeyRefused("ticket", "was used already")


def _challenge(origin: str) -> Challenge:
    return Challenge(value=secrets.token_bytes(32), origin=origin, party=rules.relying_party(origin))


def _asked(ticket: Ticket) -> Challenge:
    value = webauthn.to_bytes(ticket.challenge)
    return Challenge(value=value, origin=ticket.origin, party=rules.relying_party(ticket.origin))
