"""JSON logs with a request id. They hold no password, token, account number, narration or amount."""

import logging
import re
import secrets
import sys
import time
import traceback
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from finapp.platform.metrics import count_request

log = structlog.get_logger()
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def configure(level: str = "INFO") -> None:
    """Sends structured events to standard error, one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def _without_values(logger: Any, method: str, event: Any) -> Any:
    # A traceback's last lines may quote values of rows; keep where it happened, not what it said.
    failure = event.pop("exc_info", None)
    if failure:
        kind, _, trace = sys.exc_info()
        event["exception"] = kind.__name__ if kind else "unknown"
        event["where"] = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-8:]]
    return event


class RequestLog:
    """Middleware: echoes or makes X-Request-ID, logs method, path shape, status and milliseconds, and counts them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = HTTPConnection(scope).headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            route = scope.get("route")
            shape = getattr(route, "path", None) or "unmatched"
            seconds = time.perf_counter() - started
            count_request(method=scope["method"], route=shape, status=status, seconds=seconds)
            log.info("request", method=scope["method"], route=shape, status=status, ms=round(seconds * 1000, 1))
            structlog.contextvars.unbind_contextvars("request_id")
