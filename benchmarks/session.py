"""A household of the product that is asked: what its questions cost, and what they may cost."""

import re
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks.households import Seeded, upload
from benchmarks.served import API, TODAY, Request, Served, json_request

SINCE = "from=2021-01"
"""A period that households of every size have whole, so that all are shown as many months."""

BEFORE = 3
"""Answers that do not count, before those that do."""
TIMES = 5
LONG_MS = 2_000
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
        self.currency = seeded.currency
        self._entered = 0
        self._few: str | None = None
        self._balance = 0
        self.owner = str(served.get("/auth/me")["household_id"])
        self.account = max(seeded.files, key=lambda name: seeded.files[name].stat().st_size)
        self.account_id = seeded.accounts[self.account]
        sample = served.get("/transactions?limit=200")["items"]
        self.category_id = Counter(row["category_id"] for row in sample).most_common(1)[0][0]
        sample += served.get("/transactions?limit=200&cursor=date:2023-06-30")["items"]
        words = Counter(word for row in sample for word in set(re.findall(r"[A-Za-z]{4,}", row["description"])))
        self.common = [word for word, _ in words.most_common(repeats + BEFORE)]
        printed = Counter(word for row in sample for word in set(row["description"].split()) if len(word) >= 4)
        self.rare = sorted((word for word, count in printed.items() if count == 1), key=_digits, reverse=True)
        self.texts = [row["description"] for row in sample]
        self.absent = [f"zqxjv{number}absent" for number in range(repeats + BEFORE)]

    def late_cursor(self, where: str) -> str:
        """The cursor of a list's page that ends some 50 rows above the oldest row, so that it is a full one."""
        oldest = self.served.get(f"/transactions?{where}sort=date&limit=100")["items"]
        page = self.served.get(f"/transactions?{where}limit=50&cursor=date:{oldest[-1]['date']}")
        return str(page["next_cursor"] or f"date:{oldest[-1]['date']}")

    def reads(self, path: str) -> list[float]:
        """The costs of the same question again and again; the first answers are left out."""
        self.served.settle()
        request = Request(path=API + path)
        return [reply.cpu_ms for reply in self.served.ask([request] * (self.repeats + BEFORE))][BEFORE:]

    def anew(self, path: str) -> list[float]:
        """The costs of a question whose whole answer is not kept, again and again."""
        self.served.settle()
        request = Request(path=API + path)
        replies = self.served.ask([request] * (self.repeats + BEFORE), forgetting=self.owner)
        return [reply.cpu_ms for reply in replies][BEFORE:]

    def first(self, path: str) -> float:
        """What a question costs that is asked for the first time since something changed."""
        self.served.settle()
        return self.served.ask([Request(path=API + path)])[0].cpu_ms

    def after_writes(self, path: str) -> list[float]:
        """The costs of a question that is asked for the first time after a write, each time."""
        costs: list[float] = []
        while len(costs) < TIMES and not any(cost > LONG_MS for cost in costs):
            self.create(1)
            costs.append(self.first(path))
        return costs

    def import_few(self) -> None:
        """Brings a statement of five new rows into an account of its own."""
        if self._few is None:
            body = {"name": "Five at a time", "kind": "checking", "currency": self.currency}
            self._few = str(self.served.send("POST", "/accounts", body).json()["id"])
        lines = ["Date,Description,Amount,Balance"]
        for number in range(5):
            self._entered += 1
            self._balance += self._entered
            lines.append(f"{TODAY},Corner shop {self._entered} {number},{self._entered}.00,{self._balance}.00")
        with TemporaryDirectory() as home:
            file = Path(home) / "five.csv"
            file.write_text("\n".join(lines))
            taken = upload(self.served, file, self._few)
        if taken.new != 5:
            raise RuntimeError(f"of five new rows {taken.new} were taken")

    def searches(self, words: list[str]) -> list[float]:
        """The costs of searches for words: each another, because what a search has found may be remembered."""
        self.served.settle()
        quoted = [quote(f'"{word}"') for word in words]
        asked = [f"{API}/transactions?limit=50&q={word}" for word in quoted[: self.repeats + BEFORE]]
        return [reply.cpu_ms for reply in self.served.ask([Request(path=path) for path in asked])][BEFORE:]

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
