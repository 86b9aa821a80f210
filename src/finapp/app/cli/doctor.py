"""Compares the ledger's kept sums with a recount of its rows."""

from finapp.app.assembly import assemble
from finapp.app.catalogue import PLUGS
from finapp.app.settings import Settings
from finapp.kernel.clock import SystemClock


def examine(settings: Settings) -> int:
    """Prints one line for each kind of sums; returns how many sums are wrong."""
    assembly = assemble(settings, SystemClock(), PLUGS)
    try:
        found = assembly.facades["transactions"].recount()
    finally:
        assembly.stop()
    for name, wrong in found.items():
        print(f"{name}: {'as recounted' if wrong == 0 else f'{wrong} differ from a recount of the rows'}")
    return sum(found.values())
