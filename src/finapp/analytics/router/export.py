"""The figures of a period as a table: CSV or XLSX."""

from collections.abc import Callable
from typing import Annotated, Literal

from starlette.responses import Response

from finapp.analytics.public import Analytics, Step
from finapp.analytics.router.scope import Where
from finapp.analytics.router.sheets import (
    Sheet,
    cash_flow_sheet,
    categories_sheet,
    merchants_sheet,
    summary_sheet,
    to_csv,
    to_xlsx,
)
from finapp.platform.answers import AsOf, Question
from finapp.platform.operations import Router
from finapp.platform.routes import given

router = Router()
Facade = Annotated[Analytics, given("analytics")]
MOST_MERCHANTS = 500
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/analytics/export", response_class=Response)
def export(
    asked: Question,
    facade: Facade,
    scope: Where,
    format: Literal["csv", "xlsx"],
    what: Literal["summary", "cashflow", "categories", "merchants"] = "cashflow",
    by: Step = "month",
    as_of: AsOf = None,
) -> Response:
    """The figures of a period with their queries. CSV has the one table `what`; XLSX has all four as sheets."""
    day, owner = asked.day(as_of), asked.owner
    make: dict[str, Callable[[], Sheet]] = {
        "cashflow": lambda: cash_flow_sheet(facade.cash_flow(owner=owner, scope=scope, by=by, as_of=day)),
        "categories": lambda: categories_sheet(facade.categories(owner=owner, scope=scope, as_of=day)),
        "merchants": lambda: merchants_sheet(
            facade.merchants(owner=owner, scope=scope, as_of=day, limit=MOST_MERCHANTS)
        ),
        "summary": lambda: summary_sheet(facade.summary(owner=owner, scope=scope, as_of=day)),
    }
    sheets: list[Sheet] = [make[what]()] if format == "csv" else [one() for one in make.values()]
    body = to_csv(sheets[0]) if format == "csv" else to_xlsx(sheets)
    name = f"{what if format == 'csv' else 'analytics'}-{day}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=_TYPES[format], headers=headers)
