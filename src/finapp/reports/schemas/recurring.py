"""Bodies about recurring payments."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, WithJsonSchema, with_config
from typing_extensions import TypedDict

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, ByParts, Currency, Day, Line
from finapp.reports.public import RecurringRows, StreamChange

Narration = Annotated[str, Field(max_length=1000)]
_Short = Annotated[str, Field(min_length=1, max_length=200)]
_MoneyShape = WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,8})?$"})
_MoneyText = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,8})?$"), _MoneyShape]
_DayText = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), WithJsonSchema({"type": "string", "format": "date"})
]

_DAY: TypeAdapter[date] = TypeAdapter(Day)


@with_config(ConfigDict(extra="forbid", strict=True))
class RowBody(TypedDict):
    """One booked row; `amount` is signed from the household. Without an id, its place in the list is its id.

    Texts that are checked without leaving the validator, since a hundred thousand rows come at once.
    """

    id: NotRequired[_Short | None]
    date: _DayText
    amount: _MoneyText
    description: NotRequired[Narration]
    merchant: NotRequired[_Short | None]
    account_id: NotRequired[_Short | None]
    category: NotRequired[_Short | None]
    flow: NotRequired[Literal["income", "expense", "transfer", "investment", "debt", "refund"] | None]


class DetectBody(Body):
    """Rows in which to find streams; nothing is stored."""

    transactions: Annotated[list[RowBody], ByParts, Field(max_length=200_000)]
    as_of: Day | None = None
    currency: Currency | None = None

    def rows(self) -> RecurringRows:
        """As the facade takes them. Raises Invalid for a day that the calendar does not have."""
        given = self.transactions
        days: dict[str, date] = {}
        for number, row in enumerate(given):
            if row["date"] not in days:
                days[row["date"]] = _day(row["date"], f"transactions.{number}.date")
        return RecurringRows(
            ids=tuple(row.get("id") or str(number) for number, row in enumerate(given)),
            dates=tuple(days[row["date"]] for row in given),
            amounts=tuple(Decimal(row["amount"]) for row in given),
            descriptions=tuple(row.get("description", "") for row in given),
            merchants=tuple(row.get("merchant") for row in given),
            account_ids=tuple(row.get("account_id") for row in given),
            categories=tuple(row.get("category") for row in given),
            flows=tuple(row.get("flow") for row in given),
        )


def _day(text: str, field: str) -> date:
    try:
        return _DAY.validate_python(text)
    except ValidationError as fault:
        raise Invalid(field, "is not a day of the calendar between 1900 and 2199") from fault


class StreamBody(Body):
    """The household's word on a stream: confirm it, dismiss it for good, give it a name. Null takes a decision back."""

    decision: Literal["confirmed", "dismissed"] | None = None
    name: Line | None = None

    def value(self) -> StreamChange:
        """As the facade takes it."""
        cleared = "decision" in self.model_fields_set and self.decision is None
        return StreamChange(decision=self.decision, name=self.name, clear_decision=cleared)


class MergeBody(Body):
    """Streams that are one."""

    stream_ids: Annotated[list[Line], Field(min_length=2, max_length=20)]


class SplitBody(Body):
    """Rows of a stream that are a stream of their own."""

    transaction_ids: Annotated[list[Line], Field(min_length=2, max_length=1000)]
