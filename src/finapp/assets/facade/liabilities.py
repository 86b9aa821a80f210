"""Liabilities with their schedules, rate changes and part payments."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from finapp.assets import tables
from finapp.assets.domain.debts import Debt
from finapp.assets.domain.entry_checks import check_debt
from finapp.assets.domain.schedule import build_schedule
from finapp.assets.domain.showing import Accounts, liability_on, loan_on
from finapp.assets.facade.desk import Desk, require_liability
from finapp.assets.public import (
    EntryNotFound,
    Liability,
    LiabilityDetails,
    LiabilityEntryKind,
    LiabilityNotFound,
    LiabilityPage,
    Loans,
    LoanTerms,
    NewPartPayment,
    RateChange,
    Schedule,
    StatedLiability,
    StoredPartPayment,
    StoredRateChange,
)
from finapp.assets.store import entries, parents
from finapp.assets.store.rows import from_row, to_row
from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.money import rounded, to_minor
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.unit import Unit


class LiabilityDesk(Desk):
    """Keeps `finapp.assets.public.Liabilities`."""

    def liabilities(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> LiabilityPage:
        after = None if cursor is None else str(from_cursor(cursor, str)[0])
        belongings = self._belongings(owner)
        debts = [item for item in belongings.debts if after is None or item.id > after]
        shown = debts[:limit]
        accounts = self._accounts(owner, [as_of]) if any(item.details.account_id for item in shown) else {}
        items = tuple(liability_on(item, belongings.versions[item.id], accounts, as_of) for item in shown)
        return LiabilityPage(items=items, next_cursor=to_cursor(shown[-1].id) if len(debts) > limit else None)

    def liability(self, *, owner: str, liability_id: str, as_of: date) -> Liability:
        debt = self._debt(owner, liability_id)
        accounts = self._accounts(owner, [as_of]) if debt.details.account_id else {}
        return liability_on(debt, self._belongings(owner).versions[liability_id], accounts, as_of)

    def liability_details(self, *, owner: str, liability_id: str) -> StatedLiability:
        details = self._debt(owner, liability_id).details
        return StatedLiability(version=self._belongings(owner).versions[liability_id], details=details)

    def create_liability(
        self, *, owner: str, person: str, details: LiabilityDetails, once: Once | None = None
    ) -> Liability:
        check_debt(Debt(id="", details=details))
        accounts = self._linked(owner, details.account_id, details.currency)
        columns = to_row(details, tables.liabilities, details.currency)

        def make(unit: Unit) -> Liability:
            liability_id = parents.enter(unit.connection, tables.liabilities, owner, person, columns)
            return self._stored_liability(unit.connection, owner, liability_id, accounts)

        with self._database.write(owner) as unit:
            return unit.once(once, Liability, lambda: make(unit))

    def change_liability(
        self,
        *,
        owner: str,
        person: str,
        liability_id: str,
        details: LiabilityDetails,
        expected: int | None = None,
    ) -> Liability:
        accounts = self._linked(owner, details.account_id, details.currency)
        with self._database.write(owner) as unit:
            row = require_liability(unit.connection, owner, liability_id)
            require_version(expected, row.version)
            if details.currency != row.currency:
                raise Invalid("currency", "of a liability never changes")
            check_debt(replace(_debt_of(unit.connection, owner, row), details=details))
            columns = to_row(details, tables.liabilities, details.currency)
            parents.replace(unit.connection, tables.liabilities, owner, person, liability_id, columns)
            return self._stored_liability(unit.connection, owner, liability_id, accounts)

    def delete_liability(self, *, owner: str, person: str, liability_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            row = require_liability(unit.connection, owner, liability_id)
            require_version(expected, row.version)
            parents.remove(unit.connection, tables.liabilities, owner, liability_id)

    def liability_schedule(self, *, owner: str, liability_id: str, as_of: date) -> Schedule:
        debt = self._debt(owner, liability_id)
        terms = debt.terms
        if terms is None:
            raise Invalid("months", "too little is stated for a schedule: principal, rate, and months or instalment")
        return build_schedule(terms, currency=debt.details.currency, as_of=as_of)

    def rate_changes(self, *, owner: str, liability_id: str) -> tuple[StoredRateChange, ...]:
        with self._database.read() as connection:
            row = require_liability(connection, owner, liability_id)
            return _changes(connection, owner, row)

    def add_rate_change(
        self, *, owner: str, person: str, liability_id: str, new: RateChange, once: Once | None = None
    ) -> StoredRateChange:
        def make(unit: Unit) -> StoredRateChange:
            row = require_liability(unit.connection, owner, liability_id)
            debt = _debt_of(unit.connection, owner, row)
            check_debt(replace(debt, rate_changes=(*debt.rate_changes, new)))
            [entry_id] = self._enter(unit, owner, person, row, tables.rate_changes, new)
            return StoredRateChange(id=entry_id, date=new.date, annual_rate=new.annual_rate, keep=new.keep)

        with self._database.write(owner) as unit:
            return unit.once(once, StoredRateChange, lambda: make(unit))

    def part_payments(self, *, owner: str, liability_id: str) -> tuple[StoredPartPayment, ...]:
        with self._database.read() as connection:
            row = require_liability(connection, owner, liability_id)
            return _parts(connection, owner, row)

    def add_part_payment(
        self, *, owner: str, person: str, liability_id: str, new: NewPartPayment, once: Once | None = None
    ) -> StoredPartPayment:
        self._check_payer(owner, liability_id, new.account_id)

        def make(unit: Unit) -> StoredPartPayment:
            row = require_liability(unit.connection, owner, liability_id)
            debt = _debt_of(unit.connection, owner, row)
            check_debt(replace(debt, part_payments=(*debt.part_payments, new)))
            [entry_id] = self._enter(unit, owner, person, row, tables.part_payments, new)
            return StoredPartPayment(
                id=entry_id,
                date=new.date,
                amount=rounded(new.amount, row.currency),
                keep=new.keep,
                fee=rounded(new.fee, row.currency),
                account_id=new.account_id,
            )

        with self._database.write(owner) as unit:
            return unit.once(once, StoredPartPayment, lambda: make(unit))

    def delete_liability_entry(
        self, *, owner: str, person: str, liability_id: str, kind: LiabilityEntryKind, entry_id: str
    ) -> None:
        table = tables.rate_changes if kind == "rate_change" else tables.part_payments
        with self._database.write(owner) as unit:
            row = require_liability(unit.connection, owner, liability_id)
            if not entries.drop(unit.connection, table, owner, liability_id, entry_id):
                raise EntryNotFound(f"no {kind} {entry_id}")
            check_debt(_debt_of(unit.connection, owner, row))
            parents.touch(unit.connection, tables.liabilities, owner, liability_id)

    def schedule(self, *, terms: LoanTerms, currency: str | None, as_of: date) -> Schedule:
        if currency is not None:
            # A loan that is carried unrounded may have an instalment finer than money is.
            amounts = ("principal", "fees", "insurance") + (() if terms.rounding == "none" else ("instalment",))
            for field in amounts:
                to_minor(getattr(terms, field) or terms.fees * 0, currency, field)
            for index, part in enumerate(terms.prepayments):
                to_minor(part.amount, currency, f"prepayments.{index}.amount")
                to_minor(part.fee, currency, f"prepayments.{index}.fee")
        return build_schedule(terms, currency=currency, as_of=as_of)

    def loans(self, *, owner: str, as_of: date) -> Loans:
        debts = self._belongings(owner).debts
        accounts = self._accounts(owner, [as_of]) if any(debt.details.account_id for debt in debts) else {}
        items = [loan_on(debt, accounts, as_of) for debt in debts]
        owing = sorted((loan for loan in items if loan.outstanding > 0), key=lambda loan: (-loan.outstanding, loan.id))
        assumptions = {
            "outstanding": "after everything due up to the day; linked cards and overdrafts by ledger balance",
            "remaining": "by the rate in force, without part payments not yet made",
        }
        basis = Basis(formula="assets.loans", version=1, assumptions=assumptions)
        return Loans(as_of=as_of, items=tuple(owing), basis=basis)

    def _debt(self, owner: str, liability_id: str) -> Debt:
        debt = next((item for item in self._belongings(owner).debts if item.id == liability_id), None)
        if debt is None:
            raise LiabilityNotFound(f"no liability {liability_id}")
        return debt

    def _check_payer(self, owner: str, liability_id: str, account_id: str | None) -> None:
        """Raises LiabilityNotFound, Invalid for an account that cannot have paid."""
        details = self._debt(owner, liability_id).details
        if account_id is None:
            return
        account = self._accounts(owner, [self._clock.today()]).get(account_id)
        if account is None:
            raise Invalid("account_id", "is no account of this household")
        if account_id == details.account_id:
            raise Invalid("account_id", "is the loan's own account: name the one that paid")
        if account.currency != details.currency:
            raise Invalid("account_id", f"is in {account.currency}, the loan in {details.currency}")

    def _enter(self, unit: Unit, owner: str, person: str, row: Row[Any], table: Any, new: Any) -> list[str]:
        numbers = entries.add(unit.connection, table, owner, person, row.id, [new], row.currency)
        parents.touch(unit.connection, tables.liabilities, owner, row.id)
        return numbers

    def _stored_liability(self, connection: Connection, owner: str, liability_id: str, accounts: Accounts) -> Liability:
        row = require_liability(connection, owner, liability_id)
        return liability_on(_debt_of(connection, owner, row), row.version, accounts, self._clock.today())


def _changes(connection: Connection, owner: str, row: Row[Any]) -> tuple[StoredRateChange, ...]:
    return entries.of_parent(connection, tables.rate_changes, owner, row.id, StoredRateChange, row.currency)


def _parts(connection: Connection, owner: str, row: Row[Any]) -> tuple[StoredPartPayment, ...]:
    return entries.of_parent(connection, tables.part_payments, owner, row.id, StoredPartPayment, row.currency)


def _debt_of(connection: Connection, owner: str, row: Row[Any]) -> Debt:
    return Debt(
        id=row.id,
        details=from_row(row, tables.liabilities, LiabilityDetails, row.currency),
        rate_changes=_changes(connection, owner, row),
        part_payments=_parts(connection, owner, row),
    )
