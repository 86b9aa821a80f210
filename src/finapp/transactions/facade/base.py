"""What every part of the facade works with."""

from pathlib import Path

from finapp.auth.public import Auth
from finapp.kernel.clock import Clock
from finapp.platform.database import Database
from finapp.platform.jobs import Jobs
from finapp.platform.memory import Memory
from finapp.platform.unit import Unit
from finapp.transactions.facade.changing import Changing
from finapp.transactions.facade.doubling import Doubling
from finapp.transactions.facade.kept import KeptMonths
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import AccountBalance
from finapp.transactions.store import accounts, covering


class Base:
    """Holds the parts; the subclasses hold the promises."""

    def __init__(self, *, database: Database, clock: Clock, auth: Auth, jobs: Jobs, directory: Path) -> None:
        self._database = database
        self._clock = clock
        self._auth = auth
        self._jobs = jobs
        self._spool = directory / "spool"
        self._balances = Memory[tuple[AccountBalance, ...]]()
        self._covered = KeptMonths(database, covering.edges)
        self._moved = KeptMonths(database, accounts.moved)
        self._doubling = Doubling(database)

    def version(self, *, owner: str) -> str:
        """Names the state of the household's ledger."""
        return str(self._database.version(owner))

    def _holders(self, owner: str) -> tuple[str, ...]:
        """Names of the household's members. Ask before a write is opened."""
        return self._auth.household(owner=owner).members

    def _changing(self, unit: Unit, person: str, holders: tuple[str, ...]) -> Changing:
        """The ledger, open for one change by one person."""
        return Changing(Ledger(unit.connection, unit.owner or "", holders), person, self._clock.now())
