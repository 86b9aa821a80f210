"""The refresh token of a browser: a cookie that scripts cannot read and other sites cannot send."""

from fastapi import Request
from starlette.responses import JSONResponse, Response

from finapp.auth.public import Grant
from finapp.kernel.errors import Forbidden
from finapp.platform.identity import API

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")
COOKIE_SECONDS = 30 * 24 * 3600


def granted(request: Request, grant: Grant, *, as_cookie: bool) -> Response:
    """The answer to a sign-in; `as_cookie` leaves the refresh token out of the body and sets it as a cookie."""
    body = {"access_token": grant.access_token, "token_type": grant.token_type, "expires_in": grant.expires_in}
    headers = {"Cache-Control": "no-store"}
    if not as_cookie:
        return JSONResponse({**body, "refresh_token": grant.refresh_token}, headers=headers)
    answer = JSONResponse(body, headers=headers)
    answer.set_cookie(
        _name(request),
        grant.refresh_token,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=not _is_loopback(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def are_wanted(request: Request) -> bool:
    """Whether a browser asks, that keeps the refresh token as a cookie.

    Ask before anything is done. Raises Forbidden when the page it shows is not of this server.
    """
    if request.headers.get("x-session") != "cookie":
        return False
    if request.headers.get("origin", "").partition("://")[2] != _host(request):
        raise Forbidden(f"a browser's sign-in must come from this server's own page, under {API}")
    return True


def origin(request: Request) -> str:
    """The address of the page that asks: what its browser says, or for a program the host it reached.

    Nothing is authorised by it. A passkey signs the address that its browser sees, and is good where it was made only.
    Raises Forbidden when the page is not of this server.
    """
    said = request.headers.get("origin")
    if said is None:
        return f"{'http' if _is_loopback(request) else 'https'}://{_host(request)}"
    if said.partition("://")[2] != _host(request):
        raise Forbidden(f"passkeys are made and used on this server's own page, under {API}")
    return said


def _host(request: Request) -> str:
    return request.headers.get("host", "")


def _is_loopback(request: Request) -> bool:
    return _host(request).rsplit(":", 1)[0] in LOOPBACK


def _name(request: Request) -> str:
    return "finapp_refresh" if _is_loopback(request) else "__Host-finapp_refresh"


def refresh_token(request: Request) -> str | None:
    """The refresh token in the cookie."""
    return request.cookies.get(_name(request))


def cleared(request: Request, answer: Response) -> Response:
    """The answer, taking the cookie back."""
    answer.delete_cookie(_name(request), path="/", secure=not _is_loopback(request), httponly=True, samesite="strict")
    return answer
