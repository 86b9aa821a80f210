"""Puts the contexts together: which are here, which elsewhere, and how they reach each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finapp.app.remembering import RememberedHouseholds
from finapp.app.settings import Settings
from finapp.kernel.clock import Clock
from finapp.kernel.events import Event
from finapp.platform import codec
from finapp.platform.courier import Courier, Envelope, Mailbox
from finapp.platform.database import Database
from finapp.platform.engines import Engines, PostgresEngines, SqliteEngines, make_postgres_home
from finapp.platform.identity import Doorkeeper
from finapp.platform.jobs import Jobs
from finapp.platform.migrating import is_current, migrate
from finapp.platform.neighbours import APP, DOOR, Neighbours
from finapp.platform.operations import Router
from finapp.platform.plugs import Parts, Plug
from finapp.platform.recall import Commits
from finapp.platform.remote import through_wire


@dataclass
class Assembly:
    """Everything that runs in this process."""

    plugs: Sequence[Plug]
    here: frozenset[str]
    facades: Mapping[str, Any]
    """As seen by the routes: every context, wherever it runs."""
    databases: Mapping[str, Database]
    mailboxes: Mapping[str, Mailbox]
    types: Mapping[str, type[Event]]
    doorkeeper: Doorkeeper
    neighbours: Neighbours
    courier: Courier
    jobs: Jobs
    commits: Commits | None
    """Counts every commit of every context; None when some of them are made by other processes."""

    def receive(self, envelope: Envelope) -> None:
        """Takes an event for a context, or the doorkeeper, of this process."""
        if envelope.subscriber.startswith(DOOR):
            event: Any = codec.from_bytes(envelope.payload.encode(), self.types[envelope.name])
            self.doorkeeper.forget(session=getattr(event, "session_id", None), person=getattr(event, "person_id", None))
        else:
            self.mailboxes[envelope.subscriber].receive(envelope)

    def internal_routers(self) -> Iterator[Router]:
        """What other processes may ask of this one: facade calls and events, with service tokens."""
        for plug in self.plugs:
            if plug.name in self.here:
                yield self.neighbours.calls_router(plug.name, self.facades[plug.name])
        yield self.neighbours.events_router(self.receive)

    def start(self) -> None:
        """Starts the background threads."""
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
    types = {event.__name__: event for plug in plugs for event in plug.announces}
    subscribers = _subscribers(plugs, frozenset(elsewhere.values()))
    databases = {plug.name: _database(settings, plug, clock, subscribers) for plug in plugs if plug.name in here}
    neighbours = Neighbours(elsewhere, {plug.name: plug.protocol for plug in plugs}, settings.key_directory)
    jobs = Jobs(_queue(settings, plugs, here))
    facades: dict[str, Any] = {}
    for plug in plugs:
        if plug.name in here:
            facades[plug.name] = _build(plug, facades, databases, neighbours, settings, clock, jobs)
        else:
            facades[plug.name] = neighbours.remote(plug.name, caller=APP)
    courier = Courier(databases, lambda envelope: _deliver(assembly, envelope), clock, here | {DOOR})
    mailboxes = {
        plug.name: Mailbox(databases[plug.name], clock, plug.listens, types) for plug in plugs if plug.name in here
    }
    doorkeeper = Doorkeeper(facades["auth"])
    commits = _commits(plugs, databases)
    assembly = Assembly(
        plugs, here, facades, databases, mailboxes, types, doorkeeper, neighbours, courier, jobs, commits
    )
    return assembly


def _commits(plugs: Sequence[Plug], databases: Mapping[str, Database]) -> Commits | None:
    if len(databases) < len(plugs) or not all(database.one_writer for database in databases.values()):
        return None
    commits = Commits()
    for database in databases.values():
        database.after_committing = commits.add
    return commits


def _build(
    plug: Plug,
    facades: Mapping[str, Any],
    databases: Mapping[str, Database],
    neighbours: Neighbours,
    settings: Settings,
    clock: Clock,
    jobs: Jobs,
) -> Any:
    parts = Parts(
        database=databases[plug.name],
        clock=clock,
        neighbours={name: _seen_from(plug.name, name, facades, neighbours) for name in plug.needs},
        jobs=jobs,
        directory=_directory(settings.data / plug.name),
        keys=settings.key_directory,
        registration=settings.registration,
    )
    facade = plug.build(parts)
    return through_wire(plug.protocol, facade) if settings.wire else facade


def _seen_from(caller: str, name: str, facades: Mapping[str, Any], neighbours: Neighbours) -> Any:
    if not neighbours.is_elsewhere(name):
        return facades[name]
    found = neighbours.remote(name, caller=caller)
    return RememberedHouseholds(found) if name == "auth" else found


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
            found[event.__name__] = (*found.get(event.__name__, ()), plug.name)
    # Each process has a doorkeeper that must forget what auth has ended.
    doors = (DOOR, *(DOOR + url for url in sorted(urls)))
    for name in ("SessionEnded", "PersonDisabled"):
        found[name] = (*found.get(name, ()), *doors)
    return found


def _database(settings: Settings, plug: Plug, clock: Clock, subscribers: Mapping[str, tuple[str, ...]]) -> Database:
    name = plug.name
    engines: Engines
    if settings.database_url:
        make_postgres_home(settings.database_url, name)
        engines = PostgresEngines(settings.database_url, name)
    else:
        engines = SqliteEngines(settings.data, name)
    if not is_current(engines):
        migrate(engines)
    return Database(engines, clock, subscribers, plug.metadata)


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
