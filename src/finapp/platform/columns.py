"""Column types every context uses. SQLite tables are STRICT, so each type is stored as INTEGER or TEXT there."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, Text, TypeDecorator

from finapp.kernel import ids

_WHOLE = BigInteger().with_variant(Integer, "sqlite")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """An instant as microseconds since 1970 in UTC, as `Instant` columns hold it."""
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


class Id(TypeDecorator[str]):
    """An opaque id: 13 characters in code, a 63-bit integer in the table. A malformed text matches no row."""

    impl = _WHOLE
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else ids.to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else ids.to_text(value)


class Minor(TypeDecorator[int]):
    """An amount in integer minor units of its currency."""

    impl = _WHOLE
    cache_ok = True


class Whole(TypeDecorator[int]):
    """A whole number: a count, a version, a line."""

    impl = _WHOLE
    cache_ok = True


class Flag(TypeDecorator[bool]):
    """True or false, stored as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Day(TypeDecorator[date]):
    """A booking date, stored as `YYYY-MM-DD`; text order is time order and the first seven characters are the month."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """An instant, stored as microseconds since 1970 in UTC."""

    impl = _WHOLE
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000)


class Exact(TypeDecorator[Decimal]):
    """A Decimal that is not an amount (rate, quantity, share), stored as text and so exactly."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Blob(LargeBinary):
    """Bytes: a part of a file."""

    cache_ok = True


# Made once: `json.dumps` makes one for every value that is not written its usual way.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


_NOTHING = "[]"
"""What most columns of JSON hold."""


class Json(TypeDecorator[Any]):
    """JSON data, stored as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _JSON.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value == _NOTHING:
            return []
        return None if value is None else json.loads(value)
