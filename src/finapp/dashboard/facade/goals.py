"""Goals: stored here, measured by what accounts and assets are worth."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from finapp.dashboard import store
from finapp.dashboard.domain import goals
from finapp.dashboard.domain.goals import Holding, Holdings, Stored
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.public import Goal, GoalPage, NewGoal
from finapp.kernel.errors import Unavailable
from finapp.kernel.once import Once, require_version
from finapp.platform.database import Database
from finapp.platform.paging import from_cursor, to_cursor

T = TypeVar("T")


class GoalDesk:
    """The part of the facade that keeps goals."""

    def __init__(self, *, database: Database, neighbours: Neighbours) -> None:
        self._database = database
        self._neighbours = neighbours

    def goals(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> GoalPage:
        after = None if cursor is None else str(from_cursor(cursor, str)[0])
        found = self._database.settled(store.page, owner, limit + 1, after)
        shown = found[:limit]
        holdings = self._holdings(owner, [each.stated for each in shown], as_of)
        return GoalPage(
            items=tuple(goals.progress(each, holdings, as_of) for each in shown),
            next_cursor=to_cursor(shown[-1].id) if len(found) > limit else None,
        )

    def goal(self, *, owner: str, goal_id: str, as_of: date) -> Goal:
        with self._database.read() as connection:
            found = store.goal(connection, owner, goal_id)
        return self._measured(owner, found, as_of)

    def create_goal(self, *, owner: str, person: str, new: NewGoal, as_of: date, once: Once | None = None) -> Goal:
        holdings = self._holdings(owner, [new], as_of)
        goals.check(new, holdings)
        with self._database.write(owner) as unit:
            made = unit.once(once, Stored, lambda: store.insert_goal(unit.connection, owner, person, new))
        return goals.progress(made, holdings, as_of)

    def change_goal(
        self, *, owner: str, person: str, goal_id: str, new: NewGoal, as_of: date, expected: int | None = None
    ) -> Goal:
        holdings = self._holdings(owner, [new], as_of)
        goals.check(new, holdings)
        with self._database.write(owner) as unit:
            require_version(expected, store.goal(unit.connection, owner, goal_id).version)
            changed = store.replace_goal(unit.connection, owner, person, goal_id, new)
        return goals.progress(changed, holdings, as_of)

    def delete_goal(self, *, owner: str, person: str, goal_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            require_version(expected, store.goal(unit.connection, owner, goal_id).version)
            store.delete_goal(unit.connection, owner, goal_id)

    def _measured(self, owner: str, goal: Stored, as_of: date) -> Goal:
        return goals.progress(goal, self._holdings(owner, [goal.stated], as_of), as_of)

    def _holdings(self, owner: str, stated: Sequence[NewGoal], as_of: date) -> Holdings:
        """What the goals are saved in; asked only for what some goal links."""
        by_account = any(each.account_id is not None for each in stated)
        by_asset = any(each.asset_id is not None for each in stated)
        return Holdings(
            accounts=_unless_down(lambda: self._accounts(owner, as_of)) if by_account else {},
            assets=_unless_down(lambda: self._assets(owner, as_of)) if by_asset else {},
        )

    def _accounts(self, owner: str, as_of: date) -> dict[str, Holding]:
        found = self._neighbours.transactions.account_balances(owner=owner, on=as_of)
        return {each.account_id: Holding(currency=each.currency, amount=each.balance) for each in found}

    def _assets(self, owner: str, as_of: date) -> dict[str, Holding]:
        found = self._neighbours.assets.assets(owner=owner, as_of=as_of).items
        return {each.id: Holding(currency=each.currency, amount=each.value, reason=each.value_reason) for each in found}


def _unless_down(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Unavailable:
        return None
