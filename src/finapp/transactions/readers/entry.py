"""One door for every statement file."""

import io

from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement
from finapp.transactions.readers.delimited import open_delimited, read_whole
from finapp.transactions.readers.detection import Context


def read_statement(
    content: bytes,
    *,
    filename: str = "",
    mapping: Mapping | None = None,
    country: str | None = None,
    currency: str | None = None,
    password: str | None = None,
) -> Statement | NeedsMapping:
    """Reads a statement file of any supported format."""
    context = Context(filename=filename, country=country, currency=currency, given=mapping or Mapping())
    reading = open_delimited(io.BytesIO(content), context)
    return reading if isinstance(reading, NeedsMapping) else read_whole(reading)
