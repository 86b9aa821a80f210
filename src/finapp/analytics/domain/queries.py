"""The questions to the ledger whose rows add up to a figure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

PATH = "/api/v1/transactions"
_SPECIAL = re.compile(r"[^A-Za-z0-9\-._~,]")

KINDS = {
    "income": {"kind": "income"},
    "expenses": {"kind": "expense,refund"},
    "essential": {"kind": "expense,refund", "need": "essential"},
    "discretionary": {"kind": "expense,refund", "need": "discretionary"},
    "debt_service": {"kind": "debt"},
    "invested": {"kind": "investment"},
    "transfers": {"kind": "transfer"},
}
"""Figure -> the filter of its rows."""
SIGNS = "rows are signed (out negative); spending, debt service and investments are the negative of their rows' sum"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The part of the ledger a question is about."""

    first: date
    last: date
    account_id: str | None = None
    tag: str | None = None
    person: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether no kept sum is of this part: sums are kept by account, not by tag or person."""
        return self.tag is not None or self.person is not None

    def at(self, first: date, last: date) -> "Place":
        """The same part of the ledger at another time."""
        return replace(self, first=first, last=last)

    def query(self, **conditions: str) -> str:
        """The path and query that list the rows of this part under more conditions."""
        return f"{PATH}?{_listed(conditions)}{self._here}"

    @cached_property
    def _here(self) -> str:
        """The conditions of the part itself, which stand in every query about it."""
        narrowed = {"account_id": self.account_id, "tag": self.tag, "person": self.person}
        asked = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        asked |= {name: value for name, value in narrowed.items() if value is not None}
        return _listed(asked).removesuffix("&")

    def figure(self, path: str, **conditions: str) -> str:
        """The path and query of another answer about this part."""
        return self.query(**conditions).replace(PATH, f"/api/v1/{path}", 1)

    def of(self, figure: str) -> str:
        """The query of one of the figures in `KINDS`."""
        return self.query(**KINDS[figure])


def _listed(conditions: Mapping[str, str]) -> str:
    return "".join([f"{name}={_quoted(value)}&" for name, value in conditions.items()])


@lru_cache(1_024)
def _quoted(text: str) -> str:
    return _SPECIAL.sub(_escaped, text)


def _escaped(letter: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in letter[0].encode())
