"""Members of a household, and invitations into it."""

from datetime import timedelta

from finapp.auth.facade import secrets
from finapp.auth.facade.base import Base
from finapp.auth.public import Invitation, InvitationPage, InvitationsFull, MadeInvitation, MemberPage
from finapp.auth.store import invitations as store
from finapp.auth.store import people
from finapp.kernel import ids
from finapp.kernel.errors import NotFound

GOOD_FOR = timedelta(days=7)
MOST_OPEN = 20


class Invitations(Base):
    """Who shares a household, and who may join it."""

    def members(self, *, owner: str) -> MemberPage:
        """The members of a household, in the order they joined."""
        with self._database.read() as connection:
            return MemberPage(items=people.members(connection, owner), next_cursor=None)

    def invitations(self, *, owner: str) -> InvitationPage:
        """The open invitations of a household, newest first."""
        with self._database.read() as connection:
            found = store.open_invitations(connection, owner, self._clock.now())
        return InvitationPage(items=found, next_cursor=None)

    def invite(self, *, owner: str, person: str) -> MadeInvitation:
        """Makes an invitation that is good for seven days and one person. Raises InvitationsFull."""
        # There is no idempotency key on purpose: the answer, and with it the code, would be stored.
        now = self._clock.now()
        code = secrets.make()
        invitation = Invitation(id=ids.new_id(), created_at=now, expires_at=now + GOOD_FOR)
        with self._database.write(None) as unit:
            store.delete_expired(unit.connection, owner, now)
            if len(store.open_invitations(unit.connection, owner, now)) >= MOST_OPEN:
                raise InvitationsFull(most=MOST_OPEN)
            row = {**vars(invitation), "owner": owner, "person": person, "digest": secrets.digest(code)}
            store.insert_invitation(unit.connection, row)
        return MadeInvitation(invitation=invitation, code=code)

    def withdraw_invitation(self, *, owner: str, invitation_id: str) -> None:
        """Ends an open invitation. Raises NotFound."""
        with self._database.write(None) as unit:
            if not store.delete_invitation(unit.connection, owner, invitation_id):
                raise NotFound("no such invitation")
