"""Which purchase a refund, a reversal or a reimbursement is of.

What came back is a refund whether or not its purchase is found (see deciding); finding it changes no sum, so it is
asked when somebody looks and costs no write.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final, Literal

from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.values import LightRow

LinkKind = Literal["refund", "reversal", "reimbursement"]
WINDOW: Final = timedelta(days=120)
"""How long after a purchase a shop takes it back."""
_REVERSED: Final = timedelta(days=5)
_LINKS_FROM: Final = 0.6
_SUREST: Final = 0.99
_REVERSAL: Final = re.compile(
    r"\b(?:REV(?:ERSAL|ERSED|SL)?|RVSL|UPI-?REV|STORNO|RUECKBUCHUNG|RÜCKBUCHUNG|CHARGEBACK|FAILED)\b"
)
_REFERENCE: Final = re.compile(r"\d{9,}")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A purchase and what came back of it."""

    out_id: str
    in_id: str
    kind: LinkKind
    confidence: float
    confirmed: bool
    evidence: tuple[str, ...]


def links_among(
    returned: Sequence[LightRow],
    purchases: Sequence[LightRow],
    *,
    said: Mapping[frozenset[str], LinkKind],
    rejected: frozenset[frozenset[str]],
) -> tuple[Link, ...]:
    """The purchase of each row that came back: what a person said first, then the likeliest, oldest rows first.

    A refund is of one purchase; together the refunds of a purchase are not more than it.
    """
    links = list(_confirmed(returned, purchases, said))
    linked = {link.in_id for link in links}
    left = {row.id: -row.amount for row in purchases}
    amounts = {row.id: row.amount for row in returned}
    for link in links:
        left[link.out_id] -= amounts[link.in_id]
    by_currency: dict[str, list[LightRow]] = defaultdict(list)
    for row in purchases:
        by_currency[row.currency].append(row)
    for row in sorted(returned, key=lambda row: (row.date, row.id)):
        if row.id in linked:
            continue
        best = _best(row, by_currency[row.currency], left, rejected)
        if best is not None:
            links.append(best)
            left[best.out_id] -= row.amount
    return tuple(links)


def _confirmed(
    returned: Iterable[LightRow], purchases: Iterable[LightRow], said: Mapping[frozenset[str], LinkKind]
) -> Iterable[Link]:
    ins, outs = {row.id for row in returned}, {row.id for row in purchases}
    for ids, kind in sorted(said.items(), key=lambda item: sorted(item[0])):
        out, into = ids & outs, ids & ins
        if len(out) == len(into) == 1:
            sides = {"out_id": min(out), "in_id": min(into)}
            yield Link(**sides, kind=kind, confidence=1.0, confirmed=True, evidence=("confirmed",))


def _best(
    row: LightRow, purchases: Sequence[LightRow], left: Mapping[str, Decimal], rejected: frozenset[frozenset[str]]
) -> Link | None:
    found = []
    for bought in purchases:
        days = (row.date - bought.date).days
        if not 0 <= days <= WINDOW.days or left[bought.id] < row.amount or frozenset((bought.id, row.id)) in rejected:
            continue
        link = _weighed(row, bought, days)
        if link is not None:
            found.append((link.confidence, -days, bought.id, link))
    exact = [each for each in found if "amount" in each[3].evidence or each[0] > _LINKS_FROM + 0.2]
    # A part of one of several purchases: nothing tells of which, so nothing is said.
    return max(exact or found)[3] if exact or len(found) == 1 else None


def _weighed(row: LightRow, bought: LightRow, days: int) -> Link | None:
    exact = row.amount == -bought.amount
    score, because = (0.45, ["amount"]) if exact else (0.2, [f"part:{round(row.amount / -bought.amount, 2)}"])
    because.append(f"days:{days}")
    if row.merchant_key and row.merchant_key == bought.merchant_key:
        score += 0.35
        because.append("same_merchant")
    elif parties.share_a_name(row, bought):
        score += 0.25
        because.append("same_name")
    references = set(_REFERENCE.findall(row.description)) & set(_REFERENCE.findall(bought.description))
    if references:
        score += 0.3
        because.append(f"same_reference:{min(references)}")
    if evidence.says_refund(row):
        score += 0.1
        because.append("says_refund")
    claimed = evidence.says_claim(row) and exact
    if claimed:
        score += 0.2
        because.append("says_reimbursement")
    if row.account_id == bought.account_id:
        score += 0.05
    score -= 0.1 * days / WINDOW.days
    if score < _LINKS_FROM or not (claimed or references or {"same_merchant", "same_name"} & set(because)):
        return None
    kind: LinkKind = "refund"
    if claimed:
        kind = "reimbursement"
    elif exact and days <= _REVERSED.days and _REVERSAL.search(evidence.described(row).text):
        kind = "reversal"
    confidence = min(round(score, 4), _SUREST)
    sides = {"out_id": bought.id, "in_id": row.id}
    return Link(**sides, kind=kind, confidence=confidence, confirmed=False, evidence=tuple(because))
