"""A small ledger with a Protocol and errors of its own, for the ways between processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from finapp.kernel import errors


@dataclass(frozen=True, kw_only=True)
class Total:
    month: str
    amount: Decimal


class LedgerClosed(errors.Conflict):
    """Declared by the module of the Protocol, as a context's `public.py` does."""

    code = "ledger_closed"
    title = "The ledger is closed"

    def __init__(self, since: date) -> None:
        super().__init__(f"closed since {since}", since=since.isoformat())


class Versions(Protocol):
    def version(self, *, owner: str) -> str: ...


class Ledger(Versions, Protocol):
    def totals(self, *, owner: str, first: date, limit: int = 2) -> tuple[Total, ...]: ...

    def refuse(self, *, owner: str, why: str) -> None: ...


REFUSALS: Mapping[str, Exception] = {
    "closed": LedgerClosed(date(2026, 1, 31)),
    "invalid": errors.Invalid("amount", "must be positive"),
    "missing": errors.NotFound("no such account"),
    "undeclared": type("Secret", (errors.FinappError,), {"code": "secret"})("not in public"),
    "bug": ZeroDivisionError("a bug"),
}


class LocalLedger:
    def version(self, *, owner: str) -> str:
        return f"7-{owner}"

    def totals(self, *, owner: str, first: date, limit: int = 3) -> tuple[Total, ...]:
        return tuple(Total(month=f"{first:%Y-%m}", amount=Decimal("1.50")) for _ in range(limit))

    def refuse(self, *, owner: str, why: str) -> None:
        if why in REFUSALS:
            raise REFUSALS[why]
