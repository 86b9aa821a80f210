"""HTTP of the second factor."""

from typing import Annotated

from finapp.auth.public import Auth, TotpEnrolment
from finapp.auth.router.secrecy import Secret
from finapp.auth.schemas import TotpCodeBody, TotpRemovalBody
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.post("/auth/totp")
def enrol_totp(caller: Caller, facade: Facade, shown: Secret = None) -> TotpEnrolment:
    """A secret for an authenticator app; it counts once a code of it has been confirmed."""
    return facade.enrol_totp(person=caller.person)


@router.post("/auth/totp/confirm", status_code=204)
def confirm_totp(body: TotpCodeBody, caller: Caller, facade: Facade) -> None:
    """From now on sign-ins need a code of the app."""
    facade.confirm_totp(person=caller.person, session_id=caller.session, code=body.code)


@router.delete("/auth/totp", status_code=204)
def delete_totp(body: TotpRemovalBody, caller: Caller, facade: Facade) -> None:
    """From now on sign-ins need no code; needs the password."""
    facade.delete_totp(person=caller.person, session_id=caller.session, password=body.password)
