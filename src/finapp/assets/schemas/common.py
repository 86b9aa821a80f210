"""Field types and shapes that several bodies share."""

from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")
Id = Annotated[str, Field(min_length=13, max_length=13)]
Name = Annotated[str, Field(max_length=200)]
Months = Annotated[int, Field(ge=1, le=1200)]
Moratorium = Literal["capitalise", "accrue", "interest_only"]
BrokenPeriod = Literal["level", "separate"]
Keep = Literal["instalment", "end_date"]
ZERO = Decimal(0)


class Listed(BaseModel, Generic[T]):
    """A list that is always shown whole."""

    items: tuple[T, ...]
    next_cursor: str | None = None
