"""Puts the contexts together: which are here, which elsewhere, and how they reach each other.

At the start the data of every context is opened and migrated; what a context is made of is imported when it is needed.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from finapp.app.remembering import RememberedHouseholds
from finapp.app.settings import Settings
from finapp.kernel.clock import Clock
from finapp.platform import codec
from finapp.platform.courier import Courier, Envelope, Mailbox
from finapp.platform.database import Database
from finapp.platform.engines import DataUnreadable, Engines, PostgresEngines, SqliteEngines, make_postgres_home
from finapp.platform.facades import Facades
from finapp.platform.identity import Doorkeeper
from finapp.platform.jobs import Jobs
from finapp.platform.key_files import check_keys
from finapp.platform.migrating import is_current, migrate
from finapp.platform.neighbours import APP, DOOR, Neighbours
from finapp.platform.operations import Router
from finapp.platform.plugs import Parts, Plug, Regularly
from finapp.platform.recall import Commits
from finapp.platform.remote import through_wire


@dataclass
class Assembly:
    """Everything that runs in this process."""

    plugs: Sequence[Plug]
    here: frozenset[str]
    facades: Facades
    """As seen by the routes: every context, wherever it runs."""
    databases: Mapping[str, Database]
    mailboxes: Mapping[str, Mailbox]
    parts: Callable[[Plug], Parts]
    """What a context of this process is built from."""
    doorkeeper: Doorkeeper
    neighbours: Neighbours
    courier: Courier
    jobs: Jobs
    commits: Commits | None
    """Counts every commit of every context; None when some of them are made by other processes."""

    def receive(self, envelope: Envelope) -> None:
        """Takes an event for a context, or the doorkeeper, of this process."""
        if envelope.subscriber.startswith(DOOR):
            kinds = {kind.__name__: kind for plug in self.plugs if plug.name == "auth" for kind in plug.announces()}
            event: Any = codec.from_bytes(envelope.payload.encode(), kinds[envelope.name])
            self.doorkeeper.forget(session=getattr(event, "session_id", None), person=getattr(event, "person_id", None))
        else:
            self.mailboxes[envelope.subscriber].receive(envelope)

    def internal_router(self) -> Router:
        """What other processes may ask of this one: facade calls and events, with service tokens."""
        router = Router()
        for name in [plug.name for plug in self.plugs if plug.name in self.here]:
            router.include_router(self.neighbours.calls_router(name, partial(self.facades.__getitem__, name)))
        router.include_router(self.neighbours.events_router(self.receive))
        return router

    def start(self) -> None:
        """Starts the background threads, and goes on with what a stopped process has left."""
        for plug in self.plugs:
            if plug.name in self.here and plug.is_waited_for(self.parts(plug)):
                self.facades[plug.name]
        self.jobs.start()
        self.courier.start()

    def stop(self) -> None:
        """Stops them and closes the databases."""
        self.jobs.stop()
        self.courier.stop()
        self.neighbours.close()
        for database in self.databases.values():
            database.close()


def assemble(settings: Settings, clock: Clock, plugs: Sequence[Plug]) -> Assembly:
    """Builds the contexts of this process in the order of the map, migrating their data first."""
    elsewhere = settings.contexts_elsewhere
    here = settings.contexts_here or frozenset(plug.name for plug in plugs) - elsewhere.keys()
    _require_known(plugs, here, elsewhere)
    check_keys(settings.key_directory, [key for plug in plugs if plug.name in here for key in plug.signs])
    subscribers = _subscribers(plugs, frozenset(elsewhere.values()))
    databases = _databases(settings, [plug for plug in plugs if plug.name in here], clock, subscribers)
    neighbours = Neighbours(elsewhere, {plug.name: plug.protocol for plug in plugs}, settings.key_directory)
    jobs = Jobs(_queue(settings, plugs, here))
    builder = _Builder({plug.name: plug for plug in plugs if plug.name in here}, databases, neighbours, settings, clock)
    facades = Facades(lambda name: builder.facade(name, facades, jobs))
    for plug in builder.plugs.values():
        for each in plug.regularly:
            jobs.every(each.name, each.when, partial(_do, each, facades, plug.name))
    courier = Courier(databases, lambda envelope: _deliver(assembly, envelope), clock, here | {DOOR})
    mailboxes = {name: Mailbox(databases[name], clock, plug.listeners) for name, plug in builder.plugs.items()}
    assembly = Assembly(
        plugs=plugs,
        here=here,
        facades=facades,
        databases=databases,
        mailboxes=mailboxes,
        parts=lambda plug: builder.parts(plug, facades, jobs),
        doorkeeper=Doorkeeper(facades.later("auth")),
        neighbours=neighbours,
        courier=courier,
        jobs=jobs,
        commits=_commits(plugs, databases),
    )
    return assembly


@dataclass(frozen=True)
class _Builder:
    """Makes the facades, each when it is first asked for."""

    plugs: Mapping[str, Plug]
    """Of the contexts that are here."""
    databases: Mapping[str, Database]
    neighbours: Neighbours
    settings: Settings
    clock: Clock

    def facade(self, name: str, facades: Facades, jobs: Jobs) -> Any:
        if name not in self.plugs:
            return self.neighbours.remote(name, caller=APP)
        plug = self.plugs[name]
        facade = plug.build(self.parts(plug, facades, jobs))
        return through_wire(plug.protocol(), facade) if self.settings.wire else facade

    def parts(self, plug: Plug, facades: Facades, jobs: Jobs) -> Parts:
        return Parts(
            database=self.databases[plug.name],
            clock=self.clock,
            neighbours={name: self._seen_from(plug.name, name, facades) for name in plug.needs},
            jobs=jobs,
            directory=_directory(self.settings.data / plug.name),
            keys=self.settings.key_directory,
            registration=self.settings.registration,
        )

    def _seen_from(self, caller: str, name: str, facades: Facades) -> Any:
        if not self.neighbours.is_elsewhere(name):
            return facades.later(name)
        found = self.neighbours.remote(name, caller=caller)
        return RememberedHouseholds(found) if name == "auth" else found


def _do(regularly: Regularly, facades: Facades, name: str) -> None:
    regularly.work(facades[name])


def _commits(plugs: Sequence[Plug], databases: Mapping[str, Database]) -> Commits | None:
    if len(databases) < len(plugs) or not all(database.one_writer for database in databases.values()):
        return None
    commits = Commits()
    for database in databases.values():
        database.after_committing = commits.add
    return commits


def _deliver(assembly: Assembly, envelope: Envelope) -> None:
    subscriber = envelope.subscriber
    if subscriber == DOOR or subscriber in assembly.here:
        assembly.receive(envelope)
    else:
        assembly.neighbours.send_event(envelope)


def _subscribers(plugs: Sequence[Plug], urls: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for plug in plugs:
        for event in plug.listens:
            found[event] = (*found.get(event, ()), plug.name)
    # Each process has a doorkeeper that must forget what auth has ended.
    doors = (DOOR, *(DOOR + url for url in sorted(urls)))
    for name in ("SessionEnded", "PersonDisabled"):
        found[name] = (*found.get(name, ()), *doors)
    return found


def _databases(
    settings: Settings, plugs: Sequence[Plug], clock: Clock, subscribers: Mapping[str, tuple[str, ...]]
) -> dict[str, Database]:
    """All of them, or none when one cannot be opened."""
    found: dict[str, Database] = {}
    with ExitStack() as opened:
        for plug in plugs:
            found[plug.name] = _database(settings, plug, clock, subscribers)
            opened.callback(found[plug.name].close)
        opened.pop_all()
    return found


def _database(settings: Settings, plug: Plug, clock: Clock, subscribers: Mapping[str, tuple[str, ...]]) -> Database:
    try:
        engines = _opened(settings, plug.name)
    except DBAPIError as fault:
        said = str(fault.orig).strip().split("\n")[0]
        raise DataUnreadable(f"the data of {plug.name} cannot be opened: {said}") from fault
    return Database(engines, clock, subscribers, plug.metadata)


def _opened(settings: Settings, name: str) -> Engines:
    """The connections to a context's data, which have been migrated."""
    engines: Engines
    if settings.database_url:
        make_postgres_home(settings.database_url, name)
        engines = PostgresEngines(settings.database_url, name)
    else:
        engines = SqliteEngines(settings.data, name)
    try:
        if not is_current(engines):
            migrate(engines)
    except BaseException:
        engines.close()
        raise
    return engines


def _queue(settings: Settings, plugs: Sequence[Plug], here: frozenset[str]) -> Path:
    """The file of this process's jobs: processes that share a directory have queues of their own."""
    own = "" if len(here) == len(plugs) else "-" + "-".join(sorted(here))
    return _directory(settings.data) / f"jobs{own}.sqlite3"


def _directory(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _require_known(plugs: Sequence[Plug], here: frozenset[str], elsewhere: Mapping[str, str]) -> None:
    names = {plug.name for plug in plugs}
    for name in sorted((here | elsewhere.keys()) - names):
        raise ValueError(f"FINAPP_HERE or FINAPP_ELSEWHERE names {name!r}; the contexts are {', '.join(sorted(names))}")
    for plug in plugs:
        for need in set(plug.needs) - here - elsewhere.keys() if plug.name in here else ():
            raise ValueError(f"{plug.name} needs {need}: name it in FINAPP_HERE or FINAPP_ELSEWHERE")
