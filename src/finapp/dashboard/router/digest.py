"""Digests over HTTP: as data, as plain text, as a page to print."""

from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from finapp.dashboard.domain.digest import as_html, as_text
from finapp.dashboard.public import Dashboard, Digest
from finapp.platform.answers import AsOf, Question
from finapp.platform.operations import Router
from finapp.platform.routes import adapter, given

router = Router()
Facade = Annotated[Dashboard, given("dashboard")]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
Format = Literal["json", "html", "text"]


@router.get("/dashboard/digest", response_model=Digest)
def digest(
    asked: Question,
    facade: Facade,
    period: Literal["week", "month"] = "week",
    format: Format = "json",
    as_of: AsOf = None,
) -> Response:
    """The last whole week or month in short."""
    return _written(facade.digest(owner=asked.owner, period=period, as_of=asked.day(as_of)), format)


@router.get("/dashboard/year-end", response_model=Digest)
def year_end(
    asked: Question,
    facade: Facade,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    format: Format = "html",
    as_of: AsOf = None,
) -> Response:
    """A year in short, as a page to print; the last whole one when none is named."""
    return _written(facade.digest(owner=asked.owner, period="year", year=year, as_of=asked.day(as_of)), format)


def _written(found: Digest, as_: Format) -> Response:
    if as_ == "json":
        return Response(adapter(Digest).dump_json(found), media_type="application/json")
    if as_ == "text":
        return PlainTextResponse(as_text(found))
    return HTMLResponse(
        as_html(found), headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    )
