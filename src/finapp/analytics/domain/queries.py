"""The questions to the ledger whose rows add up to a figure."""

from dataclasses import dataclass
from datetime import date

PATH = "/api/v1/transactions"
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,")

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

    def query(self, **conditions: str) -> str:
        """The path and query that list the rows of this part under more conditions."""
        asked = {**conditions, "from": self.first.isoformat(), "to": self.last.isoformat()}
        if self.account_id is not None:
            asked["account_id"] = self.account_id
        if self.tag is not None:
            asked["tag"] = self.tag
        return PATH + "?" + "&".join(f"{name}={_quoted(value)}" for name, value in asked.items())

    def of(self, figure: str) -> str:
        """The query of one of the figures in `KINDS`."""
        return self.query(**KINDS[figure])


def _quoted(text: str) -> str:
    return "".join(letter if letter in _PLAIN else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())
