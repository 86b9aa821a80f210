"""HTTP bodies of the reports context."""

from finapp.reports.schemas.emergency import EmergencyBody
from finapp.reports.schemas.forecast import ForecastBody
from finapp.reports.schemas.prepayment import PrepaymentBody
from finapp.reports.schemas.recurring import DetectBody, StreamBody
from finapp.reports.schemas.sweep import SweepAnswer, SweepBody

__all__ = ["DetectBody", "EmergencyBody", "ForecastBody", "PrepaymentBody", "StreamBody", "SweepAnswer", "SweepBody"]
