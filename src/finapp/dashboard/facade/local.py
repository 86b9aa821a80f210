"""Keeps the promise of dashboard."""

from finapp.dashboard.facade.goals import GoalDesk


class LocalDashboard(GoalDesk):
    """Keeps `finapp.dashboard.public.Dashboard`."""

    def version(self, *, owner: str) -> str:
        return f"{self._database.version(owner)}.{self._neighbours.version(owner)}"

    def currency(self, *, owner: str) -> str:
        return self._neighbours.auth.household(owner=owner).currency
