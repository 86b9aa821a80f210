"""Statements whose format names every field: rows in, a Statement out."""

from collections.abc import Iterable
from decimal import Decimal

from finapp.transactions.domain.statement import AccountHint, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.errors import UnreadableStatement


def statement_of(
    format: str,
    rows: Iterable[StatementRow],
    rejected: Iterable[RejectedRow] = (),
    *,
    layout: str = "",
    account: AccountHint | None = None,
    opening: Decimal | None = None,
    closing: Decimal | None = None,
    warnings: tuple[str, ...] = (),
) -> Statement:
    """A statement over the days of its rows. Raises UnreadableStatement when there is not one row."""
    kept, refused = tuple(rows), tuple(rejected)
    if not kept and not refused:
        raise UnreadableStatement("no_rows", "the file holds no transactions")
    days = [row.date for row in kept]
    return Statement(
        format=format,
        layout=layout or format,
        account=account or AccountHint(),
        opening_balance=opening,
        closing_balance=closing,
        first=min(days, default=None),
        last=max(days, default=None),
        rows=kept,
        rejected=refused,
        warnings=warnings,
        newest_first=len(days) > 1 and days[0] > days[-1],
    )


def joined(*texts: str | None) -> str:
    """Texts as one description, each once and in one line."""
    kept: list[str] = []
    for text in texts:
        plain = " ".join((text or "").split())
        if plain and not any(plain.casefold() in other.casefold() for other in kept):
            kept = [other for other in kept if other.casefold() not in plain.casefold()] + [plain]
    return " ".join(kept)
