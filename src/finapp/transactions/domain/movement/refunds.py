"""Which purchase a refund, a reversal or a reimbursement is of.

What came back is a refund whether or not its purchase is found (see deciding); finding it changes no sum, so it is
asked when somebody looks and costs no write.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.shelf import Shelf, printed
from finapp.transactions.domain.movement.values import LightRow

LinkKind = Literal["refund", "reversal", "reimbursement"]
WINDOW: Final = timedelta(days=120)
"""How long after a purchase a shop takes it back."""
_REVERSED: Final = timedelta(days=5)
_LATELY: Final = timedelta(days=30)
_LINKS_FROM: Final = 0.6
_PARTS_FROM: Final = 0.5
"""A part is asked for less: whether anything is said depends on how many purchases it could be of."""
_SHARES: Final = ((0.2, Fraction(1, 2)), *((0.1, Fraction(*each)) for each in ((1, 3), (2, 3), (1, 4), (3, 4))))
_ROUNDING: Final = Decimal("0.01")
_SUREST: Final = 0.99
_REVERSAL: Final = re.compile(
    r"\b(?:REV(?:ERSAL|ERSED|SL)?|RVSL|UPI-?REV|STORNO|RUECKBUCHUNG|RÜCKBUCHUNG|CHARGEBACK|FAILED)\b"
)


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
    shelf = Shelf(purchases)
    waiting = sorted((row for row in returned if row.id not in linked), key=lambda row: (row.date, row.id))
    candidates = {row.id: _candidates(row, shelf.like(row), rejected) for row in waiting}
    # What came back whole is settled before any part: a part fits many purchases.
    for choose in (_whole, _part):
        for row in waiting:
            if row.id in linked:
                continue
            best = choose([each for each in candidates[row.id] if left[each.out_id] >= row.amount])
            if best is not None:
                links.append(best)
                linked.add(row.id)
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


class _Candidate(NamedTuple):
    """A purchase that a row may be of; of equals, the newer one is the larger."""

    confidence: float
    days_before: int
    """Negative: so many days before the row."""
    out_id: str
    link: Link

    def says(self, code: str) -> bool:
        """Whether a code stands in the evidence, with whatever facts behind it."""
        return any(each.partition(":")[0] == code for each in self.link.evidence)


def _candidates(row: LightRow, purchases: Sequence[LightRow], rejected: frozenset[frozenset[str]]) -> list[_Candidate]:
    found = []
    for bought in purchases:
        days = (row.date - bought.date).days
        smaller = -bought.amount < row.amount
        if smaller or not 0 <= days <= WINDOW.days or frozenset((bought.id, row.id)) in rejected:
            continue
        link = _weighed(row, bought, days)
        if link is not None:
            found.append(_Candidate(link.confidence, -days, bought.id, link))
    return found


def _whole(found: Sequence[_Candidate]) -> Link | None:
    """The purchase that came back whole, or the one whose reference the row prints."""
    sure = [each for each in found if each.says("amount") or each.says("same_reference")]
    return max(sure).link if sure else None


def _part(found: Sequence[_Candidate]) -> Link | None:
    """The purchase of a part: one of which it is a plain share, else the only one, or the only one of late."""
    shares = [each for each in found if each.says("share")]
    if shares:
        return max(shares).link
    lately = [each for each in found if each.days_before >= -_LATELY.days]
    # A part of one of several purchases: nothing tells of which, so nothing is said.
    only = lately if len(lately) == 1 else found
    return only[0].link if len(only) == 1 else None


def _weighed(row: LightRow, bought: LightRow, days: int) -> Link | None:
    exact = row.amount == -bought.amount
    score, because = (0.45, ["amount"]) if exact else _of_part(row.amount, -bought.amount)
    because.append(f"days:{days}")
    if row.merchant_key and row.merchant_key == bought.merchant_key:
        score += 0.35
        because.append("same_merchant")
    elif _share_a_name(row, bought):
        score += 0.25
        because.append("same_name")
    came, went = printed(row.description), printed(bought.description)
    references = came.references & went.references
    if references:
        score += 0.3
        because.append(f"same_reference:{min(references)}")
    address = came.addresses & went.addresses
    if address:
        score += 0.3
        because.append("same_address")
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
    named = claimed or references or address or {"same_merchant", "same_name"} & set(because)
    if score < (_LINKS_FROM if exact else _PARTS_FROM) or not named:
        return None
    kind: LinkKind = "refund"
    if claimed:
        kind = "reimbursement"
    elif exact and days <= _REVERSED.days and _REVERSAL.search(evidence.described(row).text):
        kind = "reversal"
    confidence = min(round(score, 4), _SUREST)
    sides = {"out_id": bought.id, "in_id": row.id}
    return Link(**sides, kind=kind, confidence=confidence, confirmed=False, evidence=tuple(because))


def _of_part(amount: Decimal, bought: Decimal) -> tuple[float, list[str]]:
    """What a part of a purchase weighs: one of two, three or four equal things bought at once more than any other."""
    because = [f"part:{round(amount / bought, 2)}"]
    for weight, share in _SHARES:
        if abs(amount - bought * share.numerator / share.denominator) <= _ROUNDING:
            return 0.2 + weight, [*because, f"share:{share}"]
    return 0.2, because


def _share_a_name(row: LightRow, bought: LightRow) -> bool:
    """Whether both narrations name one payee. Where each prints its own merchant, a town may be what they share."""
    if _prints(row, bought.merchant_key) or _prints(bought, row.merchant_key):
        return True
    apart = bool(row.merchant_key) and _prints(row, row.merchant_key) and _prints(bought, bought.merchant_key)
    return not apart and parties.share_a_name(row, bought)


def _prints(row: LightRow, merchant_key: str) -> bool:
    """Whether a word of a narration is a merchant, or the beginning of its name."""
    return merchant_key.startswith(printed(row.description).words)
