"""What the other contexts and HTTP may know of financial independence."""

from finapp.fire.public.facade import Fire
from finapp.fire.public.numbers import (
    DateRange,
    Milestone,
    Runway,
    RunwayRequest,
    SavingsRate,
    Status,
    Summary,
    Tier,
    TierCover,
)
from finapp.fire.public.plan import (
    AgeAssumption,
    EndingLoan,
    Evidence,
    MoneyAssumption,
    Plan,
    PlanChanged,
    PlanOverrides,
    RateAssumption,
)
from finapp.fire.public.projection import Flow, PathPoint, Projection, ProjectionRequest

__all__ = [
    "AgeAssumption",
    "DateRange",
    "EndingLoan",
    "Evidence",
    "Fire",
    "Flow",
    "Milestone",
    "MoneyAssumption",
    "PathPoint",
    "Plan",
    "PlanChanged",
    "PlanOverrides",
    "Projection",
    "ProjectionRequest",
    "RateAssumption",
    "Runway",
    "RunwayRequest",
    "SavingsRate",
    "Status",
    "Summary",
    "Tier",
    "TierCover",
]
