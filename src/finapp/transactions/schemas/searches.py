"""Bodies of saved searches."""

from typing import Annotated

from pydantic import Field

from finapp.platform.fields import Body, Line, Money
from finapp.transactions.public import Alert, AlertKind, NewSavedSearch, Period, SavedSearchChanges

Query = Annotated[str, Field(min_length=1, max_length=1000)]


class AlertBody(Body):
    """When a saved search is to be heard of."""

    kind: AlertKind
    threshold: Annotated[Money, Field(gt=0)] | None = None
    period: Period | None = None
    active: bool = True

    def value(self) -> Alert:
        """As transactions takes it."""
        return Alert(**self.model_dump())


class SavedSearchBody(Body):
    """A search to keep."""

    name: Line
    query: Query
    alert: AlertBody | None = None

    def value(self) -> NewSavedSearch:
        """As transactions takes it."""
        alert = None if self.alert is None else self.alert.value()
        return NewSavedSearch(name=self.name, query=self.query, alert=alert)


class SavedSearchChangesBody(Body):
    """Changes of a saved search; what is left out stays, an alert of null is dropped."""

    name: Line | None = None
    query: Query | None = None
    alert: AlertBody | None = None

    def value(self) -> SavedSearchChanges:
        """As transactions takes it."""
        alert = None if self.alert is None else self.alert.value()
        dropped = "alert" in self.model_fields_set and self.alert is None
        return SavedSearchChanges(name=self.name, query=self.query, alert=alert, drop_alert=dropped)
