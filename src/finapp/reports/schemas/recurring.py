"""Bodies about recurring payments."""

from typing import Annotated, Literal

from pydantic import Field

from finapp.platform.fields import Body, Currency, Day, Line, Money
from finapp.reports.public import RecurringRow, StreamChange

Narration = Annotated[str, Field(max_length=1000)]


class RowBody(Body):
    """One booked row; `amount` is signed from the household. Without an id, its place in the list is its id."""

    id: Line | None = None
    date: Day
    amount: Money
    description: Narration = ""
    merchant: Line | None = None
    account_id: Line | None = None
    category: Line | None = None
    flow: Literal["income", "expense", "transfer", "investment", "debt", "refund"] | None = None


class DetectBody(Body):
    """Rows in which to find streams; nothing is stored."""

    transactions: Annotated[list[RowBody], Field(max_length=200_000)]
    as_of: Day | None = None
    currency: Currency | None = None

    def rows(self) -> tuple[RecurringRow, ...]:
        """As the facade takes them."""
        return tuple(
            RecurringRow(
                id=row.id if row.id is not None else str(number),
                date=row.date,
                amount=row.amount,
                description=row.description,
                merchant=row.merchant,
                account_id=row.account_id,
                category=row.category,
                flow=row.flow,
            )
            for number, row in enumerate(self.transactions)
        )


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
