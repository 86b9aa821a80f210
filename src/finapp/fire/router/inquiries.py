"""Routes of simulations, backtests, solving and levers."""

from decimal import Decimal
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from finapp.fire.public import Backtest, Fire, Levers, Simulation, Solution, SolvedFor, Strategies, StrategyKind
from finapp.fire.schemas import BacktestBody, LeversBody, SimulationBody, SolveBody
from finapp.platform.answers import AsOf, Question
from finapp.platform.fields import Rate
from finapp.platform.operations import Router
from finapp.platform.routes import adapter, given

router = Router()
Facade = Annotated[Fire, given("fire")]
Years = Annotated[int | None, Query(ge=1, le=100, description="Years in all; by the plan's age when left out.")]
Kind = Annotated[StrategyKind, Query()]
Paths = Annotated[int, Query(ge=1, le=200_000)]
Seed = Annotated[int, Query(ge=0, lt=2**63)]


def _written(kind: type, value: object) -> Response:
    """A value of this kind as JSON, written beside the event loop, on which the framework would do so."""
    return Response(adapter(kind).dump_json(value), media_type="application/json")


@router.get("/fire/strategies")
def strategies(asked: Question, facade: Facade) -> Strategies:
    """The spending rules that can be chosen, each with its source and its parameters."""
    return facade.strategies(owner=asked.owner)


@router.get("/fire/simulation", response_model=Simulation)
def simulation(
    asked: Question,
    facade: Facade,
    as_of: AsOf = None,
    strategy: Kind = "constant_real",
    years: Years = None,
    paths: Paths = 10_000,
    seed: Seed = 1,
) -> Response:
    """The household's own plan, simulated: saving until its independence date, then spending."""
    return asked.figures(
        Simulation,
        facade,
        lambda owner, day: facade.simulation(
            owner=owner, as_of=day, strategy=strategy, years=years, paths=paths, seed=seed
        ),
        as_of=as_of,
    )


@router.post("/fire/simulation", response_model=Simulation)
def simulation_of(body: SimulationBody, asked: Question, facade: Facade) -> Response:
    """Simulated futures under a spending rule, with their error, fans and conventions; nothing is stored."""
    request = body.value(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return _written(Simulation, facade.simulation_of(owner=asked.owner, request=request))


@router.get("/fire/backtest", response_model=Backtest)
def backtest(
    asked: Question, facade: Facade, as_of: AsOf = None, strategy: Kind = "constant_real", years: Years = None
) -> Response:
    """How the household's spending would have fared from its independence number, from every start of history."""
    return asked.figures(
        Backtest,
        facade,
        lambda owner, day: facade.backtest(owner=owner, as_of=day, strategy=strategy, years=years),
        as_of=as_of,
    )


@router.post("/fire/backtest", response_model=Backtest)
def backtest_of(body: BacktestBody, asked: Question, facade: Facade) -> Response:
    """The plan from every start of a series with a complete horizon; nothing is stored."""
    request = body.value(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return _written(Backtest, facade.backtest_of(owner=asked.owner, request=request))


@router.get("/fire/solve", response_model=Solution)
def solution(
    asked: Question,
    facade: Facade,
    solve_for: Annotated[SolvedFor, Query(alias="for")],
    success: Annotated[Rate, Query()] = Decimal("0.95"),
    as_of: AsOf = None,
    years: Years = None,
) -> Response:
    """The input of the household's own simulation that just meets a wanted success."""
    return asked.figures(
        Solution,
        facade,
        lambda owner, day: facade.solution(owner=owner, as_of=day, solve_for=solve_for, success=success, years=years),
        as_of=as_of,
    )


@router.post("/fire/solve")
def solution_of(body: SolveBody, asked: Question, facade: Facade) -> Solution:
    """The spending, capital, age or saving that just meets a wanted success; nothing is stored."""
    request = body.request(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return facade.solution_of(owner=asked.owner, request=request)


@router.get("/fire/levers", response_model=Levers)
def levers(asked: Question, facade: Facade, as_of: AsOf = None) -> Response:
    """What moves the household's independence date most."""
    return asked.figures(Levers, facade, lambda owner, day: facade.levers(owner=owner, as_of=day), as_of=as_of)


@router.post("/fire/levers")
def levers_of(body: LeversBody, asked: Question, facade: Facade) -> Levers:
    """The same for given inputs; nothing is stored."""
    request = body.asked(body.currency or facade.currency(owner=asked.owner), asked.day(body.as_of))
    return facade.levers_of(owner=asked.owner, request=request)
