"""How likely two rows are the two sides of one own movement, and of which kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.values import Household, LightRow, OwnAccount, Pair, PairKind

WINDOW: Final = timedelta(days=5)
"""How far apart the two booking dates of one transfer may lie: a long weekend and a day of clearing."""
CONVERSION: Final = timedelta(days=60)
"""How long after a purchase a bank turns it into instalments."""
_SUREST: Final = 0.99
"""What a finding is never surer than: only a person knows."""
PAIRS_FROM: Final = 0.75
"""Confidence from which two rows are taken for one movement."""
_BY_DAYS: Final = (0.15, 0.13, 0.09, 0.06, 0.03, 0.0)
_ACCOUNT_OF: Final[Mapping[str, str]] = {
    "card_payment": "credit_card", "investment": "investment", "loan": "loan", "cash": "cash",
    taxonomy.CARD_SPENDING_UNSEEN: "credit_card",
}  # fmt: skip
"""Category of a row -> the kind of account its other side is on."""


class Edge(NamedTuple):
    """Two rows that may be one movement."""

    score: float
    days: int
    out: LightRow
    into: LightRow
    evidence: tuple[str, ...]


class _Side(NamedTuple):
    """What one of the two rows says."""

    weight: float
    says: tuple[str, ...]
    stranger: bool
    """It names somebody who is not the household."""
    names_account: bool
    """It names the account of the other row."""
    earns: bool
    """Its category is income or spending."""


@dataclass(frozen=True)
class Scales:
    """What the sides of a movement are weighed with."""

    household: Household
    accounts: Mapping[str, OwnAccount]
    ours: frozenset[str]

    @classmethod
    def of(cls, household: Household) -> "Scales":
        """The scales of a household."""
        accounts = {account.id: account for account in household.accounts}
        return cls(household, accounts, parties.own_words(household))

    def kind(self, row: LightRow) -> str:
        """The kind of the account a row is on."""
        account = self.accounts.get(row.account_id)
        return account.kind if account else row.account_kind

    def edge(self, out: LightRow, into: LightRow, by: str) -> Edge | None:
        """The two rows with how likely they are one movement, and why; None when it is not likely enough."""
        if out.account_id == into.account_id or frozenset((out.id, into.id)) in self.household.rejected:
            return None
        days = abs((into.date - out.date).days)
        sides = self._side(out, into), self._side(into, out)
        score = 0.55 + _BY_DAYS[days] + sum(side.weight for side in sides)
        because = [by, f"days:{days}"]
        for side, other, name in ((sides[0], sides[1], "out"), (sides[1], sides[0], "in")):
            because += [f"{name}_{code}" for code in side.says]
            # Whoever is named on one side, the other side knows better when it names the account.
            if side.stranger and (side.earns or not other.names_account):
                score -= 0.25
                because.append(f"{name}_names_stranger")
        if score < PAIRS_FROM and (same := parties.same_reference(out, into)):
            # A bank's own number of one payment, on both of its sides: whoever is named, it is that payment.
            score = max(score, 0.55 + _BY_DAYS[days]) + 0.20
            because.append(f"same_reference:{same}")
            sides = (sides[0]._replace(says=(*sides[0].says, "same_reference")), sides[1])
        # That money went by a transfer says nothing about whose it is.
        spoken = {code for side in sides for code in side.says} - {"goes_by_transfer"}
        if not spoken or score < PAIRS_FROM:
            return None
        return Edge(round(score, 4), days, out, into, tuple(because))

    def _side(self, row: LightRow, other: LightRow) -> "_Side":
        """What one row says for and against the pair."""
        weight, says = 0.0, list[str]()
        fits = self._fits(row, other)
        own = evidence.says_self(row) or evidence.says_salary_account(row) or evidence.is_said_to_move(row)
        if (evidence.says_transfer(row) and fits is not False) or own:
            weight += 0.12
            says.append("says_transfer")
        elif parties.prints_movement(row):
            weight += 0.06
            says.append("prints_transfer")
        elif evidence.goes_by_transfer(row):
            weight += 0.06
            says.append("goes_by_transfer")
        party = parties.named_party(row, self.household, self.ours)
        if party in ("holder", "holder_among_others"):
            weight += 0.10 if party == "holder" else 0.05
            says.append("names_holder")
        earns = evidence.kind_of(row) in ("income", "expense")
        # The number in an employer's or a shop's line is theirs, whatever it ends in.
        names, codes = (0.0, []) if party == "stranger" and earns else self._names(row, other)
        own = own or party == "holder"
        if fits is False and not own:
            weight -= 0.25 if row.confidence >= parties.SURE else 0.10
        return _Side(
            weight=weight + names + self._against(row, own or bool(codes)),
            says=(*says, *codes),
            stranger=party == "stranger" and not own and names <= 0 and not fits,
            names_account=names >= 0.10,
            earns=earns,
        )

    def _names(self, row: LightRow, other: LightRow) -> tuple[float, list[str]]:
        """The other account by number, by its name or by its bank."""
        other_account = self.accounts.get(other.account_id)
        named = evidence.named_account(row, self.household.accounts)
        if named is not None:
            return (0.20 if named.id == other.account_id else -0.25), [f"names_account:{named.last4}"]
        if other_account is None:
            return 0.0, []
        if parties.names_own_account(row, other_account):
            return 0.10, ["names_account_name"]
        keeps = evidence.names_broker(row, other_account) if self.kind(other) == "investment" else None
        if keeps is not None:
            return (0.10, ["names_bank"]) if keeps else (-0.25, ["names_other_broker"])
        return (0.05, ["names_bank"]) if evidence.names_institution(row, other_account) else (0.0, [])

    def _against(self, row: LightRow, own: bool) -> float:
        """What a category that is income or spending says against the pair."""
        if evidence.kind_of(row) not in ("income", "expense") or evidence.says_transfer(row):
            return 0.0
        if parties.prints_movement(row) or own:
            return -0.05
        return -0.20

    def _fits(self, row: LightRow, other: LightRow) -> bool | None:
        """Whether the other side is on the kind of account that the category speaks of; None when it speaks of none."""
        wanted = _ACCOUNT_OF.get(row.category or "")
        if wanted is None or wanted in (self.kind(other), self.kind(row)):
            return None if wanted is None else True
        # What reaches a loan or investment account is printed as any payment received.
        return None if self.kind(row) in ("loan", "investment") else False

    def conversion(self, bought: LightRow, credit: LightRow) -> Edge | None:
        """A purchase and the credit of the same card by which the bank turned it into instalments."""
        days = (credit.date - bought.date).days
        if not 0 <= days <= CONVERSION.days or bought.account_id != credit.account_id or bought.decided:
            return None
        if frozenset((bought.id, credit.id)) in self.household.rejected or not parties.says_converted(credit):
            return None
        same = bool(bought.merchant_key) and bought.merchant_key == credit.merchant_key
        shared = same or parties.share_a_name(bought, credit)
        because = ("amount", f"days:{days}", "in_says_instalments", *(("same_merchant",) if shared else ()))
        return Edge(round(0.97 if shared else 0.85, 4) - days / 10_000, days, bought, credit, because)

    def pair(self, edge: Edge, confirmed: bool) -> Pair:
        """The pair of an edge, with its kind."""
        return Pair(
            out_id=edge.out.id,
            in_id=edge.into.id,
            kind=self._kind_of(edge.out, edge.into),
            confidence=edge.score if confirmed else min(edge.score, _SUREST),
            confirmed=confirmed,
            evidence=edge.evidence,
        )

    def _kind_of(self, out: LightRow, into: LightRow) -> PairKind:
        if out.account_id == into.account_id:
            return "instalments"
        kinds = {self.kind(out), self.kind(into)}
        if parties.says_sweep(out) or parties.says_sweep(into):
            return "sweep"
        if "investment" in kinds:
            return "investment"
        if "loan" in kinds:
            return "loan"
        if self.kind(into) == "credit_card":
            return "card_payment"
        return "wallet" if "cash" in kinds else "transfer"
