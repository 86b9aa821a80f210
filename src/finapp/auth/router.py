"""HTTP of auth."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.security import OAuth2PasswordRequestForm
from starlette.responses import JSONResponse, Response

from finapp.auth.public import Auth, Grant, Person, PersonPage, SessionPage
from finapp.auth.schemas import PasswordBody, ProfileBody, RefreshBody, RegisterBody, UserBody, UserChangesBody
from finapp.kernel.errors import Forbidden, Unauthenticated
from finapp.kernel.who import Who
from finapp.platform.identity import API, Caller
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = APIRouter(tags=["auth"])
Facade = Annotated[Auth, given("auth")]
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")
COOKIE_SECONDS = 30 * 24 * 3600


@router.post("/auth/register", status_code=201)
def register(body: RegisterBody, facade: Facade) -> Person:
    """Registers a person with a household of one."""
    return facade.register(new=body.value())


@router.post("/auth/token", response_model=Grant)
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()], request: Request, facade: Facade) -> Response:
    """Signs in with address and password (OAuth2 password form)."""
    agent = request.headers.get("user-agent", "")
    return _granted(request, facade.sign_in(email=form.username, password=form.password, agent=agent))


@router.post("/auth/refresh", response_model=Grant)
def refresh(request: Request, facade: Facade, body: RefreshBody | None = None) -> Response:
    """New tokens for a refresh token, from the body or, for a browser, from its cookie."""
    sent = body.refresh_token if body is not None else None
    if sent is None and _wants_cookie(request):
        _require_own_origin(request)
        sent = request.cookies.get(_cookie_name(request))
    if sent is None:
        raise Unauthenticated("send a refresh token")
    return _granted(request, facade.refresh(refresh_token=sent))


@router.post("/auth/logout", status_code=204)
def logout(request: Request, caller: Caller, facade: Facade) -> Response:
    """Ends this sign-in."""
    facade.sign_out(person=caller.person, session_id=caller.session)
    answer = Response(status_code=204)
    answer.delete_cookie(_cookie_name(request), path="/", secure=not _is_loopback(request), httponly=True)
    return answer


@router.get("/auth/me", response_model=Person)
def me(request: Request, caller: Caller, facade: Facade) -> Response:
    """The person who asks."""
    person = facade.person(person=caller.person)
    return tagged(request, person, person.version)


@router.patch("/auth/me", response_model=Person)
def change_me(body: ProfileBody, request: Request, caller: Caller, facade: Facade, expected: Expected) -> Response:
    """Changes the own profile."""
    person = facade.change_person(person=caller.person, changes=body.value(), expected=expected)
    return tagged(request, person, person.version)


@router.delete("/auth/me", status_code=204)
def delete_me(caller: Caller, facade: Facade) -> None:
    """Deletes the person; with the last member goes everything the household has stored."""
    facade.delete_person(person=caller.person)


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


@router.get("/auth/users")
def users(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> PersonPage:
    """Everyone; for administrators."""
    _require_administrator(caller)
    return facade.people(limit=limit, cursor=cursor)


@router.post("/auth/users", status_code=201)
def create_user(body: UserBody, caller: Caller, facade: Facade, once: OnceKey) -> Person:
    """A new person; for administrators."""
    _require_administrator(caller)
    return facade.create_person(new=body.value(), role=body.role, once=once)


@router.get("/auth/users/{user_id}", response_model=Person)
def user(user_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A person; for administrators."""
    _require_administrator(caller)
    person = facade.person(person=user_id)
    return tagged(request, person, person.version)


@router.patch("/auth/users/{user_id}", response_model=Person)
def change_user(
    user_id: str, body: UserChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes, disables or enables a person; for administrators."""
    _require_administrator(caller)
    person = facade.change_person(person=user_id, changes=body.value(), expected=expected)
    return tagged(request, person, person.version)


@router.delete("/auth/users/{user_id}", status_code=204)
def delete_user(user_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes a person; for administrators."""
    _require_administrator(caller)
    facade.delete_person(person=user_id)


@router.get("/auth/jwks")
def jwks(facade: Facade) -> Response:
    """The public keys that verify access tokens."""
    return JSONResponse(facade.jwks())


def _require_administrator(caller: Who) -> None:
    if not caller.administrator:
        raise Forbidden("only administrators may do this")


def _granted(request: Request, grant: Grant) -> Response:
    body = {"access_token": grant.access_token, "token_type": grant.token_type, "expires_in": grant.expires_in}
    headers = {"Cache-Control": "no-store"}
    if not _wants_cookie(request):
        return JSONResponse({**body, "refresh_token": grant.refresh_token}, headers=headers)
    _require_own_origin(request)
    answer = JSONResponse(body, headers=headers)
    answer.set_cookie(
        _cookie_name(request),
        grant.refresh_token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=not _is_loopback(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def _wants_cookie(request: Request) -> bool:
    return request.headers.get("x-session") == "cookie"


def _host(request: Request) -> str:
    return request.headers.get("host", "")


def _is_loopback(request: Request) -> bool:
    return _host(request).rsplit(":", 1)[0] in LOOPBACK


def _cookie_name(request: Request) -> str:
    return "finapp_refresh" if _is_loopback(request) else "__Host-finapp_refresh"


def _require_own_origin(request: Request) -> None:
    if urlsplit(request.headers.get("origin", "")).netloc != _host(request):
        raise Forbidden(f"a browser's sign-in must come from this server's own page, under {API}")
