"""Every refusal as `application/problem+json` (RFC 9457): never a stack trace, SQL or a file path."""

import json
from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from finapp.kernel.errors import FinappError, Invalid, Unavailable

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type"}
_HTTP_TITLES = {404: "Not found", 405: "Method not allowed", 413: "Too large"}


def problem(status: int, code: str, title: str, detail: str, **facts: Any) -> Response:
    """A problem document. `facts` become its extension members."""
    body = {"type": f"urn:finapp:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = str(facts.get("retry_after", RETRY_SECONDS))
    # Escaped to ASCII: a lone surrogate in echoed text must not break the answer.
    content = json.dumps({**body, **facts}, ensure_ascii=True, allow_nan=False, default=str)
    return Response(content, status, headers, MEDIA_TYPE)


def of_error(error: FinappError) -> Response:
    """The problem document of a declared refusal."""
    return problem(error.status, error.code, error.title, error.detail, **error.facts)


def install(app: FastAPI) -> None:
    """Registers the handlers."""
    handlers: dict[type[Exception], Any] = {
        FinappError: _refused,
        RequestValidationError: _not_valid,
        HTTPException: _http,
        OperationalError: _storage_failed,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _refused(request: Request, error: FinappError) -> Response:
    return of_error(error)


async def _not_valid(request: Request, error: RequestValidationError) -> Response:
    # The offending input is left out on purpose: NaN and lone surrogates cannot be echoed as JSON.
    errors = [
        {
            "field": "body" if item["type"] == "json_invalid" else _field(item["loc"]),
            "message": str(item["msg"]).removeprefix("Value error, "),
        }
        for item in error.errors()
    ]
    detail = "; ".join(f"{item['field']}: {item['message']}" for item in errors[:3])
    return problem(422, Invalid.code, Invalid.title, detail, errors=errors)


async def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == 400:
        # What FastAPI answers when a body cannot be taken apart at all.
        reason = "cannot be read: malformed, not UTF-8, or nested too deeply"
        return of_error(Invalid("body", reason))
    code = _HTTP_CODES.get(error.status_code, "http_error")
    title = _HTTP_TITLES.get(error.status_code, "The request was refused")
    answer = problem(error.status_code, code, title, str(error.detail))
    # A 405 says which methods there are (RFC 9110, 15.5.6).
    answer.headers.update(error.headers or {})
    return answer


async def _storage_failed(request: Request, error: Exception) -> Response:
    log.error("storage failed", reason=type(error).__name__)
    return problem(503, Unavailable.code, Unavailable.title, "The storage cannot answer now; nothing was changed.")


async def _unexpected(request: Request, error: Exception) -> Response:
    # What a middleware raises, as where a context is opened, comes here at once.
    if isinstance(error, FinappError):
        return await _refused(request, error)
    if isinstance(error, OperationalError):
        return await _storage_failed(request, error)
    return problem(500, "internal", "Internal error", "Something failed here; the server's log says what.")


def _field(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location]
    if parts and parts[0] in ("body", "query", "path", "header", "cookie"):
        parts = parts[1:]
    return ".".join(parts) or "body"
