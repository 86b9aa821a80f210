"""HTTP of passkeys."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.auth.public import Auth, Grant, Passkey, PasskeyPage
from finapp.auth.router import cookies
from finapp.auth.router.secrecy import Secret
from finapp.auth.schemas import PasskeyBody, PasskeyCeremonyAnswer, PasskeyNameBody, PasskeySignInBody, PasskeyStartBody
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.post("/auth/passkeys/options")
def start_passkey(
    body: PasskeyStartBody, request: Request, caller: Caller, facade: Facade, shown: Secret = None
) -> PasskeyCeremonyAnswer:
    """What `navigator.credentials.create` needs to make a passkey for the address the page was opened under."""
    origin = cookies.origin(request)
    return PasskeyCeremonyAnswer.of(facade.start_passkey(person=caller.person, password=body.password, origin=origin))


@router.post("/auth/passkeys", status_code=201)
def create_passkey(body: PasskeyBody, caller: Caller, facade: Facade) -> Passkey:
    """Keeps a passkey that the browser has made; from now on it signs in by itself, without password and code."""
    return facade.create_passkey(person=caller.person, session_id=caller.session, new=body.value())


@router.get("/auth/passkeys")
def passkeys(caller: Caller, facade: Facade) -> PasskeyPage:
    """The own passkeys."""
    return facade.passkeys(person=caller.person)


@router.patch("/auth/passkeys/{passkey_id}")
def rename_passkey(passkey_id: str, body: PasskeyNameBody, caller: Caller, facade: Facade) -> Passkey:
    """Gives a passkey another name."""
    return facade.rename_passkey(person=caller.person, passkey_id=passkey_id, name=body.name)


@router.delete("/auth/passkeys/{passkey_id}", status_code=204)
def delete_passkey(passkey_id: str, caller: Caller, facade: Facade) -> None:
    """Takes a passkey back; sign-ins made with it go on until they are ended."""
    facade.delete_passkey(person=caller.person, session_id=caller.session, passkey_id=passkey_id)


@router.post("/auth/passkeys/sign-in/options")
def start_passkey_sign_in(request: Request, facade: Facade, shown: Secret = None) -> PasskeyCeremonyAnswer:
    """What `navigator.credentials.get` needs to sign in with a passkey."""
    return PasskeyCeremonyAnswer.of(facade.start_passkey_sign_in(origin=cookies.origin(request)))


@router.post("/auth/passkeys/sign-in", response_model=Grant)
def sign_in_with_passkey(body: PasskeySignInBody, request: Request, facade: Facade) -> Response:
    """Signs in with a passkey; answers as `/auth/token`."""
    as_cookie = cookies.are_wanted(request)
    agent = request.headers.get("user-agent", "")
    grant = facade.sign_in_with_passkey(ticket=body.ticket, credential=body.credential_text(), agent=agent)
    return cookies.granted(request, grant, as_cookie=as_cookie)
