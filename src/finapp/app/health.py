"""Whether the process lives and is ready, for those who watch it."""

from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response

from finapp.app.assembly import Assembly
from finapp.kernel.errors import FinappError


def install(app: FastAPI, assembly: Assembly) -> None:
    """Adds `/health/live`, `/health/ready` and `/metrics`."""

    @app.get("/health/live", tags=["platform"])
    async def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "alive"}

    @app.get("/health/ready", tags=["platform"])
    def ready() -> Response:
        """Every context of this process can read its data; 503 when one cannot."""
        found = {name: _readable(assembly, name) for name in sorted(assembly.here)}
        status = 200 if all(found.values()) else 503
        contexts = {name: "ready" if good else "unavailable" for name, good in found.items()}
        return JSONResponse({"status": "ready" if status == 200 else "unavailable", "contexts": contexts}, status)

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        """Prometheus text format."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


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
