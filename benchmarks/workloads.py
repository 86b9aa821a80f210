"""What a household asks of the product all day, and what it may cost."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from benchmarks.households import Seeded
from benchmarks.served import API, TODAY, Request, Served, json_request

SINCE = "from=2021-01"
"""A period that households of every size have whole, so that all are shown as many months."""

_BEFORE = 3
"""Answers that do not count, before those that do."""
_LONG_MS = 2_000
"""What takes longer is asked once: chance matters little there."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """The most an answer may cost, the sum of what is given, and its growth from the smallest to the largest ledger."""

    limits: float | None = None
    """Times the few lines of SQL of `benchmarks.limits`."""
    hellos: float | None = None
    ms: float | None = None
    growth: float | None = None


@dataclass(frozen=True, kw_only=True)
class Workload:
    """A named question with its goal; `costs` asks it several times and says the milliseconds of CPU of each."""

    name: str
    goal: Goal
    costs: Callable[["Session"], list[float]]

    def median(self, session: "Session") -> float:
        """The median milliseconds of CPU."""
        return statistics.median(self.costs(session))


class Session:
    """A signed-in household whose ledger is filled, and what is worth asking of it."""

    def __init__(self, served: Served, seeded: Seeded, repeats: int) -> None:
        self.served = served
        self.repeats = repeats
        self._entered = 0
        self.owner = str(served.get("/auth/me")["household_id"])
        self.account = max(seeded.files, key=lambda name: seeded.files[name].stat().st_size)
        self.account_id = seeded.accounts[self.account]
        sample = served.get("/transactions?limit=200")["items"]
        self.category_id = Counter(row["category_id"] for row in sample).most_common(1)[0][0]
        words = Counter(word for row in sample for word in set(row["description"].split()) if len(word) >= 4)
        self.common = [word for word, _ in words.most_common() if word.isalpha()]
        self.rare = sorted((word for word, count in words.items() if count == 1), key=_digits, reverse=True)
        self.absent = [f"zqxjv{number}absent" for number in range(repeats + _BEFORE)]

    def late_cursor(self, where: str) -> str:
        """The cursor of a list's page that ends some 50 rows above the oldest row, so that it is a full one."""
        oldest = self.served.get(f"/transactions?{where}sort=date&limit=100")["items"]
        page = self.served.get(f"/transactions?{where}limit=50&cursor=date:{oldest[-1]['date']}")
        return str(page["next_cursor"] or f"date:{oldest[-1]['date']}")

    def reads(self, path: str) -> list[float]:
        """The costs of the same question again and again; the first answers are left out."""
        self.served.settle()
        request = Request(path=API + path)
        return [reply.cpu_ms for reply in self.served.ask([request] * (self.repeats + _BEFORE))][_BEFORE:]

    def anew(self, path: str) -> list[float]:
        """The costs of a question whose whole answer is not kept, again and again."""
        self.served.settle()
        request = Request(path=API + path)
        replies = self.served.ask([request] * (self.repeats + _BEFORE), forgetting=self.owner)
        return [reply.cpu_ms for reply in replies][_BEFORE:]

    def after_writes(self, path: str) -> list[float]:
        """The costs of a question that is asked for the first time after a write, each time."""
        costs = []
        for _ in range(3):
            self.create(1)
            self.served.settle()
            costs += [reply.cpu_ms for reply in self.served.ask([Request(path=API + path)])]
            if costs[-1] > _LONG_MS:
                break
        return costs

    def create(self, count: int) -> list[tuple[str, float]]:
        """Enters rows by hand: their ids and costs."""
        body = {"account_id": self.account_id, "date": TODAY.isoformat()}
        # Amounts of their own, none larger than before: nobody buys for one price a hundred times on one day.
        first, self._entered = self._entered, self._entered + count
        rows = [
            {**body, "amount": f"-{(100_000 - number) / 100:.2f}", "description": f"Corner shop {number}"}
            for number in range(first, first + count)
        ]
        replies = self.served.ask([json_request("POST", "/transactions", row) for row in rows])
        return [(reply.json()["id"], reply.cpu_ms) for reply in replies]


def _digits(word: str) -> int:
    return sum(letter.isdigit() for letter in word)


def _read(path: str) -> Callable[[Session], list[float]]:
    return lambda session: session.reads(path)


def _first(path: str) -> Callable[[Session], list[float]]:
    return lambda session: session.after_writes(path)


def _listed(where: Callable[[Session], dict[str, str]], late: bool) -> Callable[[Session], list[float]]:
    def costs(session: Session) -> list[float]:
        asked = "".join(f"{name}={quote(value)}&" for name, value in where(session).items())
        end = f"&{urlencode({'cursor': session.late_cursor(asked)})}" if late else ""
        return session.anew(f"/transactions?{asked}limit=50{end}")

    return costs


def _searched(words: Callable[[Session], list[str]]) -> Callable[[Session], list[float]]:
    """Each time another word, because what a search has found is remembered until something is written."""

    def costs(session: Session) -> list[float]:
        session.served.settle()
        asked = [f"{API}/transactions?limit=50&q={quote(word)}" for word in words(session)[: session.repeats + _BEFORE]]
        replies = session.served.ask([Request(path=path) for path in asked])
        return [reply.cpu_ms for reply in replies][_BEFORE:]

    return costs


def _creating(session: Session) -> list[float]:
    session.create(2)
    session.served.settle()
    return [cost for _, cost in session.create(session.repeats)]


def _changing(session: Session) -> list[float]:
    made = session.create(session.repeats)
    session.served.settle()
    changes = [json_request("PATCH", f"/transactions/{made_id}", {"amount": "-13.75"}) for made_id, _ in made]
    return [reply.cpu_ms for reply in session.served.ask(changes)]


def _correcting(session: Session) -> list[float]:
    made = session.create(session.repeats)
    session.served.settle()
    said = [json_request("PATCH", f"/transactions/{made_id}", {"category_id": "dining"}) for made_id, _ in made]
    return [reply.cpu_ms for reply in session.served.ask(said)]


def _deleting(session: Session) -> list[float]:
    made = session.create(session.repeats)
    session.served.settle()
    gone = [json_request("DELETE", f"/transactions/{made_id}") for made_id, _ in made]
    return [reply.cpu_ms for reply in session.served.ask(gone)]


def _simulating(session: Session) -> list[float]:
    body = {"portfolio": "1000000", "annual_spending": "40000", "years": 60, "mean": 0.05, "volatility": 0.12}
    session.served.send("POST", "/fire/simulation", {**body, "paths": 10_000, "seed": 1})
    return [
        session.served.send("POST", "/fire/simulation", {**body, "paths": 10_000, "seed": seed}).cpu_ms
        for seed in (2, 3, 4)
    ]


def _lists() -> Iterator[Workload]:
    filters: dict[str, Callable[[Session], dict[str, str]]] = {
        "no filter": lambda session: {},
        "a category": lambda session: {"category_id": session.category_id},
        "an account": lambda session: {"account_id": session.account_id},
    }
    for name, where in filters.items():
        for late in (False, True):
            page = "late page" if late else "first page"
            goal = Goal(hellos=3.5, growth=1.3)
            yield Workload(name=f"list of 50, {name}, {page}", goal=goal, costs=_listed(where, late))


OF_SUMS = Goal(limits=2, hellos=1.5, growth=1.5)
OF_SEARCHES = Goal(limits=2, hellos=1.5, growth=4)
LISTS = tuple(_lists())
LISTS_AFTER_WRITE = (
    Workload(
        name="list of 50, no filter, first after a write",
        goal=Goal(hellos=3.5, growth=1.3),
        costs=_first("/transactions?limit=50"),
    ),
    Workload(
        name="list of 50, a category, first after a write",
        goal=Goal(hellos=3.5, growth=1.3),
        costs=lambda session: session.after_writes(f"/transactions?limit=50&category_id={session.category_id}"),
    ),
)
LIST_AGAIN = Workload(
    name="list of 50, unchanged", goal=Goal(hellos=3.5, growth=1.3), costs=_read("/transactions?limit=50")
)
DASHBOARD = Workload(name="dashboard, unchanged", goal=Goal(hellos=2, growth=1.2), costs=_read("/dashboard"))
DASHBOARD_AFTER_WRITE = Workload(
    name="dashboard, first after a write", goal=Goal(hellos=5, growth=1.5), costs=_first("/dashboard")
)
SUMMARY = Workload(
    name="summary of a year, after a write",
    goal=OF_SUMS,
    costs=_first("/analytics/summary"),
)
SEARCHES = (
    Workload(
        name="search, common word",
        goal=OF_SEARCHES,
        costs=_searched(lambda session: session.common),
    ),
    Workload(
        name="search, rare word",
        goal=OF_SEARCHES,
        costs=_searched(lambda session: session.rare),
    ),
    Workload(
        name="search, absent word",
        goal=OF_SEARCHES,
        costs=_searched(lambda session: session.absent),
    ),
)
OUTLINE = Workload(
    name="count by month",
    goal=OF_SUMS,
    costs=lambda session: session.anew("/transactions/outline"),
)
TRANSFERS = Workload(
    name="transfers, first page", goal=Goal(growth=1.5), costs=lambda session: session.anew("/transfers?limit=50")
)
CREATE = Workload(name="create one", goal=Goal(hellos=5, growth=1.5), costs=_creating)
CORRECT = Workload(name="correct a category", goal=Goal(hellos=5, growth=1.5), costs=_correcting)
TWO_LETTERS = Workload(
    name="search, two letters that nothing has", goal=Goal(growth=4), costs=_first("/transactions?limit=50&q=zq")
)
WORKLOADS = (
    DASHBOARD,
    DASHBOARD_AFTER_WRITE,
    LIST_AGAIN,
    *LISTS,
    *LISTS_AFTER_WRITE,
    OUTLINE,
    TRANSFERS,
    *SEARCHES,
    TWO_LETTERS,
    SUMMARY,
    Workload(
        name="cash flow by month, after a write",
        goal=OF_SUMS,
        costs=_first("/analytics/cashflow?" + SINCE),
    ),
    Workload(
        name="categories, after a write",
        goal=OF_SUMS,
        costs=_first("/analytics/categories?" + SINCE),
    ),
    Workload(
        name="top merchants, after a write",
        goal=OF_SUMS,
        costs=_first("/analytics/merchants?" + SINCE),
    ),
    Workload(
        name="net worth by month, after a write", goal=Goal(growth=1.5), costs=_first("/net-worth/timeline?" + SINCE)
    ),
    CREATE,
    Workload(name="change one", goal=Goal(hellos=5, growth=1.5), costs=_changing),
    CORRECT,
    Workload(name="delete one", goal=Goal(hellos=5, growth=1.5), costs=_deleting),
    Workload(
        name="recurring payments, after a write",
        goal=Goal(hellos=5, growth=1.5),
        costs=_first("/reports/recurring-payments"),
    ),
    Workload(name="simulation, 10,000 x 60, yearly", goal=Goal(ms=20), costs=_simulating),
)
