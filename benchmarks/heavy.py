"""Work that computes much: categorizing, finding recurring payments, simulating; and what it may cost."""

from collections.abc import Callable
from typing import Any

from benchmarks.served import json_request
from benchmarks.session import BEFORE, LONG_MS, TIMES, Goal, Session, Workload
from finapp.reports.facade.streams import Streams

BATCH = 10_000
PLAN = {"portfolio": "1000000", "annual_spending": "40000", "years": 60, "mean": 0.05, "volatility": 0.12}
PATHS, YEARS = 10_000, 60
BATCHED = "categorizing 10,000 rows"
_RECURRING = "/reports/recurring-payments"
ALL_ANEW = "recurring payments, all anew"


def line(text: str) -> dict[str, str]:
    """A row to categorize."""
    return {"date": "2026-07-01", "amount": "-42.00", "description": text}


def _categorizing_one(session: Session) -> list[float]:
    session.served.settle()
    texts = [f"{text} {number}" for number, text in enumerate(session.texts[: session.repeats + BEFORE])]
    asked = [json_request("POST", "/categorization/suggest", {"transactions": [line(text)]}) for text in texts]
    return [reply.cpu_ms for reply in session.served.ask(asked)][BEFORE:]


def _categorizing_many(session: Session) -> list[float]:
    """As texts stand in a ledger: of ten rows three say what no other does."""
    few = [f"{session.texts[at % len(session.texts)]} {at}" for at in range(BATCH * 3 // 10)]
    costs = []
    for time in range(TIMES):
        rows = [line(f"{few[at * 7 % len(few)]} {time}") for at in range(BATCH)]
        asked = json_request("POST", "/categorization/suggest", {"transactions": rows})
        costs += [reply.cpu_ms for reply in session.served.ask([asked])]
    return costs


def _finding_all(session: Session) -> list[float]:
    """As by a server that has just started: nothing is remembered of earlier findings, not even the rows."""
    reports: Any = session.served.app.state.facades["reports"]
    known = reports._streams
    parts = {"database": known._database, "clock": known._clock, "transactions": known._transactions}
    # A server that has just started does not hold what another one has found either.
    del known
    costs: list[float] = []
    while len(costs) < TIMES and not any(cost > LONG_MS for cost in costs):
        reports._streams = Streams(**parts)
        session.create(1)
        costs.append(session.first(_RECURRING))
    return costs


def _finding_after_imports(session: Session) -> list[float]:
    costs = []
    for _ in range(TIMES):
        session.import_few()
        costs.append(session.first(_RECURRING))
    return costs


def _simulating(steps: int, seeds: tuple[int, ...]) -> Callable[[Session], list[float]]:
    """Simulates with each seed in turn; shocks of a seed that has been asked for are kept. The first does not count."""

    def costs(session: Session) -> list[float]:
        plan = {**PLAN, "paths": PATHS, "steps_per_year": steps}
        asked = [json_request("POST", "/fire/simulation", {**plan, "seed": seed}) for seed in seeds]
        return [reply.cpu_ms for reply in session.served.ask(asked)][1:]

    return costs


HEAVY = (
    Workload(name="categorizing one row", goal=Goal(ms=1.5), costs=_categorizing_one),
    Workload(name=BATCHED, goal=Goal(ms=BATCH / 100), costs=_categorizing_many),
    Workload(name=ALL_ANEW, goal=Goal(limits=2.5), costs=_finding_all),
    Workload(name="recurring payments, after an import", goal=Goal(hellos=5, growth=1.5), costs=_finding_after_imports),
    Workload(
        name="recurring payments, after a write",
        goal=Goal(hellos=5, growth=1.5),
        costs=lambda session: session.after_writes(_RECURRING),
    ),
    Workload(name="simulation, 10,000 x 60, yearly", goal=Goal(ms=20), costs=_simulating(1, (1, 2, 3, 4))),
    Workload(name="simulation, yearly, kept shocks", goal=Goal(ms=15), costs=_simulating(1, (1, 1, 1, 1))),
    Workload(
        name="simulation, 10,000 x 60, monthly with bands", goal=Goal(ms=100), costs=_simulating(12, (1, 2, 3, 4))
    ),
    Workload(name="simulation, monthly with bands, kept shocks", goal=Goal(ms=25), costs=_simulating(12, (1, 1, 1, 1))),
)
