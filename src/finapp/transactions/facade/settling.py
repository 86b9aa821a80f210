"""One write to the ledger: rows in, rows out, everything that follows from it, in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from finapp.transactions.domain import movement
from finapp.transactions.domain.ledger import LedgerRow, OwnCategory, altered, changes, light
from finapp.transactions.domain.movement import AmountLookup, Household, LightRow, Lookups, OwnAccount, Pair
from finapp.transactions.domain.movement.refunds import Link, links_among
from finapp.transactions.facade.exchanging import rates_between
from finapp.transactions.facade.gathering import gather
from finapp.transactions.facade.unmoved import CARD_BILLS, spent_otherwise, standing_still, unmoved, unspent
from finapp.transactions.store import accounts, categories, largest, links, own_accounts, rows, spending, sums, words
from finapp.transactions.store.touched import touched_by

_FEW_LOOKUPS = 4


@dataclass(frozen=True)
class Ledger:
    """The household's ledger, open for one write."""

    connection: Connection
    owner: str
    holders: tuple[str, ...]
    """Names of the household's members, as money movement looks for them in narrations."""
    leaving: str | None = field(default=None, kw_only=True)
    """The import all of whose rows are being deleted, in several writes: what they mean is not decided any more."""

    def settle(
        self,
        *,
        new: Sequence[LedgerRow] = (),
        gone: Sequence[LedgerRow] = (),
        cues: Sequence[int | None] = (),
        as_said: bool = False,
    ) -> list[LedgerRow]:
        """Deletes `gone`, inserts `new`, and decides anew every row whose meaning could change by it.

        Flow, need, category and pairs of the new rows and of their possible counterparts are decided together, so
        the order of writes does not matter. Sums and balances move in the same commit. Returns the new rows as stored.
        `cues` are what the narrations of `new` say, where that has been found before. `as_said` says that nothing but
        these rows has changed: those that money movement sees as before keep their other sides.
        """
        staying = standing_still(gone, new)
        if gone:
            self._take_out(gone, staying)
        household = self._household([*new, *gone], new)
        own = categories.own(self.connection, self.owner)
        kinds = {account.id: account.kind for account in household.accounts}
        gathered = gather(new, cues, kinds, own)
        kept = unmoved(gone, new, kinds) if as_said else frozenset()
        left: dict[bool, list[LightRow]] = {True: [], False: []}
        for row in gone:
            if row.account_id in kinds and row.id not in kept:
                left[row.transfer_id is None].append(light(row, kinds[row.account_id], own))
        lookups = gathered.lookups(household, gone=left[False], alone=left[True], kept=kept)
        refunds_of = {*lookups.refunds_of, *spent_otherwise(gone, new, kept)}
        lookups = replace(lookups, refunds_of=tuple(sorted(refunds_of)))
        touched = self._touched([*new, *gone], lookups, household)
        touched += self._partners([row for row in new if row.id in kept], {row.id for row in (*new, *gone, *touched)})
        household = self._with_spending(gathered.told(household), touched)
        seen = [*gathered.seen, *(light(row, kinds[row.account_id], own) for row in touched)]
        decided = self._decide([*gathered.rows, *touched], seen, household, own)
        was = {row.id: row for row in gone}
        stored = [altered(row, decided[example]) for row, example in zip(new, gathered.follows, strict=True)]
        if was:
            stored = [_as_changed(was.get(row.id), row) for row in stored]
        self._put(stored, staying)
        before, after = self._store_changes(touched, list(map(altered, touched, decided[len(gathered.rows) :])))
        sums.shift(self.connection, self.owner, removed=[*gone, *before], added=[*stored, *after])
        largest.shrink(self.connection, self.owner, before)
        largest.grow(self.connection, self.owner, [*stored, *after])
        return stored

    def evidence(self, paired: Sequence[LedgerRow]) -> list[Pair]:
        """Why stored pairs are pairs, as money movement sees them; rows whose partner is not given are left out."""
        household = self._household(paired)
        own = categories.own(self.connection, self.owner)
        kinds = {account.id: account.kind for account in household.accounts}
        by_pair: dict[str, list[LightRow]] = {}
        for row in paired:
            by_pair.setdefault(row.transfer_id or row.id, []).append(light(row, kinds[row.account_id], own))
        # Pair by pair: among all of them at once, equal amounts could be crossed.
        return [pair for sides in by_pair.values() for pair in movement.pairs_among(sides, household)]

    def links(self, returned: Sequence[LedgerRow], purchases: Sequence[LedgerRow]) -> tuple[Link, ...]:
        """Which purchase each row that came back is of, with the reasons."""
        own = categories.own(self.connection, self.owner)
        kinds = accounts.kinds(self.connection, self.owner)
        said = words.pairs(self.connection, self.owner)
        seen = [[light(row, kinds[row.account_id], own) for row in some] for some in (returned, purchases)]
        return links_among(seen[0], seen[1], said=said.linked, rejected=said.rejected)

    def _household(self, affected: Sequence[LedgerRow], new: Sequence[LedgerRow] = ()) -> Household:
        merchants = [row.merchant_id for row in affected]
        said = words.pairs(self.connection, self.owner)
        known = own_accounts.covered(self.connection, self.owner, new)
        return Household(
            confirmed=said.confirmed,
            rejected=said.rejected,
            accounts=self._with_payments(known, affected),
            rate=rates_between(self.connection, self.owner, {account.currency for account in known}),
            holders=self.holders,
            spent_at=spending.spent_at(self.connection, self.owner, merchants),
        )

    def _take_out(self, gone: Sequence[LedgerRow], staying: Mapping[str, LedgerRow]) -> None:
        """Rows go before anything is decided: what a card's rows covered must not outlive them. What stays where it
        stands is no purchase until it is decided."""
        rows.remove(self.connection, [row for row in gone if row.id not in staying])
        rows.change_many(self.connection, [(row, unspent(row)) for row in staying.values()])
        largest.shrink(self.connection, self.owner, gone)

    def _put(self, decided: Sequence[LedgerRow], staying: Mapping[str, LedgerRow]) -> None:
        rows.add(self.connection, self.owner, [row for row in decided if row.id not in staying])
        stay = [(unspent(staying[row.id]), row) for row in decided if row.id in staying]
        rows.change_many(self.connection, stay)

    def _with_spending(self, household: Household, touched: Sequence[LedgerRow]) -> Household:
        """The household with what was spent at the merchants that stored rows brought money back from."""
        merchants = {row.merchant_id for row in touched if row.amount > 0} - household.spent_at.keys()
        if not merchants:
            return household
        further = spending.spent_at(self.connection, self.owner, merchants)
        return replace(household, spent_at={**household.spent_at, **further})

    def _with_payments(self, known: tuple[OwnAccount, ...], affected: Sequence[LedgerRow]) -> tuple[OwnAccount, ...]:
        """The accounts, cards with the payments that their statements print where a bill or a card's row is decided."""
        cards = [account.id for account in known if account.kind == "credit_card"]
        bills = any(row.account_id in cards or {row.suggested, row.category} & CARD_BILLS for row in affected)
        if not cards or not bills:
            return known
        paid = links.payments_on(self.connection, self.owner, cards)
        return tuple(replace(account, payments=paid.get(account.id, ())) for account in known)

    def _touched(
        self,
        affected: Sequence[LedgerRow],
        lookups: Lookups,
        household: Household,
    ) -> list[LedgerRow]:
        unmoved = spending.tells_nothing_new(affected, household.spent_at)
        refunds_of = tuple(each for each in lookups.refunds_of if each not in unmoved)
        lookups = replace(lookups, amounts=self._with_partners(affected, lookups.amounts), refunds_of=refunds_of)
        found = touched_by(self.connection, self.owner, lookups, self.leaving)
        mine = {row.id for row in affected}
        confirmed = {other for pair in household.confirmed if pair & mine for other in pair}
        far = confirmed - {row.id for row in found}
        if far:
            # Confirmed sides may lie further apart than movement looks, and may have other partners to let go.
            known = {row.id for row in found}
            others = rows.with_partners(self.connection, self.owner, sorted(far))
            found += [row for row in others if row.id not in known]
        stay = [row for row in found if self.leaving is None or row.import_id != self.leaving]
        return [row for row in stay if row.id not in mine]

    def _partners(self, kept: Sequence[LedgerRow], known: set[str]) -> list[LedgerRow]:
        """The other sides of rows that keep them: all sides together are paired as all rows of the ledger are."""
        sides = rows.partners_of(self.connection, self.owner, kept)
        return sorted((row for row in sides if row.id not in known), key=lambda row: row.id)

    def _with_partners(
        self, affected: Sequence[LedgerRow], wanted: tuple[AmountLookup, ...]
    ) -> tuple[AmountLookup, ...]:
        """Lookups without those that find nothing but rows like the affected ones: what never paired is decided."""
        signs = {row.amount > 0 for row in affected}
        if len(wanted) > _FEW_LOOKUPS or len(signs) != 1:
            return links.with_partners(self.connection, self.owner, affected, wanted)
        sign = 1 if signs.pop() else -1
        return tuple(each for each in wanted if links.may_have_partners(self.connection, self.owner, each, sign))

    @staticmethod
    def _decide(
        undecided: Sequence[LedgerRow], seen: Sequence[LightRow], household: Household, own: dict[str, OwnCategory]
    ) -> list[dict[str, object]]:
        """What changes of each row."""
        found = movement.decide(seen, household)
        pairs = {side: pair.out_id for pair in found.pairs for side in (pair.out_id, pair.in_id)}
        return [
            changes(row, decision, pairs.get(row.id), own)
            for row, decision in zip(undecided, found.decisions, strict=True)
        ]

    def _store_changes(
        self, before: Sequence[LedgerRow], after: Sequence[LedgerRow]
    ) -> tuple[list[LedgerRow], list[LedgerRow]]:
        changed = [(old, now) for old, now in zip(before, after, strict=True) if old != now]
        rows.change_many(self.connection, [(old, altered(now, {"version": old.version + 1})) for old, now in changed])
        return [old for old, _ in changed], [now for _, now in changed]


def _as_changed(before: LedgerRow | None, now: LedgerRow) -> LedgerRow:
    """The row as it is put back: one version stands for one content."""
    if before is None or now.version > before.version or now == before:
        return now
    return replace(now, version=before.version + 1)
