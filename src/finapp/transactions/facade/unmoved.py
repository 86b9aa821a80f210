"""Rows that change without changing what money movement pairs them by."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from finapp.transactions.domain.ledger import LedgerRow, altered
from finapp.transactions.domain.taxonomy import CARD_SPENDING_UNSEEN

CARD_BILLS = {"card_payment", CARD_SPENDING_UNSEEN}
_seen = attrgetter(
    "account_id", "date", "amount", "currency", "description", "suggested", "category_id", "category", "decided",
    "confidence", "transfer_id", "split_of",
)  # fmt: skip
_said = attrgetter("merchant_id", "merchant", "tags", "note", "status", "marked", "hidden", "flow_decided")

_spending = attrgetter("merchant_id", "flow", "flow_decided", "hidden")


def unmoved(gone: Sequence[LedgerRow], new: Sequence[LedgerRow], kinds: Mapping[str, str]) -> frozenset[str]:
    """The rows that stay with another merchant, tag, note or mark, or another word of a person on their flow.

    Rows of cards and their bills are not among them: what they mean hangs together by more than their amounts.
    """
    was = {row.id: row for row in gone}
    return frozenset(row.id for row in new if row.id in was and _stays(was[row.id], row, kinds))


def _stays(before: LedgerRow, after: LedgerRow, kinds: Mapping[str, str]) -> bool:
    if kinds.get(after.account_id) == "credit_card" or {after.suggested, after.category} & CARD_BILLS:
        return False
    return _seen(before) == _seen(after) and _said(before) != _said(after)


def spent_otherwise(gone: Sequence[LedgerRow], new: Sequence[LedgerRow], kept: frozenset[str]) -> set[str]:
    """The merchants at which rows that are `kept` are spending no longer, or are now."""
    was = {row.id: row for row in gone if row.id in kept}
    found: set[str] = set()
    for row in new:
        before = was.get(row.id)
        if before is not None and row.amount < 0 and _spending(before) != _spending(row):
            found |= {before.merchant_id, row.merchant_id}
    return found - {""}


_kept = attrgetter("account_id", "date", "confidence", "original_amount", "rate")


def standing_still(gone: Sequence[LedgerRow], new: Sequence[LedgerRow]) -> dict[str, LedgerRow]:
    """By id, as they were, the rows that are put back where they stood: they need not go.

    Rows of bills are not among them: until they are decided nothing may be told by them.
    """
    was = {row.id: row for row in gone}
    return {row.id: was[row.id] for row in new if row.id in was and _stands(was[row.id], row)}


def _stands(before: LedgerRow, after: LedgerRow) -> bool:
    if _kept(before) != _kept(after) or before.category in CARD_BILLS:
        return False
    if before.amount == after.amount:
        return before.ordinal == after.ordinal
    # With another amount a row may be another side to others: one that was a side goes.
    return before.transfer_id is None and (before.amount > 0) == (after.amount > 0)


def unspent(row: LedgerRow) -> LedgerRow:
    """The row while it is decided anew: it tells of no purchase then."""
    return altered(row, {"flow": ""}) if row.flow == "expense" else row
