"""How the figures on the tiles come about: taken from another answer as they are, or computed here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from finapp.dashboard.domain.addresses import source
from finapp.dashboard.public import CashFlowFacts, DebtFacts, InsightsFacts, ObligationsFacts
from finapp.kernel.basis import Figure, Input

SAME = "the figure of that answer"
_MONTH = ("income", "expenses", "essential", "discretionary", "debt_service", "invested", "saved")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Figures that stand on a tile as another answer gives them: the tile's name for each -> that answer's."""

    path: str
    names: Mapping[str, str]


def _same(path: str, *names: str) -> Taken:
    return Taken(path=path, names=dict(zip(names, names, strict=True)))


TAKEN: dict[str, Taken] = {
    "net_worth": _same("net-worth", "net_worth", "assets", "liabilities"),
    "savings": _same(
        "analytics/typical-month", "savings_rate", "income", "expenses", "debt_service", "saved", "invested"
    ),
    "runway": _same("fire/runway", "monthly_need", "months"),
    "emergency_fund": Taken(
        path="reports/emergency-fund",
        names={
            "monthly_need": "monthly_need",
            "liquid": "liquid_total",
            "months": "months",
            "target": "target",
            "shortfall": "shortfall",
            "surplus": "surplus",
            "probability_lasts": "probability_lasts",
        },
    ),
    "independence": _same("fire/summary", "fire_number", "invested", "progress", "months"),
    "budgets": _same("budgets/envelopes", "assigned", "available", "spent", "remaining", "to_assign"),
}


def figures(tiles: Mapping[str, Any], as_of: date) -> dict[str, Figure]:
    """The figures of the tiles that are there, by `tile.data.figure`."""
    found: dict[str, Figure] = {}
    for name, tile in tiles.items():
        if tile.data is None:
            continue
        parts = _taken(name, tile.data, as_of) if name in TAKEN else _COMPUTED.get(name, _nothing)(tile.data, as_of)
        found |= {f"{name}.data.{figure}": explained for figure, explained in parts}
    return found


def taken(value: object, name: str, path: str) -> Figure:
    """A figure as another answer gives it under `name`."""
    given = Input(id=name, kind="figure", name=name, value=None if value is None else str(value), source=path)
    return Figure(kind="formula", formula=SAME, inputs=(given,))


def _taken(name: str, data: Any, as_of: date) -> Iterator[tuple[str, Figure]]:
    path = source(TAKEN[name].path, as_of)
    for ours, theirs in TAKEN[name].names.items():
        yield ours, taken(getattr(data, ours), theirs, path)


def _cash_flow(data: CashFlowFacts, as_of: date) -> Iterator[tuple[str, Figure]]:
    now = source("analytics/summary", as_of, **{"from": data.first, "to": data.last})
    usual = source("analytics/typical-month", as_of)
    for figures_, where, path in ((data.this_month, "this_month", now), (data.normal, "normal", usual)):
        if figures_ is not None:
            yield from ((f"{where}.{name}", taken(getattr(figures_, name), name, path)) for name in _MONTH)
    if data.normal is not None and data.this_month is not None:
        inputs = (
            _here("cash_flow.data.normal.expenses", "normal_expenses", data.normal.expenses),
            _here("cash_flow.data.this_month.expenses", "spent", data.this_month.expenses),
        )
        yield "left_to_spend", Figure(kind="formula", formula="normal_expenses - spent", inputs=inputs)


def _obligations(data: ObligationsFacts, as_of: date) -> Iterator[tuple[str, Figure]]:
    calendar = source("reports/recurring-payments/calendar", as_of, **{"from": data.first, "to": data.last})
    outgoing = [
        Input(
            id=f"{item.stream_id}.{item.date}",
            kind="schedule_row",
            name=item.name,
            value=f"{item.amount:f}",
            source=calendar,
        )
        for item in data.items
    ]
    if data.total_out is not None:
        yield "total_out", _turned(outgoing)
    if data.payday is not None:
        before = [given for given, item in zip(outgoing, data.items, strict=True) if item.date < data.payday]
        yield "due_until_payday", _turned(before)
        inputs = (
            _here("obligations.data.balance", "balance", data.balance),
            _here("obligations.data.due_until_payday", "due_until_payday", data.due_until_payday),
        )
        if data.left_until_payday is not None:
            yield "left_until_payday", Figure(kind="formula", formula="balance - due_until_payday", inputs=inputs)
    if data.lowest_balance is None:
        return
    walked = (_here("obligations.data.balance", "balance", data.balance), *outgoing)
    yield (
        "lowest_balance",
        Figure(kind="formula", formula="lowest of balance and what is expected, added up day by day", inputs=walked),
    )


def _debt(data: DebtFacts, as_of: date) -> Iterator[tuple[str, Figure]]:
    month = source("analytics/typical-month", as_of)
    if data.debt_service_to_income is not None:
        inputs = tuple(Input(id=name, kind="figure", name=name, value=None, source=month) for name in _RATIO)
        yield "debt_service_to_income", Figure(kind="formula", formula="debt_service / income there", inputs=inputs)


_RATIO = ("debt_service", "income")


def _insights(data: InsightsFacts, as_of: date) -> Iterator[tuple[str, Figure]]:
    for item in data.items:
        yield f"items.{item.id}.at_stake", item.how


def _nothing(data: Any, as_of: date) -> Iterable[tuple[str, Figure]]:
    """Goals and the health score carry a basis of their own."""
    return ()


_COMPUTED: dict[str, Any] = {
    "cash_flow": _cash_flow,
    "obligations": _obligations,
    "debt": _debt,
    "insights": _insights,
}


def _here(name: str, called: str, value: object) -> Input:
    return Input(id=name, kind="figure", name=called, value=None if value is None else str(value), source="this answer")


def _turned(inputs: Iterable[Input]) -> Figure:
    return Figure(kind="formula", formula="0 less the sum of the inputs", inputs=tuple(inputs))
