"""A row of a statement, as the categorizer looks at it."""

import re

from finapp.transactions.domain.categorizer import Line
from finapp.transactions.domain.statement import StatementRow

_CASH = re.compile(
    r"(?i)\W*(?:atm|cash|cpt|bargeldausz|geldautomat|retrait|prelievo|prelevamento|geldopname"
    r"|geldautomaat|geldmaat|reintegro|cajero|levantamento)(?![a-z ]*(?:deposit|back|advance))"
)
"""How banks call a cash withdrawal in the column of the kind of entry (`ATM` and `CASH` are OFX's)."""
_CASH_CODE = "6011"
"""ISO 18245: automated cash disbursement."""


def line_of(row: StatementRow) -> Line:
    """What the categorizer sees of a row."""
    return Line(description=row.description, amount=row.amount, mcc=row.mcc or _code_of_kind(row))


def _code_of_kind(row: StatementRow) -> str | None:
    """The merchant category code that the bank's word for the entry stands for: the text may name only the place."""
    return _CASH_CODE if row.amount < 0 and row.kind and _CASH.match(row.kind) else None
