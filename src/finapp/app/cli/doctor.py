"""Compares the ledger's kept sums with a recount of its rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from finapp.app.assembly import assemble
from finapp.app.catalogue import PLUGS
from finapp.app.settings import Settings
from finapp.kernel.clock import SystemClock
from finapp.platform.neighbours import APP, Neighbours
from finapp.transactions.public import Transactions

_NAME = "transactions"
_SECONDS = 1800.0
"""To recount a million rows takes about half a minute of one core, and a server has other things to do as well."""


def examine(settings: Settings, *, repair: bool = False, at: str | None = None) -> int:
    """Prints one line for each kind of sums; returns how many sums are wrong, after the repair when there was one.

    `at` is where the server answers that holds the data; None when none does. Raises Unavailable when it does not.
    """
    with _ledger(settings, at) as ledger:
        found = ledger.recount()
        _tell(found)
        if repair and any(found.values()):
            ledger.repair()
            found = ledger.recount()
            print("made again from the rows:")
            _tell(found)
    return sum(found.values())


@contextmanager
def _ledger(settings: Settings, at: str | None) -> Iterator[Transactions]:
    """The ledger of these settings: opened here, or asked where it is served."""
    urls = settings.contexts_elsewhere if at is None else {_NAME: at}
    if _NAME in urls:
        protocols = {plug.name: plug.protocol for plug in PLUGS}
        neighbours = Neighbours(urls, protocols, settings.key_directory, _SECONDS)
        try:
            yield neighbours.remote(_NAME, caller=APP)
        finally:
            neighbours.close()
    else:
        assembly = assemble(settings, SystemClock(), PLUGS)
        try:
            yield assembly.facades[_NAME]
        finally:
            assembly.stop()


def _tell(found: Mapping[str, int]) -> None:
    for name, wrong in found.items():
        print(f"{name}: {'as recounted' if wrong == 0 else f'{wrong} differ from a recount of the rows'}")
