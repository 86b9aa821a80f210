"""The API's documentation at `/docs`, served without the network and without inline scripts."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)


def install(app: FastAPI) -> None:
    """Adds the page, its initialiser and the scripts of Swagger UI."""
    app.add_api_route("/docs", _page, include_in_schema=False)
    app.add_api_route("/docs/init.js", _initialiser, include_in_schema=False)
    static = str(files("fastapi_offline") / "static")
    app.mount("/docs/static", StaticFiles(directory=static), name="docs-static")


async def _page() -> Response:
    return FileResponse(_HERE / "page.html", headers={"Content-Security-Policy": _POLICY})


async def _initialiser() -> Response:
    return FileResponse(_HERE / "init.js", media_type="text/javascript")
