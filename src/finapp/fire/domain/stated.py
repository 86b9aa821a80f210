"""Every input of a question as the basis of its answer states it, so that the answer can be computed again from it."""

from collections.abc import Iterator, Sequence

from finapp.fire.public.projection import Flow
from finapp.fire.public.simulation import SimulationRequest
from finapp.kernel.basis import Figure, Input

_SIMULATED = (
    "portfolio",
    "annual_spending",
    "years",
    "contributions",
    "retire_after_years",
    "steps_per_year",
    "timing",
    "paths",
    "seed",
)

_WHEN = ("date", "year", "every", "start", "end", "from_year", "to_year", "real", "growth")


def figure(formula: str, request: SimulationRequest, *, sampled: bool = True) -> Figure:
    """A figure that the whole question decides."""
    return Figure(kind="formula", formula=formula, inputs=of_simulation(request, sampled=sampled))


def of_simulation(request: SimulationRequest, *, sampled: bool = True) -> tuple[Input, ...]:
    """The inputs of a simulation, or of a run through history, which draws nothing."""
    names = [name for name in _SIMULATED if sampled or name not in ("paths", "seed")]
    market = [(f"market.{name}", getattr(request.market, name)) for name in ("mean", "volatility", "fee", "inflation")]
    given = [(name, getattr(request, name)) for name in names] + (market if sampled else [])
    return (*(assumption(name, value) for name, value in given if value is not None), *flows("flows", request.flows))


def flows(field: str, listed: Sequence[Flow]) -> Iterator[Input]:
    """Each of a question's flows: its amount, and as the source when it is paid and in money of which day."""
    for number, flow in enumerate(listed):
        said = {name: getattr(flow, name) for name in _WHEN}
        yield Input(
            id=f"{field}.{number}",
            kind="assumption",
            name=flow.name or field,
            value=str(flow.amount),
            source="; ".join(f"{name} {value}" for name, value in said.items() if value is not None),
        )


def assumption(name: str, value: object) -> Input:
    """One input of a question."""
    return Input(id=name, kind="assumption", name=name, value=str(value), source="request")
