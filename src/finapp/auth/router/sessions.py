"""HTTP of sign-ins."""

from typing import Annotated

from fastapi import Depends, Form, Header, Request
from fastapi.security import OAuth2PasswordRequestForm
from starlette.responses import JSONResponse, Response

from finapp.auth.public import Auth, Grant, SecurityEventPage, SessionPage
from finapp.auth.router import cookies
from finapp.auth.schemas import LONGEST_CODE, PasswordBody, RefreshBody
from finapp.kernel.errors import Unauthenticated
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Limit, given

router = Router(tags=["auth"])
Facade = Annotated[Auth, given("auth")]


@router.post("/auth/token", response_model=Grant)
def token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    request: Request,
    facade: Facade,
    totp: Annotated[str | None, Form(max_length=LONGEST_CODE)] = None,
    x_totp: Annotated[str | None, Header(max_length=LONGEST_CODE)] = None,
) -> Response:
    """Signs in with address and password (OAuth2 password form).

    With a second factor, also with the app's code: as the form field `totp` or the header `X-TOTP`. When it is missing
    the answer is 401 with the code `totp_required`.
    """
    as_cookie = cookies.are_wanted(request)
    agent = request.headers.get("user-agent", "")
    grant = facade.sign_in(email=form.username, password=form.password, agent=agent, code=totp or x_totp)
    return cookies.granted(request, grant, as_cookie=as_cookie)


@router.post("/auth/refresh", response_model=Grant)
def refresh(request: Request, facade: Facade, body: RefreshBody | None = None) -> Response:
    """New tokens for a refresh token, from the body or, for a browser, from its cookie."""
    as_cookie = cookies.are_wanted(request)
    sent = body.refresh_token if body is not None else None
    if sent is None and as_cookie:
        sent = cookies.refresh_token(request)
    if sent is None:
        raise Unauthenticated("send a refresh token")
    return cookies.granted(request, facade.refresh(refresh_token=sent), as_cookie=as_cookie)


@router.post("/auth/logout", status_code=204)
def logout(request: Request, caller: Caller, facade: Facade) -> Response:
    """Ends this sign-in."""
    facade.sign_out(person=caller.person, session_id=caller.session)
    return cookies.cleared(request, Response(status_code=204))


@router.post("/auth/me/password", status_code=204)
def change_password(body: PasswordBody, caller: Caller, facade: Facade) -> None:
    """Changes the password and ends every other sign-in."""
    facade.change_password(
        person=caller.person, session_id=caller.session, old=body.current_password, new=body.new_password
    )


@router.get("/auth/sessions")
def sessions(caller: Caller, facade: Facade) -> SessionPage:
    """The own sign-ins."""
    return facade.sessions(person=caller.person, current=caller.session)


@router.delete("/auth/sessions/{session_id}", status_code=204)
def end_session(session_id: str, caller: Caller, facade: Facade) -> None:
    """Ends one of the own sign-ins."""
    facade.sign_out(person=caller.person, session_id=session_id)


@router.get("/auth/events")
def security_events(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> SecurityEventPage:
    """Sign-ins and security changes of the last 400 days, newest first."""
    return facade.security_events(owner=caller.household, person=caller.person, limit=limit, cursor=cursor)


@router.get("/auth/jwks")
def jwks(facade: Facade) -> Response:
    """The public keys that verify access tokens."""
    return JSONResponse(facade.jwks())
