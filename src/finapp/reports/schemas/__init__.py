"""HTTP bodies of the reports context."""

from finapp.reports.schemas.emergency import EmergencyBody
from finapp.reports.schemas.forecast import ForecastBody
from finapp.reports.schemas.prepayment import PrepaymentBody
from finapp.reports.schemas.recurring import DetectBody, MergeBody, SplitBody, StreamBody
from finapp.reports.schemas.sweep import SweepAnswer, SweepBody

__all__ = [
    "DetectBody",
    "EmergencyBody",
    "ForecastBody",
    "MergeBody",
    "PrepaymentBody",
    "SplitBody",
    "StreamBody",
    "SweepAnswer",
    "SweepBody",
]
