"""Bodies of accounts, rows and categories."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Prose, Rate
from finapp.transactions.public import (
    AccountChanges,
    AccountKind,
    CategoryChanges,
    CategoryDecision,
    Flow,
    Need,
    NewAccount,
    NewCategory,
    NewTransaction,
    Status,
    TransactionChanges,
    UnlabelledRow,
)

Identifier = Annotated[str, Field(min_length=1, max_length=64)]
Last4 = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{2,4}$")]
Tags = Annotated[list[Annotated[Line, Field(max_length=50)]], Field(max_length=50)]
_FORGETTABLE: tuple[str, ...] = ("category_id", "flow", "need", "rate")
_ORIGINAL: tuple[str, ...] = ("original_amount", "original_currency")
ExchangeRate = Annotated[Number, Field(gt=0)]
Description = Annotated[Prose, Field(min_length=1, max_length=1000)]


def unique_tags(tags: list[str]) -> tuple[str, ...]:
    """Each tag once, in order."""
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class AccountBody(Body):
    """An account to open."""

    name: Line
    kind: AccountKind
    currency: Currency
    institution: Line | None = None
    number_last4: Last4 | None = None
    opening_balance: Money = Decimal(0)
    interest_rate: Rate | None = None

    def value(self) -> NewAccount:
        """As transactions takes it."""
        return NewAccount(**self.model_dump())


class AccountChangesBody(Body):
    """Changes of an account; what is left out stays."""

    name: Line | None = None
    kind: AccountKind | None = None
    institution: Line | None = None
    number_last4: Last4 | None = None
    opening_balance: Money | None = None
    interest_rate: Rate | None = None

    def value(self) -> AccountChanges:
        """As transactions takes it."""
        return AccountChanges(**self.model_dump())


class TransactionBody(Body):
    """A row entered by hand."""

    account_id: Identifier
    date: Day
    amount: Money
    description: Description
    category_id: Identifier | None = None
    tags: Tags = Field(default_factory=list)
    note: Prose | None = None
    status: Status = "posted"

    original_amount: Money | None = None
    original_currency: Currency | None = None
    rate: ExchangeRate | None = None

    def value(self) -> NewTransaction:
        """As transactions takes it."""
        return NewTransaction(**{**self.model_dump(), "tags": unique_tags(self.tags)})


class TransactionChangesBody(Body):
    """Changes of a row; what is left out stays."""

    date: Day | None = None
    amount: Money | None = None
    description: Description | None = None
    category_id: Identifier | None = None
    flow: Flow | None = None
    need: Need | None = None
    tags: Tags | None = None
    note: Prose | None = None
    status: Status | None = None
    marked: bool | None = None
    hidden: bool | None = None
    original_amount: Money | None = None
    original_currency: Currency | None = None
    rate: ExchangeRate | None = None

    def value(self) -> TransactionChanges:
        """As transactions takes it. A category, flow, need or rate of null is decided by the product again.

        An original amount or currency of null takes away all that was said of a payment abroad.
        Raises Invalid for null where a row must have a value.
        """
        nulls = {name for name in self.model_fields_set if getattr(self, name) is None}
        for name in sorted(nulls - {*_FORGETTABLE, *_ORIGINAL, "note", "tags"}):
            raise Invalid(name, "cannot be null: leave it out to keep it")
        forget = [name for name in _FORGETTABLE if name in nulls] + ["original"] * bool(nulls & {*_ORIGINAL})
        values: dict[str, Any] = {**self.model_dump(), "forget": tuple(forget)}
        values["tags"] = () if "tags" in nulls else None if self.tags is None else unique_tags(self.tags)
        values["note"] = "" if "note" in nulls else self.note
        return TransactionChanges(**values)


class CategoryBody(Body):
    """A category of the household's own."""

    name: Line
    parent_id: Identifier
    need: Need | None = None

    def value(self) -> NewCategory:
        """As transactions takes it."""
        return NewCategory(**self.model_dump())


class CategoryChangesBody(Body):
    """Changes of a category."""

    name: Line | None = None
    need: Need | None = None

    def value(self) -> CategoryChanges:
        """As transactions takes it."""
        return CategoryChanges(**self.model_dump())


class UnlabelledBody(Body):
    """A row to categorize."""

    date: Day
    amount: Money
    description: Annotated[Prose, Field(max_length=2000)]
    mcc: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None


class SuggestBody(Body):
    """Rows to categorize without storing them."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    currency: Currency | None = None
    transactions: Annotated[list[UnlabelledBody], Field(max_length=10_000)]

    def rows(self) -> tuple[UnlabelledRow, ...]:
        """As transactions takes them."""
        return tuple(
            UnlabelledRow(date=row.date, amount=row.amount, description=row.description, mcc=row.mcc)
            for row in self.transactions
        )


class CategoryDecisionBody(Body):
    """A word on one row's category; without `category_id` the one it has is accepted."""

    transaction_id: Identifier
    category_id: Identifier | None = None


class DecisionsBody(Body):
    """Words on the categories of many rows."""

    decisions: Annotated[list[CategoryDecisionBody], Field(min_length=1, max_length=1_000)]

    def value(self) -> tuple[CategoryDecision, ...]:
        """As transactions takes them."""
        return tuple(CategoryDecision(**decision.model_dump()) for decision in self.decisions)


Sort = Literal["date", "-date", "amount", "-amount"]
