"""dashboard, as the others see it."""

from finapp.dashboard.public.goals import Goal, GoalNotFound, GoalPage, GoalStatus, NewGoal
from finapp.dashboard.public.protocol import Dashboard

__all__ = ["Dashboard", "Goal", "GoalNotFound", "GoalPage", "GoalStatus", "NewGoal"]
