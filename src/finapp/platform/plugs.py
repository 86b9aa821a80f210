"""What a context hands to the application, and what the application hands to a context."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

from finapp.kernel.clock import Clock
from finapp.kernel.events import Event
from finapp.platform.database import Database
from finapp.platform.jobs import Jobs
from finapp.platform.operations import Router
from finapp.platform.unit import Unit

Listener = Callable[[Unit, Any], None]
"""Reacts to an event inside one write of the listening context; runs once per event."""


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
class Plug:
    """One context, as the catalogue lists it."""

    name: str
    protocol: type[Any]
    build: Callable[[Parts], Any]
    router: Router
    metadata: MetaData
    paths: tuple[str, ...]
    """First segments below `/api/v1` that this context answers."""
    needs: tuple[str, ...] = ()
    open_paths: tuple[tuple[str, str], ...] = ()
    """(method, path below /api/v1) that need no sign-in. Everything else does."""
    announces: tuple[type[Event], ...] = ()
    listens: Mapping[type[Event], Listener] = field(default_factory=dict)
    prepare: Callable[[Any], None] | None = None
    """Given the facade, reads what the first questions would wait for; called once the process listens."""
