"""New rows on their way into the ledger: those that are decided alike are decided once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from operator import attrgetter

from finapp.kernel.money import from_minor
from finapp.transactions.domain import movement
from finapp.transactions.domain.ledger import LedgerRow, OwnCategory, light
from finapp.transactions.domain.movement import Household, LightRow, Lookups, Spent

_state = attrgetter(
    "account_id", "suggested", "category_id", "category", "confidence", "decided", "flow_decided", "hidden", "flow",
    "need", "reason", "asks", "transfer_id",
)  # fmt: skip


@dataclass(kw_only=True)
class Gathered:
    """Rows, and by whose decision each of them is decided."""

    rows: list[LedgerRow] = field(default_factory=list)
    """Those that have to be looked at."""
    seen: list[LightRow] = field(default_factory=list)
    """These as money movement sees them."""
    follows: list[int] = field(default_factory=list)
    """For each of all rows, the position in `rows` of the one that it is decided with."""
    spent: dict[str, Spent] = field(default_factory=dict)
    """What the rows that are not looked at spent at each merchant."""

    def lookups(
        self, household: Household, gone: Sequence[LightRow], alone: Sequence[LightRow], kept: frozenset[str]
    ) -> Lookups:
        """Which stored rows may change by these and by rows that are gone, `alone` of which had no other side.

        Rows that are `kept` have the other side they had.
        """
        moved = [row for row in self.seen if row.id not in kept] if kept else self.seen
        found = movement.lookups_for([*moved, *gone], household, alone)
        return replace(found, refunds_of=tuple(sorted({*found.refunds_of, *self.spent}))) if self.spent else found

    def told(self, household: Household) -> Household:
        """The household with what these rows spent at each merchant."""
        if not self.spent:
            return household
        spent = dict(household.spent_at)
        for merchant, own in self.spent.items():
            known = spent.get(merchant, own)
            spent[merchant] = Spent(min(known.first, own.first), max(known.most, own.most))
        return replace(household, spent_at=spent)


def gather(
    new: Sequence[LedgerRow], cues: Sequence[int | None], kinds: Mapping[str, str], own: Mapping[str, OwnCategory]
) -> Gathered:
    """The new rows; `cues` are what their narrations say, where that has been found before, else empty."""
    found = Gathered()
    examples: dict[tuple[object, ...], int] = {}
    spent: dict[tuple[str, str], tuple[date, int]] = {}
    for row, cue in zip(new, cues or repeat(None, len(new)), strict=True):
        state = _state(row), cue, row.amount < 0
        example = examples.get(state)
        if example is None:
            seen = light(row, kinds[row.account_id], own, cue)
            example = len(found.rows)
            found.rows.append(row)
            found.seen.append(seen)
            if movement.stands_alone(seen):
                examples[state] = example
        elif row.merchant_id:
            place = row.merchant_id, row.currency
            known = spent.get(place)
            if known is None:
                spent[place] = row.date, max(-row.amount, 0)
            elif row.date < known[0] or -row.amount > known[1]:
                spent[place] = min(known[0], row.date), max(known[1], -row.amount)
        found.follows.append(example)
    for (merchant, currency), (first, most) in spent.items():
        amount = from_minor(most, currency)
        other = found.spent.get(merchant, Spent(first, amount))
        found.spent[merchant] = Spent(min(other.first, first), max(other.most, amount))
    return found
