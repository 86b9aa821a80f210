"""The filter of lists of rows, as query parameters."""

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Day, Money
from finapp.platform.routes import Search
from finapp.transactions.public import Status, TransactionFilter
from finapp.transactions.schemas import Sort

_FLOWS = ("income", "expense", "transfer", "investment", "debt", "refund")
_NEEDS = ("essential", "discretionary")


class Asked(BaseModel):
    """The filter of a list, as query parameters. Several kinds or needs are separated by commas."""

    model_config = ConfigDict(frozen=True)

    account_id: str | None = None
    category_id: str | None = None
    merchant_id: str | None = None
    tag: str | None = None
    first: Day | None = None
    last: Day | None = None
    min_amount: Money | None = None
    max_amount: Money | None = None
    kind: str | None = None
    need: str | None = None
    status: Status | None = None
    q: str | None = None
    asks: bool | None = None
    import_id: str | None = None
    person: str | None = None
    sort: Sort = "-date"

    def value(self) -> TransactionFilter:
        """As transactions takes it. Raises Invalid for an unknown kind or need, and for an end before its begin."""
        if self.first is not None and self.last is not None and self.first > self.last:
            raise Invalid("from", f"lies after to, {self.last}")
        if self.min_amount is not None and self.max_amount is not None and self.min_amount > self.max_amount:
            raise Invalid("min_amount", f"is larger than max_amount, {self.max_amount}")
        plain = self.model_dump(exclude={"kind", "need", "q", "sort"})
        flows: Any = _listed("kind", self.kind, _FLOWS)
        needs: Any = _listed("need", self.need, _NEEDS)
        return TransactionFilter(**plain, flows=flows, needs=needs, query=self.q, order=self.sort)


def _listed(field: str, text: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",")) if text is not None else ()
    for part in found:
        if part not in known:
            raise Invalid(field, f"{part!r} is not one of {', '.join(known)}")
    return found


async def _asked(
    account_id: str | None = None,
    category_id: str | None = None,
    merchant_id: str | None = None,
    tag: str | None = None,
    first: Annotated[Day | None, Query(alias="from")] = None,
    last: Annotated[Day | None, Query(alias="to")] = None,
    min_amount: Money | None = None,
    max_amount: Money | None = None,
    kind: Annotated[str | None, Query(max_length=100)] = None,
    need: Annotated[str | None, Query(max_length=100)] = None,
    status: Status | None = None,
    q: Search = None,
    asks: bool | None = None,
    import_id: str | None = None,
    person: Annotated[str | None, Query(max_length=50)] = None,
    sort: Sort = "-date",
) -> Asked:
    return Asked(**locals())


Where = Annotated[Asked, Depends(_asked)]
