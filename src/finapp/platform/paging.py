"""Keyset cursors: opaque texts that carry the sort values of the last row shown."""

import base64
import binascii
import json

from finapp.kernel.errors import Invalid


def to_cursor(*values: str | int) -> str:
    """A cursor after the row with these sort values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def from_cursor(cursor: str, *kinds: type) -> tuple[str | int, ...]:
    """The sort values of a cursor, of exactly these types. Raises Invalid for any other text."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise Invalid("cursor", "is not a cursor that a list has given") from None
    shaped = isinstance(values, list) and len(values) == len(kinds)
    if not shaped or any(type(value) is not kind for value, kind in zip(values, kinds, strict=True)):
        raise Invalid("cursor", "is not a cursor of this list")
    return tuple(values)
