"""Keeps the promise of dashboard."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from finapp.dashboard.facade import digests, kpis, next_rupee, tiles
from finapp.dashboard.facade.asking import Ask, Asking, Missing
from finapp.dashboard.facade.judging import health_score_of_known
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.facade.readings import Readings, questions
from finapp.dashboard.facade.webhooks import WebhookDesk
from finapp.dashboard.public import (
    Digest,
    DigestPeriod,
    Every,
    HealthScore,
    InsightsTile,
    Kpis,
    NextRupee,
    Overview,
    RupeeQuestion,
)
from finapp.kernel.clock import Clock, SystemClock
from finapp.kernel.errors import Invalid, Unavailable
from finapp.kernel.money import Rate
from finapp.platform.database import Database
from finapp.platform.portable import PortableRows

TILE_SECONDS, FIRST_TILE_SECONDS = 2.0, 8.0
EARLIEST_YEAR = 1900
VERSION_SECONDS = 0.5


class LocalDashboard(PortableRows, WebhookDesk):
    """Keeps `finapp.dashboard.public.Dashboard`. No tile is waited for longer than `seconds`, the first time in this
    process `first_seconds`."""

    def __init__(
        self,
        *,
        database: Database,
        neighbours: Neighbours,
        clock: Clock | None = None,
        wake: Callable[[], None] = lambda: None,
        seconds: float = TILE_SECONDS,
        first_seconds: float = FIRST_TILE_SECONDS,
    ) -> None:
        super().__init__(database=database, neighbours=neighbours, clock=clock or SystemClock(), wake=wake)
        self._asking = Asking(seconds=seconds, first_seconds=first_seconds)
        self._asking_versions = Asking(seconds=min(VERSION_SECONDS, seconds), first_seconds=seconds)

    def version(self, *, owner: str) -> str:
        found = self._asking_versions.all({"version": partial(self._neighbours.version, owner)})
        try:
            return f"{self._database.version(owner)}.{found.value('version')}"
        except Missing as missing:
            raise Unavailable(f"a neighbour does not answer ({missing})") from None

    def currency(self, *, owner: str) -> str:
        return self._neighbours.auth.household(owner=owner).currency

    def dashboard(self, *, owner: str, as_of: date, version: str | None = None) -> Overview:
        return tiles.overview(self._readings(owner, as_of, version), as_of)

    def kpis(self, *, owner: str, as_of: date, version: str | None = None) -> Kpis:
        return kpis.kpis(self._readings(owner, as_of, version), as_of)

    def health_score(self, *, owner: str, as_of: date, version: str | None = None) -> HealthScore:
        return health_score_of_known(self._readings(owner, as_of, version), as_of)

    def insights(self, *, owner: str, as_of: date) -> InsightsTile:
        return tiles.insights(self._readings(owner, as_of), as_of)

    def digest(self, *, owner: str, period: DigestPeriod, year: int | None = None, as_of: date) -> Digest:
        if year is not None and not (period == "year" and EARLIEST_YEAR <= year <= as_of.year):
            raise Invalid("year", f"belongs to the period `year`, and lies between {EARLIEST_YEAR} and {as_of.year}")
        first, last = digests.bounds(period, as_of, year)
        asked = digests.questions(self._neighbours, owner, period, first, last, as_of)
        key = self._key(owner, as_of)
        answered = self._asking.all(asked, key=None if key is None else f"{key}\n{period}\n{first}")
        return digests.digest(answered, self._readings(owner, as_of), period, first, last, as_of)

    def next_rupee(
        self,
        *,
        owner: str,
        amount: Decimal,
        every: Every = "once",
        invest_return: Rate | None,
        inflation: Rate | None,
        as_of: date,
    ) -> NextRupee:
        asked = next_rupee.Asked(amount=amount, every=every, invest_return=invest_return, inflation=inflation)
        return next_rupee.of_household(self._neighbours, owner, asked, as_of)

    def next_rupee_of(self, *, owner: str, question: RupeeQuestion, as_of: date) -> NextRupee:
        return next_rupee.answer(self._neighbours, owner, question, as_of)

    def _readings(self, owner: str, as_of: date, version: str | None = None) -> Readings:
        asked: dict[str, Ask] = dict(questions(self._neighbours, owner, as_of))
        asked["goals"] = partial(self.goals, owner=owner, as_of=as_of)
        return Readings(self._asking.all(asked, key=self._key(owner, as_of, version)), self._dismissed(owner, as_of))

    def _key(self, owner: str, as_of: date, version: str | None = None) -> str | None:
        """What the readings depend on; None, and nothing is kept, when a neighbour cannot say."""
        try:
            return f"{owner}\n{as_of}\n{version or self.version(owner=owner)}"
        except Unavailable:
            return None
