"""Insights that the household has seen enough of."""

from datetime import date

from finapp.dashboard import store
from finapp.dashboard.domain.insights import ranking
from finapp.dashboard.facade.goals import GoalDesk
from finapp.dashboard.facade.judging import seen
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import InsightNotFound


class InsightDesk(GoalDesk):
    """The part of the facade that remembers what is dismissed."""

    def dismiss_insight(self, *, owner: str, person: str, insight_id: str, as_of: date) -> None:
        noticed = {item.id: item for item in ranking(seen(self._readings(owner, as_of), as_of))}
        if insight_id not in noticed:
            raise InsightNotFound(f"nothing called {insight_id} is noticed on {as_of}")
        with self._database.write(owner) as unit:
            store.dismiss(unit.connection, owner, person, insight_id, noticed[insight_id].expires_on)

    def recall_insights(self, *, owner: str, person: str) -> None:
        with self._database.write(owner) as unit:
            store.recall(unit.connection, owner)

    def _dismissed(self, owner: str, as_of: date) -> frozenset[str]:
        return self._database.settled(store.dismissed_on, owner, as_of)

    def _readings(self, owner: str, as_of: date) -> Readings:
        raise NotImplementedError
