"""Reconciliation by account: its statements, what is missing between them, and balances asserted by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from finapp.kernel.money import from_minor, to_minor
from finapp.kernel.once import Once
from finapp.transactions.domain.gaps import Covered, Gap, gaps, missing_months
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.held import Held
from finapp.transactions.facade.import_results import reconciliation
from finapp.transactions.facade.mappings import given_mapping
from finapp.transactions.public import (
    Account,
    AccountStatement,
    AccountStatements,
    AssertedBalance,
    AssertedBalanceNotFound,
    AssertedBalances,
    ImportProfile,
    ImportProfileNotFound,
    StatementGap,
)
from finapp.transactions.store import accounts, asserted, imports, statements


class Reconciling(Base):
    """What the bank says beside what the ledger says."""

    def account_statements(self, *, owner: str, account_id: str) -> AccountStatements:
        """The statements of an account, with gaps and missing months. Raises AccountNotFound."""
        with self._database.read() as connection:
            account = accounts.one(connection, owner, account_id)
            found = statements.of_account(connection, owner, account_id)
            held = Held(connection, owner, account)
        items = tuple(_beside_the_ledger(held, row) for row in found)
        covered = [
            Covered(key=one.import_id, first=one.first, last=one.last,
                    opening=one.opening_balance, closing=one.closing_balance)
            for one in items if one.first is not None and one.last is not None
        ]  # fmt: skip
        return AccountStatements(
            account_id=account_id,
            currency=account.currency,
            items=items,
            gaps=tuple(_shown(gap) for gap in gaps(covered)),
            missing_months=missing_months(covered),
        )

    def asserted_balances(self, *, owner: str, account_id: str) -> AssertedBalances:
        """Balances asserted by hand beside the ledger's, newest first. Raises AccountNotFound."""
        with self._database.read() as connection:
            account = accounts.one(connection, owner, account_id)
            held = Held(connection, owner, account)
            found = asserted.of_account(connection, owner, account_id)
        return AssertedBalances(items=tuple(_asserted(held, account, *row) for row in found))

    def assert_balance(
        self, *, owner: str, person: str, account_id: str, on: date, balance: Decimal, once: Once | None = None
    ) -> AssertedBalance:
        """Says what an account held at the end of a day; said again, the new balance stands.

        Raises AccountNotFound, Invalid for a balance that the currency cannot hold.
        """
        with self._database.write(owner) as unit:

            def put() -> AssertedBalance:
                account = accounts.one(unit.connection, owner, account_id)
                minor = to_minor(balance, account.currency, "balance")
                key = {"account_id": account_id, "date": on}
                with self._changing(unit, person, ()).keeping("balance", asserted_balances=key):
                    row = asserted.put(unit.connection, owner, person, account_id, on, minor, self._clock.now())
                return _asserted(Held(unit.connection, owner, account), account, *row)

            return unit.once(once, AssertedBalance, put)

    def withdraw_balance(self, *, owner: str, person: str, account_id: str, balance_id: str) -> None:
        """Forgets an asserted balance. Raises AssertedBalanceNotFound."""
        with (
            self._database.write(owner) as unit,
            self._changing(unit, person, ()).keeping("balance", asserted_balances={"id": balance_id}),
        ):
            if not asserted.remove(unit.connection, owner, account_id, balance_id):
                raise AssertedBalanceNotFound()

    def import_profile(self, *, owner: str, account_id: str) -> ImportProfile:
        """How files of an account are read. Raises AccountNotFound, ImportProfileNotFound."""
        with self._database.read() as connection:
            accounts.one(connection, owner, account_id)
            mapping = imports.profile(connection, owner, account_id)
        if mapping is None:
            raise ImportProfileNotFound()
        return ImportProfile(account_id=account_id, mapping=mapping)

    def keep_import_profile(
        self, *, owner: str, person: str, account_id: str, mapping: Mapping[str, str]
    ) -> ImportProfile:
        """Says how files of an account are read from now on. Raises AccountNotFound, Invalid."""
        given_mapping(mapping)
        with (
            self._database.write(owner) as unit,
            self._changing(unit, person, ()).keeping("import_profile", mapping_profiles={"account_id": account_id}),
        ):
            accounts.one(unit.connection, owner, account_id)
            imports.keep_profile(unit.connection, owner, account_id, dict(mapping), self._clock.now())
        return ImportProfile(account_id=account_id, mapping=mapping)

    def forget_import_profile(self, *, owner: str, person: str, account_id: str) -> None:
        """Leaves it to detection again. Raises AccountNotFound."""
        with (
            self._database.write(owner) as unit,
            self._changing(unit, person, ()).keeping("import_profile", mapping_profiles={"account_id": account_id}),
        ):
            accounts.one(unit.connection, owner, account_id)
            imports.forget_profile(unit.connection, owner, account_id)


def _asserted(held: Held, account: Account, balance_id: str, day: date, minor: int) -> AssertedBalance:
    said, have = from_minor(minor, account.currency), held.on(day)
    return AssertedBalance(
        id=balance_id,
        account_id=account.id,
        date=day,
        balance=said,
        ledger_balance=have,
        difference=have - said,
        agrees=have == said,
    )


def _beside_the_ledger(held: Held, row: Row[Any]) -> AccountStatement:
    said = reconciliation(row)
    balance = None if row.period_last is None else held.on(row.period_last)
    closing = said.closing_balance
    return AccountStatement(
        import_id=row.import_id,
        filename=row.filename,
        imported_at=row.finished_at,
        first=row.period_first,
        last=row.period_last,
        rows=row.rows,
        **vars(said),
        ledger_balance=balance,
        ledger_difference=None if balance is None or closing is None else balance - closing,
    )


def _shown(gap: Gap) -> StatementGap:
    return StatementGap(
        first=gap.first,
        last=gap.last,
        days=(gap.last - gap.first).days + 1,
        after_import=gap.after,
        before_import=gap.before,
        difference=gap.difference,
        missing=gap.missing,
    )
