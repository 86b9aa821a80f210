"""What the household's accounts hold that tells which of them a statement is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from finapp.transactions.domain.belonging import Candidate, Stretch, familiar, follows
from finapp.transactions.domain.parts import Part
from finapp.transactions.facade.arriving import kind_of
from finapp.transactions.facade.mappings import shown_mapping
from finapp.transactions.public import Account
from finapp.transactions.store import rows, statements

_LEAST_SHARED = 3
"""Rows that must be there already before they tell whose they are."""
_OTHER_ROWS = 0.3
"""Share of rows in common below which two statements of the same days are of two accounts."""
_OVERLAP_DAYS = 2
"""Days between the first and the last that both have, from which they are compared: one day may be cut in two."""
_TEXTS = 2_000


class _Common(NamedTuple):
    """What a part and an account have in common on the days that both have."""

    found: int
    looked_for: int
    held: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """One part of a file beside the accounts."""

    connection: Connection
    owner: str
    part: Part
    currency: str
    """Of the part."""
    called: Mapping[str, str]
    """What our own exports call the accounts, by id."""

    def candidates(self, among: Sequence[Account]) -> list[Candidate]:
        """The accounts as the choice looks at them."""
        taken = statements.taken_in(self.connection, self.owner)
        filled = rows.accounts_with_rows(self.connection, self.owner)
        common = self._common()
        return [
            self._candidate(account, [row for row in taken if row.account_id == account.id], common.get(account.id),
                            has_rows=account.id in filled)
            for account in among
        ]  # fmt: skip

    def _candidate(
        self, account: Account, taken: Sequence[Row[Any]], common: _Common | None, *, has_rows: bool
    ) -> Candidate:
        joined = follows(stretch, known) if (stretch := self._stretch()) and (known := _stretches(taken)) else None
        others = bool(taken) and common is not None and _of_another(common)
        return Candidate(
            id=account.id,
            kind=account.kind,
            currency=account.currency,
            institution=account.institution,
            last4=account.number_last4,
            has_rows=has_rows,
            same_export=self._is_same_export(account, taken),
            names=frozenset(
                {
                    account.id,
                    account.name.casefold(),
                    self.called[account.id].casefold(),
                    *(row.name.casefold() for row in taken if row.name is not None),
                }
            ),
            shared=common.found / common.looked_for if common and common.found >= _LEAST_SHARED else 0.0,
            parted=others or joined is False,
            continued=joined is True or (joined is None and has_rows and self._is_familiar(account)),
        )

    def _is_same_export(self, account: Account, taken: Sequence[Row[Any]]) -> bool:
        statement = self.part.statement
        export = (statement.layout, str(shown_mapping(statement.mapping)))
        known = {(row.result.get("layout") or "", str(row.result.get("mapping"))) for row in taken}
        # QIF has no columns that tell exports apart, but says whether it is of a card.
        of_card = kind_of(statement) == "credit_card"
        return export in known and (statement.layout != "qif" or of_card == (account.kind == "credit_card"))

    def _is_familiar(self, account: Account) -> bool:
        known = statements.latest_texts(self.connection, self.owner, account.id, _TEXTS)
        return familiar((row.text for row in self.part.ends), known)

    def _stretch(self) -> Stretch | None:
        part, said = self.part, self.part.balances
        first, last = part.statement.first or part.first, part.statement.last or part.last
        if first is None or last is None or said.opening is None or said.closing is None or said.difference != 0:
            return None
        return Stretch(first=first, last=last, opening=said.opening, closing=said.closing)

    def _common(self) -> dict[str, _Common]:
        """By account, the rows at the ends of the part that the account has as well."""
        part = self.part
        if part.first is None or part.last is None:
            return {}
        seen = [(row.date, row.amount) for row in part.ends]
        pairs = statements.in_minor_units(seen, self.currency)
        found = statements.shared(self.connection, self.owner, pairs, self.currency)
        held = statements.held_between(self.connection, self.owner, part.first, part.last)
        common = {}
        for account_id, (low, high, count) in held.items():
            both = {(day, amount) for day, amount in pairs if low <= day <= high}
            here = found.get(account_id, set()) & both
            common[account_id] = _Common(len(here), len(both), count, (high - low).days)
        return common


def _stretches(taken: Sequence[Row[Any]]) -> list[Stretch]:
    return [
        Stretch(first=row.period_first, last=row.period_last, opening=row.opening_balance, closing=row.closing_balance)
        for row in taken
        if row.difference == 0 and row.period_first is not None and row.period_last is not None
    ]


def _of_another(common: _Common) -> bool:
    enough = min(common.looked_for, common.held) >= _LEAST_SHARED and common.days >= _OVERLAP_DAYS
    return enough and common.found < _OTHER_ROWS * common.looked_for
