"""auth, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.kernel.events import Event
from finapp.platform.operations import Router
from finapp.platform.plugs import Parts, Plug


def _protocol() -> type[Any]:
    from finapp.auth.public import Auth

    return Auth


def _router() -> Router:
    from finapp.auth.router import router

    return router


def _metadata() -> MetaData:
    from finapp.auth.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.auth.facade import AccessTokens, LocalAuth

    return LocalAuth(
        database=parts.database,
        clock=parts.clock,
        tokens=AccessTokens(parts.keys),
        open_to_newcomers=parts.registration,
    )


def _events() -> tuple[type[Event], ...]:
    from finapp.auth.public import HouseholdDeleted, PersonDisabled, SessionEnded

    return SessionEnded, PersonDisabled, HouseholdDeleted


plug = Plug(
    name="auth",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("auth",),
    open_paths=(
        ("POST", "/auth/register"),
        ("POST", "/auth/token"),
        ("POST", "/auth/refresh"),
        ("POST", "/auth/passkeys/sign-in/options"),
        ("POST", "/auth/passkeys/sign-in"),
        ("GET", "/auth/jwks"),
    ),
    signs=("people",),
    announces=_events,
)
