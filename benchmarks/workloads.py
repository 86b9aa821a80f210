"""What a household asks of the product all day, and what it may cost."""

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

from benchmarks.heavy import HEAVY
from benchmarks.served import json_request
from benchmarks.session import SINCE, Goal, Session, Workload


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
    return lambda session: session.searches(words(session))


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
OUTLINE_OF_CATEGORY = Workload(
    name="count of a category by month",
    goal=OF_SUMS,
    costs=lambda session: session.anew(f"/transactions/outline?category_id={session.category_id}"),
)
TRANSFERS = Workload(
    name="transfers, first page", goal=Goal(growth=1.5), costs=lambda session: session.anew("/transfers?limit=50")
)
FEW = tuple(
    Workload(name=name, goal=Goal(growth=1.5), costs=_first(path))
    for name, path in (
        ("list of 50 that none or few have, marked ones", "/transactions?limit=50&q=is:marked"),
        ("list of 50 that none or few have, a size", "/transactions?limit=50&q=amount:98765.43"),
        (
            "list of 50 that none or few have, a whole text",
            "/transactions?limit=50&q=description==%22nothing%20like%20this%22",
        ),
        ("count of a size by month", "/transactions/outline?q=amount:98765.43"),
        ("rows to look at, the largest first", "/categorization/review"),
        ("questions of statements", "/imports/review"),
    )
)
"""What an index must find, because reading every row finds it too."""
CREATE = Workload(name="create one", goal=Goal(hellos=5, growth=1.5), costs=_creating)
CORRECT = Workload(name="correct a category", goal=Goal(hellos=5, growth=1.5), costs=_correcting)
CHANGE = Workload(name="change one", goal=Goal(hellos=5, growth=1.5), costs=_changing)
DELETE = Workload(name="delete one", goal=Goal(hellos=5, growth=1.5), costs=_deleting)
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
    OUTLINE_OF_CATEGORY,
    TRANSFERS,
    *SEARCHES,
    TWO_LETTERS,
    *FEW,
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
    Workload(name="net worth by month, after a write", goal=OF_SUMS, costs=_first("/net-worth/timeline?" + SINCE)),
    CREATE,
    CHANGE,
    CORRECT,
    DELETE,
    *HEAVY,
)
