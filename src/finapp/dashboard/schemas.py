"""HTTP bodies of the dashboard context."""

from finapp.dashboard.public import NewGoal
from finapp.platform.fields import Body, Currency, Day, Line, Money, Prose


class GoalBody(Body):
    """A goal to set. Give at most one of `account_id`, `asset_id` and `saved_amount`."""

    name: Line
    target_amount: Money
    currency: Currency | None = None
    target_date: Day | None = None
    account_id: Line | None = None
    asset_id: Line | None = None
    saved_amount: Money | None = None
    note: Prose = ""

    def value(self, currency: str) -> NewGoal:
        """As the facade takes it; `currency` stands in when none is named."""
        return NewGoal(**{**self.model_dump(), "currency": self.currency or currency})


class GoalChanges(Body):
    """What to change of a goal; what is left out stays, null clears. The currency stays."""

    name: Line | None = None
    target_amount: Money | None = None
    target_date: Day | None = None
    account_id: Line | None = None
    asset_id: Line | None = None
    saved_amount: Money | None = None
    note: Prose | None = None

    def on(self, stated: NewGoal) -> NewGoal:
        """The stated goal with these changes; a name, target or note cannot be cleared."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        kept = {name: value for name, value in given.items() if value is not None or name in _CLEARED}
        return NewGoal(**{**{name: getattr(stated, name) for name in NewGoal.__dataclass_fields__}, **kept})


_CLEARED = {"target_date", "account_id", "asset_id", "saved_amount"}
