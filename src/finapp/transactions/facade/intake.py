"""Takes a statement that has been read into the ledger, within one write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from finapp.auth.public import Household
from finapp.kernel.money import from_minor
from finapp.transactions.domain import categorizer
from finapp.transactions.domain.belonging import Candidate, choose
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.identity import Paired, pair_up
from finapp.transactions.domain.ledger import LedgerRow, Place
from finapp.transactions.domain.reconciliation import reconcile
from finapp.transactions.domain.statement import Statement
from finapp.transactions.facade.arriving import (
    arriving,
    kind_of,
    known,
    line_of,
    minor_of,
    misfit,
    shown,
    status_of,
    would_be,
)
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.learning import learned
from finapp.transactions.facade.mappings import shown_mapping
from finapp.transactions.facade.progress import Track
from finapp.transactions.facade.reading import Stopped
from finapp.transactions.facade.rows import in_book, undecided
from finapp.transactions.facade.rules import can_run, plan_of
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import (
    Account,
    AccountChanges,
    Counts,
    NewAccount,
    Progress,
    Question,
    RowOutcome,
    TransactionFilter,
)
from finapp.transactions.store import accounts, aside, imports, rows, rules, words

REVIEW = "needs_review"
_AT_ONCE = 20_000
"""Rows categorized between two looks at whether the import is still wanted."""
_PREVIEWED = 1_000
"""New rows that a dry run shows one by one."""


@dataclass(frozen=True)
class Taken:
    """What an import did, before it is stored."""

    account_id: str | None
    result: ImportResult
    outcomes: tuple[RowOutcome, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One statement on its way into one household's ledger."""

    owner: str
    asked: Row[Any]
    statement: Statement
    household: Household
    country: str | None
    today: date
    track: Track

    def suggest(self, connection: Connection) -> Sequence[Suggestion]:
        """What the categorizer says of the statement's rows, in order. Raises Stopped when the import is cancelled."""
        known = learned(connection, self.owner)
        country = self.statement.account.country or self.country
        total = len(self.statement.rows)
        found: list[Suggestion] = []
        for start in range(0, total, _AT_ONCE):
            if not self.track.wanted(self.asked.id):
                raise Stopped()
            self.track.moved(self.asked.id, "categorizing", start, total)
            lines = [line_of(row) for row in self.statement.rows[start : start + _AT_ONCE]]
            found += categorizer.suggest(lines, country=country, currency=self._currency(), learned=known)
        self.track.moved(self.asked.id, "storing", 0, total)
        return found

    def take_in(self, connection: Connection, suggested: Sequence[Suggestion]) -> Taken:
        """Stores what is new. Every row of the file ends as imported, duplicate or rejected."""
        chosen = self._account(connection)
        if isinstance(chosen, Question):
            return Taken(None, ImportResult(), (), (chosen,))
        account, created = chosen
        fitting, outcomes = self._fitting(account)
        found = self._identified(connection, account, fitting)
        book = words.merchants(connection, self.owner)
        new = [
            self._row(account, number, suggested[number], ordinal, book)
            for number in fitting
            if (ordinal := found.new.get(str(number))) is not None
        ]
        doubtful = {key: self._row(account, int(key), suggested[int(key)], 0, book) for key in found.review}
        if not self.track.wanted(self.asked.id):
            raise Stopped()
        earliest = rows.first_day(connection, self.owner, account.id)
        stored = Ledger(connection, self.owner, self.household.members).settle(new=new)
        stored = self._ruled(connection, stored)
        waiting: list[tuple[Place, LedgerRow]] = [("review", row) for row in doubtful.values()]
        aside.put(connection, self.owner, self.asked.person, self.asked.created_at, waiting)
        moved = self._move_opening(connection, account, earliest, new)
        outcomes += self._outcomes(found.duplicates, {key: row.id for key, row in doubtful.items()})
        if self.asked.dry_run:
            outcomes += [would_be(row) for row in stored[:_PREVIEWED]]
        result = replace(self._result(account, created, len(new), len(found.duplicates)), opening_moved=moved)
        return Taken(account.id, result, tuple(outcomes))

    def _ruled(self, connection: Connection, stored: list[LedgerRow]) -> list[LedgerRow]:
        """The new rows after the household's rules have run on them."""
        active = [rule for rule in rules.of_household(connection, self.owner) if rule.active] if stored else []
        within = TransactionFilter(import_id=self.asked.id)
        usable = [rule for rule in active if can_run(connection, self.owner, rule, self.today)]
        if not usable:
            return stored
        found, plan = plan_of(connection, self.owner, usable, within, self.today)
        before = [row for row in found if row.id in plan]
        after = [replace(row, **plan[row.id]) for row in before]
        ledger = Ledger(connection, self.owner, self.household.members)
        changed = {row.id: row for row in ledger.settle(new=after, gone=before)}
        return [changed.get(row.id, row) for row in stored]

    def _row(
        self, account: Account, number: int, said: Suggestion, ordinal: int, book: Mapping[str, tuple[str, str]]
    ) -> LedgerRow:
        row = self.statement.rows[number]
        return undecided(
            account,
            self.asked.person,
            in_book(said, book),
            line_of(row),
            date=row.date,
            ordinal=ordinal,
            bank_id=row.bank_id,
            balance_after=minor_of(row.balance_after, account.currency),
            status=status_of(row),
            original_amount=row.original_amount,
            original_currency=row.original_currency,
            rate=row.rate,
            import_id=self.asked.id,
            line=row.line,
        )

    def _currency(self) -> str:
        in_rows = {row.currency for row in self.statement.rows if row.currency}
        stated = self.statement.account.currency or (in_rows.pop() if len(in_rows) == 1 else None)
        return stated or self.household.currency

    def _account(self, connection: Connection) -> tuple[Account, bool] | Question:
        """The account of the statement: the one given, the one it names, the only one, or a new one."""
        if self.asked.account_id is not None:
            return accounts.one(connection, self.owner, self.asked.account_id), False
        hint = self.statement.account
        named = sorted({row.account_hint for row in self.statement.rows if row.account_hint})
        if len(named) > 1:
            message = (
                f"the file mixes several accounts ({', '.join(named[:10])}): split it, or give the one for all rows"
            )
            return Question(field="account_id", message=message, choices=())
        candidates = self._candidates(connection)
        choice = choose(replace(hint, kind=kind_of(self.statement)), candidates)
        if choice.ask:
            message = "which account is this statement of? Give one of these, or open another account and give its id"
            return Question(field="account_id", message=message, choices=choice.ask)
        if choice.account_id is not None:
            return accounts.one(connection, self.owner, choice.account_id), False
        return accounts.add(connection, self.owner, self.asked.person, self._new_account()), True

    def _candidates(self, connection: Connection) -> list[Candidate]:
        exports = imports.exports(connection, self.owner)
        export = (self.statement.layout, str(shown_mapping(self.statement.mapping)))
        filled = rows.accounts_with_rows(connection, self.owner)
        return [
            Candidate(
                id=account.id,
                kind=account.kind,
                currency=account.currency,
                institution=account.institution,
                last4=account.number_last4,
                has_rows=account.id in filled,
                same_export=(account.id, *export) in exports,
            )
            for account in accounts.of_household(connection, self.owner)
        ]

    def _new_account(self) -> NewAccount:
        hint = self.statement.account
        kinds: dict[str, Any] = {"credit_card": "credit_card", "savings": "savings", "loan": "loan"}
        kind = kinds.get(kind_of(self.statement) or "", "checking")
        name = " ".join(filter(None, (hint.institution, "card" if kind == "credit_card" else "account")))
        last4 = hint.number_last4
        return NewAccount(
            name=f"{name} {last4}".strip().capitalize() if last4 else name[:1].upper() + name[1:],
            kind=kind,
            currency=self._currency(),
            institution=hint.institution,
            number_last4=last4,
        )

    def _fitting(self, account: Account) -> tuple[list[int], list[RowOutcome]]:
        """Positions of the rows in the account's currency, and the refusals of the others and of the reader."""
        outcomes = [
            RowOutcome(line=row.line, outcome="rejected", transaction_id=None, reason=row.code, message=row.message)
            for row in self.statement.rejected
        ]
        fitting = []
        for number, row in enumerate(self.statement.rows):
            reason = misfit(row, account.currency)
            if reason is None:
                fitting.append(number)
            else:
                refusal = {"transaction_id": None, "reason": reason[0], "message": reason[1]}
                outcomes.append(RowOutcome(line=row.line, outcome="rejected", **refusal))
        return fitting, outcomes

    def _identified(self, connection: Connection, account: Account, fitting: Sequence[int]) -> Paired:
        if not fitting:
            return Paired()
        days = [self.statement.rows[number].date for number in fitting]
        stored = rows.printed_between(connection, self.owner, account.id, min(days), max(days))
        # What was deleted or split on purpose is known too: a statement that brings it again brings nothing new.
        stored += aside.of_account_between(connection, self.owner, account.id, min(days), max(days))
        layouts = imports.layouts(connection, self.owner)
        existing = [known(row, layouts.get(row.import_id or "", "")) for row in stored]
        incoming = [arriving(number, self.statement.rows[number], self.statement.layout) for number in fitting]
        return pair_up(existing, incoming)

    def _outcomes(self, duplicates: dict[str, str], review: dict[str, str]) -> list[RowOutcome]:
        lines = {str(number): row.line for number, row in enumerate(self.statement.rows)}
        found = [
            RowOutcome(line=lines[key], outcome="duplicate", transaction_id=row_id, reason="known", message=None)
            for key, row_id in duplicates.items()
        ]
        doubt = "may be a row that is there: equal date and amount, another text; say which under /imports/review"
        return found + [
            RowOutcome(line=lines[key], outcome="rejected", transaction_id=row_id, reason=REVIEW, message=doubt)
            for key, row_id in review.items()
        ]

    def _move_opening(
        self, connection: Connection, account: Account, earliest: date | None, new: Sequence[LedgerRow]
    ) -> Decimal:
        """Sets the opening balance from the file, or moves it back before older rows; says by how much.

        The balance after the newest row, which a file has confirmed, stays as it is, so the order of imports does
        not matter. `earliest` is the account's first day with rows before this import.
        """
        before, opening = account.opening_balance, account.opening_balance
        if earliest is not None and before != 0:
            older = sum(row.amount for row in new if row.date < earliest)
            opening = before - from_minor(older, account.currency)
        elif before == 0:
            found, first = reconcile(self.statement), self.statement.first
            fits = found.opening is not None and found.first_break_line is None and first is not None
            if fits and found.opening is not None and (earliest is None or (first is not None and first <= earliest)):
                opening = found.opening
        if opening != before:
            accounts.change(connection, account, self.owner, AccountChanges(opening_balance=opening))
        return opening - before

    def _result(self, account: Account, created: bool, imported: int, duplicates: int) -> ImportResult:
        total = len(self.statement.rows) + len(self.statement.rejected)
        return ImportResult(
            format=self.statement.format,
            layout=self.statement.layout,
            currency=account.currency,
            created_accounts=(account.id,) if created else (),
            mapping=shown_mapping(self.statement.mapping),
            progress=Progress(rows_read=total, rows_total=total),
            counts=Counts(rows=total, imported=imported, duplicates=duplicates, rejected=total - imported - duplicates),
            reconciliation=shown(reconcile(self.statement)),
            warnings=self.statement.warnings,
        )
