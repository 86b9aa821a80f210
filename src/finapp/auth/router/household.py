"""HTTP of the household."""

from typing import Annotated

from finapp.auth.public import Auth, InvitationPage, MadeInvitation, MemberPage
from finapp.auth.router.secrecy import Secret
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.get("/auth/household/members")
def members(caller: Caller, facade: Facade) -> MemberPage:
    """Who shares the household."""
    return facade.members(owner=caller.household)


@router.get("/auth/household/invitations")
def invitations(caller: Caller, facade: Facade) -> InvitationPage:
    """The open invitations, without their codes."""
    return facade.invitations(owner=caller.household)


@router.post("/auth/household/invitations", status_code=201)
def invite(caller: Caller, facade: Facade, shown: Secret = None) -> MadeInvitation:
    """Makes an invitation for one person; its code, shown this once, goes into `invitation` of the registration."""
    return facade.invite(owner=caller.household, person=caller.person)


@router.delete("/auth/household/invitations/{invitation_id}", status_code=204)
def withdraw_invitation(invitation_id: str, caller: Caller, facade: Facade) -> None:
    """Ends an open invitation."""
    facade.withdraw_invitation(owner=caller.household, invitation_id=invitation_id)
