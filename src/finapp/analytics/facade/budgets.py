"""Budgets: stored here, measured by the ledger's sums."""

from collections.abc import Sequence
from datetime import date

from finapp.analytics import store
from finapp.analytics.domain import budgets, envelopes
from finapp.analytics.domain.budgets import Stored
from finapp.analytics.domain.categories import Branch
from finapp.analytics.domain.queries import Place
from finapp.analytics.facade.desk import Desk
from finapp.analytics.public import Budget, BudgetPage, Envelopes, NewBudget, Scope
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor

MOST = 500


class BudgetDesk(Desk):
    """The part of the facade that keeps budgets."""

    def budgets(self, *, owner: str, as_of: date, limit: int = MOST, cursor: str | None = None) -> BudgetPage:
        after = None if cursor is None else str(from_cursor(cursor, str)[0])
        with self._database.read() as connection:
            found = store.page(connection, owner, limit + 1, after)
        shown = found[:limit]
        return BudgetPage(
            items=self._standing(owner, shown, self._branches(owner), as_of) if shown else (),
            next_cursor=to_cursor(shown[-1].id) if len(found) > limit else None,
        )

    def budget(self, *, owner: str, budget_id: str, as_of: date) -> Budget:
        with self._database.read() as connection:
            found = store.budget(connection, owner, budget_id)
        return self._standing(owner, [found], self._branches(owner), as_of)[0]

    def envelopes(self, *, owner: str, as_of: date) -> Envelopes:
        setting = self._setting(owner, Scope(current=True), as_of)
        branches = self._branches(owner)
        found = self._database.settled(store.page, owner, MOST, None)
        items = self._standing(owner, found, branches, as_of, setting.currency)
        sums = self._ledger.sums(owner, setting.place, setting.currency, setting.calendar)
        return envelopes.envelopes(setting.place, items, sums, branches, setting.missing, as_of)

    def create_budget(
        self, *, owner: str, person: str, new: NewBudget, as_of: date, once: Once | None = None
    ) -> Budget:
        branches = self._branches(owner)
        budgets.check(new, branches, self.currency(owner=owner), as_of)
        with self._database.write(owner) as unit:
            made = unit.once(once, Stored, lambda: store.insert_budget(unit.connection, owner, person, new))
        return self._standing(owner, [made], branches, as_of)[0]

    def change_budget(
        self, *, owner: str, person: str, budget_id: str, new: NewBudget, as_of: date, expected: int | None = None
    ) -> Budget:
        branches = self._branches(owner)
        budgets.check(new, branches, self.currency(owner=owner), as_of)
        with self._database.write(owner) as unit:
            require_version(expected, store.budget(unit.connection, owner, budget_id).version)
            changed = store.replace_budget(unit.connection, owner, person, budget_id, new)
        return self._standing(owner, [changed], branches, as_of)[0]

    def delete_budget(self, *, owner: str, person: str, budget_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            require_version(expected, store.budget(unit.connection, owner, budget_id).version)
            store.delete_budget(unit.connection, owner, budget_id)

    def _standing(
        self, owner: str, found: Sequence[Stored], branches: Sequence[Branch], as_of: date, currency: str | None = None
    ) -> tuple[Budget, ...]:
        months = self._calendar(owner, self._stated_settings(owner).month_start, as_of)
        place = Place(first=budgets.since(found, months, as_of), last=as_of)
        sums = self._ledger.sums(owner, place, currency or self.currency(owner=owner), months)
        return tuple(budgets.standing(each, sums, branches, as_of) for each in found)
