"""Statements whose format names every field: rows in, a Statement out."""

from collections.abc import Iterable
from decimal import Decimal

from finapp.transactions.domain.statement import AccountHint, Opening, RejectedRow, Statement, StatementRow
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
    openings: tuple[Opening, ...] = (),
) -> Statement:
    """A statement over the days of its rows. Raises UnreadableStatement when there is not one row, and no opening."""
    kept, refused = tuple(rows), tuple(rejected)
    if not kept and not refused and not openings:
        raise UnreadableStatement("no_rows", "the file holds no transactions")
    purses = {(row.account_hint, row.currency) for row in kept} | {(one.account, one.currency) for one in openings}
    if openings and len(purses) == 1:
        opening = openings[0].amount
    days = [row.date for row in kept] or [one.on for one in openings]
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
        openings=openings,
        newest_first=len(days) > 1 and days[0] > days[-1],
    )


def joined(*texts: str | None) -> str:
    """Texts as one description, each once and in one line: a text whose words another one says is left out."""
    kept: list[tuple[str, str]] = []
    for text in texts:
        plain = " ".join((text or "").split())
        folded = plain.casefold()
        if plain and not any(_says(other, folded) for _, other in kept):
            kept = [one for one in kept if not _says(folded, one[1])]
            kept.append((plain, folded))
    return " ".join(plain for plain, _ in kept)


_CUT = 20
"""A field of at least this many characters that another one continues was cut off at its width."""


def _says(text: str, part: str) -> bool:
    """Whether `text` holds `part` as whole words, or continues it: `Vermieter` does not say `Miete`."""
    if len(part) >= _CUT and text.startswith(part):
        return True
    at = text.find(part)
    while at >= 0:
        end = at + len(part)
        begins = at == 0 or not (part[0].isalnum() and text[at - 1].isalnum())
        ends = end == len(text) or not (part[-1].isalnum() and text[end].isalnum())
        if begins and ends:
            return True
        at = text.find(part, at + 1)
    return False
