"""Compares the ledger's kept sums with a recount of its rows."""

from collections.abc import Mapping

from finapp.app.assembly import assemble
from finapp.app.catalogue import PLUGS
from finapp.app.settings import Settings
from finapp.kernel.clock import SystemClock


def examine(settings: Settings, *, repair: bool = False) -> int:
    """Prints one line for each kind of sums; returns how many sums are wrong, after the repair when there was one."""
    assembly = assemble(settings, SystemClock(), PLUGS)
    try:
        ledger = assembly.facades["transactions"]
        found = ledger.recount()
        _tell(found)
        if repair and any(found.values()):
            ledger.repair()
            found = ledger.recount()
            print("made again from the rows:")
            _tell(found)
    finally:
        assembly.stop()
    return sum(found.values())


def _tell(found: Mapping[str, int]) -> None:
    for name, wrong in found.items():
        print(f"{name}: {'as recounted' if wrong == 0 else f'{wrong} differ from a recount of the rows'}")
