"""Throw-away demo households, so that a newcomer can look around before entering anything."""

import ipaddress
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

import structlog
from fastapi import Query, Request

from finapp.app.settings import Settings
from finapp.kernel.errors import Conflict, Forbidden, NotFound
from finapp.platform.fields import Body
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly
from finapp.platform.throttle import Throttle

log = structlog.get_logger()
OPEN_PATHS = frozenset({("POST", "/demo"), ("GET", "/demo")})
RATE = "10/hour"
_KEPT = 20
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


class DemoBusy(Conflict):
    """Another demo household is being filled."""

    code = "demo_busy"
    title = "Another demo household is being filled; try again in a moment"


class DemoNotFound(NotFound):
    """No demo household of this id was begun since the server started."""

    code = "demo_not_found"
    title = "There is no such demo household"


class DemoBody(Body):
    """Which banks and habits the household has."""

    profile: Literal["in", "us", "gb", "eu"] = "in"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A demo household. Whoever asked for it may sign in with `email` and `password` as soon as it is `filling`."""

    id: str
    email: str
    password: str
    status: Literal["starting", "filling", "done", "failed"]
    steps_done: int
    steps_total: int | None
    step: str
    """The last step, in words."""


def operations(settings: Settings, today: Callable[[], date]) -> Router:
    """`POST /demo` and `GET /demo`: for whoever is at this machine, or for everybody when the settings say so."""
    router = Router(prefix="/demo", tags=["platform"], dependencies=[KnownOnly])
    visits = _Visits(today)

    @router.post("", status_code=202)
    def begin(body: DemoBody, request: Request) -> Demo:
        """Registers a made-up household of its own and fills it in the background.

        Raises Forbidden when the settings or the caller's place do not allow it, DemoBusy, TooMany.
        """
        _require_allowed(request, settings)
        host, port = request.scope["server"]
        return visits.begin(body.profile, f"http://{host}:{port}")

    @router.get("")
    def found(request: Request, demo_id: Annotated[str, Query(alias="id", max_length=64)]) -> Demo:
        """How far a demo household is; its id is known to nobody but whoever began it. Raises DemoNotFound."""
        _require_allowed(request, settings)
        return visits.found(demo_id)

    return router


def _require_allowed(request: Request, settings: Settings) -> None:
    allowed = settings.demo if settings.demo is not None else _is_here(request) and settings.registration
    if not allowed:
        raise Forbidden("demo households are for this machine only; FINAPP_DEMO=true opens them to everybody")
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host", ""):
        raise Forbidden("a demo household is begun from this server's own page")


def _is_here(request: Request) -> bool:
    """Whether the caller sits at this machine. A proxy in front makes everybody look so: it says so in a header, or
    passes on the name that the page was opened under.
    """
    if request.client is None or any(name in request.headers for name in _OF_PROXIES):
        return False
    return _is_loopback(request.client.host) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Visits:
    """The demo households begun since the server started, the newest few."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._demos: dict[str, Demo] = {}
        self._lock = threading.Lock()
        self._throttle = Throttle(RATE)

    def found(self, demo_id: str) -> Demo:
        demo = self._demos.get(demo_id)
        if demo is None:
            raise DemoNotFound("it was begun before this server started, or never")
        return demo

    def begin(self, profile: Literal["in", "us", "gb", "eu"], url: str) -> Demo:
        with self._lock:
            if any(demo.status in ("starting", "filling") for demo in self._demos.values()):
                raise DemoBusy()
            self._throttle.hit("demo")
            demo = Demo(
                id=secrets.token_urlsafe(16),
                email=f"demo-{secrets.token_hex(4)}@example.com",
                password=secrets.token_urlsafe(18),
                status="starting",
                steps_done=0,
                steps_total=None,
                step="",
            )
            for oldest in list(self._demos)[: max(0, len(self._demos) + 1 - _KEPT)]:
                del self._demos[oldest]
            self._demos[demo.id] = demo
        arguments = (demo.id, profile, url)
        threading.Thread(target=self._fill, args=arguments, name="demo", daemon=True).start()
        return demo

    def _fill(self, demo_id: str, profile: Literal["in", "us", "gb", "eu"], url: str) -> None:
        import httpx2

        from finapp.app.demo.fill import fill
        from finapp.app.demo.household import simulate
        from finapp.app.demo.statements.writing import statements

        demo = self._demos[demo_id]
        try:
            household = simulate(seed=1, profile=profile, until=self._today(), months=24)
            files = sum(1 for statement in statements(household, months=6) if statement.row_keys)
            self._change(demo_id, steps_total=files + 2)
            with httpx2.Client(base_url=url, timeout=60, trust_env=False) as client:
                fill(client, household, email=demo.email, password=demo.password, tell=self._teller(demo_id))
        except Exception as fault:
            # Whatever it was, the newcomer must not wait for ever; the log says what.
            log.error("a demo household was not filled", reason=type(fault).__name__, detail=str(fault)[:300])
            self._change(demo_id, status="failed")
            return
        self._change(demo_id, status="done")

    def _teller(self, demo_id: str) -> Callable[[str], None]:
        def tell(message: str) -> None:
            self._change(demo_id, status="filling", step=message, steps_done=self._demos[demo_id].steps_done + 1)

        return tell

    def _change(self, demo_id: str, **changes: object) -> None:
        with self._lock:
            self._demos[demo_id] = replace(self._demos[demo_id], **changes)  # type: ignore[arg-type]
