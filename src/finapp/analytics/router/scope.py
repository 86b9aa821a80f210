"""Which part of the ledger a question is about, as query parameters."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from finapp.analytics.public import Scope
from finapp.kernel.months import Month
from finapp.platform.routes import checked

_MONTH = len("YYYY-MM")
Bound = Annotated[str | None, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])(-\d\d)?$")]


async def _scope(
    first: Annotated[Bound, Query(alias="from", description="A day, or a month of the household's.")] = None,
    last: Annotated[Bound, Query(alias="to", description="A day, or a month of the household's.")] = None,
    account_id: Annotated[str | None, Query(max_length=50)] = None,
    tag: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    person: Annotated[str | None, Query(max_length=50, description="The accounts that a member opened.")] = None,
    include_transfers: bool = False,
) -> Scope:
    return Scope(
        first=_day(first, "from"),
        last=_day(last, "to"),
        first_month=_month(first),
        last_month=_month(last),
        account_id=account_id,
        tag=tag,
        person=person,
        include_transfers=include_transfers,
    )


def _day(text: str | None, field: str) -> date | None:
    if text is None or len(text) == _MONTH:
        return None
    day: date = checked(field, lambda: date.fromisoformat(text))
    return day


def _month(text: str | None) -> Month | None:
    return Month(text) if text is not None and len(text) == _MONTH else None


Where = Annotated[Scope, Depends(_scope)]
