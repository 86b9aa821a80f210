"""auth, as the application mounts it."""

from finapp.auth.facade import AccessTokens, LocalAuth
from finapp.auth.public import Auth, HouseholdDeleted, PersonDisabled, SessionEnded
from finapp.auth.router import router
from finapp.auth.tables import metadata
from finapp.platform.plugs import Parts, Plug


def _build(parts: Parts) -> LocalAuth:
    return LocalAuth(
        database=parts.database,
        clock=parts.clock,
        tokens=AccessTokens(parts.keys),
        open_to_newcomers=parts.registration,
    )


plug = Plug(
    name="auth",
    protocol=Auth,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("auth",),
    open_paths=(
        ("POST", "/auth/register"),
        ("POST", "/auth/token"),
        ("POST", "/auth/refresh"),
        ("POST", "/auth/passkeys/sign-in/options"),
        ("POST", "/auth/passkeys/sign-in"),
        ("GET", "/auth/jwks"),
    ),
    announces=(SessionEnded, PersonDisabled, HouseholdDeleted),
)
