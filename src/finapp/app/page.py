"""The web page at `/`: built files under a strict policy; the page itself for every address that it routes."""

import mimetypes
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "web"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # The chart library sets sizes as style attributes; style elements stay forbidden.
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Names of built assets carry a digest of their content.
_FOREVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"
_NOT_PAGES = ("api", "docs", "health", "internal", "metrics", "openapi.json", "assets")


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Adds the page as the last route; without a built page `/` leads to the documentation."""
    if (built / "index.html").is_file():
        app.mount("/assets", _Assets(directory=built / "assets"), name="page-assets")
        app.router.routes.append(_Page(built))
    else:
        app.add_api_route("/", _documentation, include_in_schema=False)


async def _documentation() -> Response:
    return RedirectResponse("/docs")


class _Assets(StaticFiles):
    """Files whose names change with their content; the build has compressed them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        packed = f"{path}.gz"
        if _takes_gzip(scope) and (Path(str(self.directory)) / packed).is_file():
            response = await super().get_response(packed, scope)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = mimetypes.guess_type(path)[0] or "application/octet-stream"
        else:
            response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = _FOREVER
            response.headers["Vary"] = "Accept-Encoding"
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _takes_gzip(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


class _Page(Route):
    """Answers GET for whatever no other route took: a file beside the page, or the page, which routes by itself."""

    def __init__(self, built: Path) -> None:
        super().__init__("/{path:path}", self._answer, methods=["GET"], include_in_schema=False)
        self._built = built
        self._files = {found.name: found for found in built.iterdir() if found.is_file() and found.suffix != ".gz"}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leaves the addresses of the API and of its companions to their own 404."""
        first = str(scope.get("path", "")).lstrip("/").split("/")[0]
        if first in _NOT_PAGES:
            return Match.NONE, {}
        return super().matches(scope)

    async def _answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        found = self._files.get(path)
        if found is None and "." in path.rsplit("/", 1)[-1]:
            raise HTTPException(404)
        headers = {**_HEADERS, "Cache-Control": _ASK_FIRST}
        return FileResponse(found or self._files["index.html"], headers=headers)
