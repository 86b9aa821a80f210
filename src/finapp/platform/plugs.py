"""What a context hands to the application, and what the application hands to a context."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

from finapp.kernel.clock import Clock
from finapp.kernel.events import Event
from finapp.platform.database import Database
from finapp.platform.jobs import Every, Jobs
from finapp.platform.operations import Router
from finapp.platform.unit import Unit

Listener = Callable[[Unit, Any], None]
"""Reacts to an event inside one write of the listening context; runs once per event."""
Listeners = Mapping[type[Event], Listener]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a facade is built from."""

    database: Database
    clock: Clock
    neighbours: Mapping[str, Any]
    """Name -> the neighbour's Protocol, wherever it runs. Holds exactly the plug's `needs`."""
    jobs: Jobs
    directory: Path
    """This context's own folder for files (spooled uploads, attachments)."""
    keys: Path
    """The deployment's key directory."""
    registration: bool
    """Whether newcomers may register themselves."""


@dataclass(frozen=True, kw_only=True)
class Regularly:
    """What a facade does by the clock."""

    name: str
    when: Every
    work: Callable[[Any], None]
    """Given the facade."""


def _nothing(_: Parts) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Plug:
    """One context, as the catalogue lists it.

    It names what the process must know of a context at its start. What imports the context's rooms is a function: it
    is called when somebody first asks for what it returns.
    """

    name: str
    protocol: Callable[[], type[Any]]
    build: Callable[[Parts], Any]
    """Makes the facade."""
    router: Callable[[], Router]
    metadata: Callable[[], MetaData]
    paths: tuple[str, ...]
    """First segments below `/api/v1` that this context answers."""
    needs: tuple[str, ...] = ()
    open_paths: tuple[tuple[str, str], ...] = ()
    """(method, path below /api/v1) that need no sign-in. Everything else does."""
    signs: tuple[str, ...] = ()
    """Names of the keys that its facade signs with, beside the one by which its process calls others."""
    announces: Callable[[], tuple[type[Event], ...]] = tuple
    listens: tuple[str, ...] = ()
    """The names of the events that `listeners` has."""
    listeners: Callable[[], Listeners] = dict
    regularly: tuple[Regularly, ...] = ()
    is_waited_for: Callable[[Parts], bool] = _nothing
    """Whether the data hold work that a stopped process has left: then the facade is built at the start."""
