"""Which purchase a refund, a reversal or a reimbursement is of.

What came back is a refund whether or not its purchase is found (see deciding); finding it changes no sum, so it is
asked when somebody looks and costs no write.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
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
_SHARES: Final = tuple(
    (weight, parts, of, f"{parts}/{of}")
    for weight, parts, of in ((0.2, 1, 2), (0.1, 1, 3), (0.1, 2, 3), (0.1, 1, 4), (0.1, 3, 4))
)
"""What a plain share weighs, its parts, of how many, and its name."""
_OF_NAMES: Final = {"same_merchant": 0.35, "same_name": 0.25, None: 0.0}
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
                links.append(_link(row, best))
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
    bought: LightRow
    exact: bool
    share: str | None
    """The plain share of the purchase that came back."""
    ties: "_Ties"

    @property
    def is_sure(self) -> bool:
        """Whether it came back whole, or prints the reference of the purchase."""
        return self.exact or self.ties.reference is not None


class _Ties(NamedTuple):
    """What ties a row to a purchase beside its amount and day."""

    name: Literal["same_merchant", "same_name"] | None
    reference: str | None
    address: bool


def _candidates(row: LightRow, purchases: Sequence[LightRow], rejected: frozenset[frozenset[str]]) -> list[_Candidate]:
    says_refund, says_claim = evidence.says_refund(row), evidence.says_claim(row)
    found = []
    for bought in purchases:
        paid, days = -bought.amount, (row.date - bought.date).days
        if paid < row.amount or not 0 <= days <= WINDOW.days:
            continue
        exact, ties = row.amount == paid, _tied(row, bought)
        claimed = exact and says_claim
        if not (claimed or any(ties)) or (rejected and frozenset((bought.id, row.id)) in rejected):
            continue
        weight, share = (0.45, None) if exact else _of_part(row.amount, paid)
        score = weight + _OF_NAMES[ties.name] + 0.3 * (ties.reference is not None) + 0.3 * ties.address
        score += 0.1 * says_refund
        score += 0.2 * claimed
        score += 0.05 * (row.account_id == bought.account_id)
        score -= 0.1 * days / WINDOW.days
        if score >= (_LINKS_FROM if exact else _PARTS_FROM):
            confidence = min(round(score, 4), _SUREST)
            found.append(_Candidate(confidence, -days, bought.id, bought, exact, share, ties))
    return found


def _whole(found: Sequence[_Candidate]) -> _Candidate | None:
    """The purchase that came back whole, or the one whose reference the row prints."""
    return max((each for each in found if each.is_sure), default=None, key=_likelihood)


def _part(found: Sequence[_Candidate]) -> _Candidate | None:
    """The purchase of a part: one of which it is a plain share, else the only one, or the only one of late."""
    shares = [each for each in found if each.share is not None]
    if shares:
        return max(shares, key=_likelihood)
    lately = [each for each in found if each.days_before >= -_LATELY.days]
    # A part of one of several purchases: nothing tells of which, so nothing is said.
    only = lately if len(lately) == 1 else found
    return only[0] if len(only) == 1 else None


def _likelihood(candidate: _Candidate) -> tuple[float, int, str]:
    return candidate[:3]


def _link(row: LightRow, found: _Candidate) -> Link:
    """The link with its evidence, which is written for what was chosen only: a row may have hundreds of candidates."""
    ties, days = found.ties, -found.days_before
    claimed = found.exact and evidence.says_claim(row)
    told = (
        ("amount", found.exact),
        (f"part:{round(row.amount / -found.bought.amount, 2)}", not found.exact),
        (f"share:{found.share}", found.share is not None),
        (f"days:{days}", True),
        (str(ties.name), ties.name is not None),
        (f"same_reference:{ties.reference}", ties.reference is not None),
        ("same_address", ties.address),
        ("says_refund", evidence.says_refund(row)),
        ("says_reimbursement", claimed),
    )
    kind: LinkKind = "refund"
    if claimed:
        kind = "reimbursement"
    elif found.exact and days <= _REVERSED.days and _REVERSAL.search(evidence.described(row).text):
        kind = "reversal"
    because = tuple(code for code, holds in told if holds)
    sides = {"out_id": found.out_id, "in_id": row.id}
    return Link(**sides, kind=kind, confidence=found.confidence, confirmed=False, evidence=because)


def _tied(row: LightRow, bought: LightRow) -> _Ties:
    name: Literal["same_merchant", "same_name"] | None = None
    if row.merchant_key and row.merchant_key == bought.merchant_key:
        name = "same_merchant"
    elif _share_a_name(row, bought):
        name = "same_name"
    came, went = printed(row.description), printed(bought.description)
    reference = min(came.references & went.references, default=None) if came.references else None
    return _Ties(name, reference, not came.addresses.isdisjoint(went.addresses))


def _of_part(amount: Decimal, bought: Decimal) -> tuple[float, str | None]:
    """What a part of a purchase weighs: one of two, three or four equal things bought at once more than any other."""
    for weight, parts, of, share in _SHARES:
        if abs(amount * of - bought * parts) <= _ROUNDING * of:
            return 0.2 + weight, share
    return 0.2, None


def _share_a_name(row: LightRow, bought: LightRow) -> bool:
    """Whether both narrations name one payee. Where each prints its own merchant, a town may be what they share."""
    if _prints(row, bought.merchant_key) or _prints(bought, row.merchant_key):
        return True
    apart = bool(row.merchant_key) and _prints(row, row.merchant_key) and _prints(bought, bought.merchant_key)
    return not apart and parties.share_a_name(row, bought)


def _prints(row: LightRow, merchant_key: str) -> bool:
    """Whether a word of a narration is a merchant, or the beginning of its name."""
    return merchant_key.startswith(printed(row.description).words)
