"""HTTP bodies of the fire context."""

from finapp.fire.schemas.market import MarketBody
from finapp.fire.schemas.plan import PlanBody, ProjectionBody, RunwayBody, ScenarioBody
from finapp.fire.schemas.simulation import BacktestBody, LeversBody, SimulationBody, SolveBody

__all__ = [
    "BacktestBody",
    "LeversBody",
    "MarketBody",
    "PlanBody",
    "ProjectionBody",
    "RunwayBody",
    "ScenarioBody",
    "SimulationBody",
    "SolveBody",
]
