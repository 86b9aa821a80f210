"""Whether the process lives and is ready, for those who watch it."""

from starlette.responses import JSONResponse, Response

from finapp.app.assembly import Assembly
from finapp.kernel.errors import FinappError
from finapp.platform.operations import Router

_TEXTS = {"additionalProperties": {"type": "string"}, "title": "Response Live Health Live Get", "type": "object"}
# A model would be made for the first answer of every process; this one is its schema.
_LIVE = {"responses": {"200": {"content": {"application/json": {"schema": _TEXTS}}}}}


def operations(assembly: Assembly) -> Router:
    """`/health/live`, `/health/ready` and `/metrics`."""
    router = Router(tags=["platform"])

    @router.get("/health/live", openapi_extra=_LIVE)
    async def live() -> JSONResponse:
        """The process answers."""
        return JSONResponse({"status": "alive"})

    @router.get("/health/ready")
    def ready() -> Response:
        """Every context of this process can read its data; 503 when one cannot."""
        found = {name: _readable(assembly, name) for name in sorted(assembly.here)}
        status = 200 if all(found.values()) else 503
        contexts = {name: "ready" if good else "unavailable" for name, good in found.items()}
        return JSONResponse({"status": "ready" if status == 200 else "unavailable", "contexts": contexts}, status)

    @router.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        """Prometheus text format."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _readable(assembly: Assembly, name: str) -> bool:
    try:
        with assembly.databases[name].read() as connection:
            connection.exec_driver_sql("SELECT 1")
    except (FinappError, OSError, RuntimeError):
        return False
    except Exception:
        # SQLAlchemy wraps what the drivers raise; whatever it is, this context cannot be read.
        return False
    return True
