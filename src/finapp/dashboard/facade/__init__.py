"""The facade of dashboard: keeps goals, asks the neighbours side by side, composes the screen."""

from finapp.dashboard.facade.local import LocalDashboard
from finapp.dashboard.facade.neighbours import Neighbours

__all__ = ["LocalDashboard", "Neighbours"]
