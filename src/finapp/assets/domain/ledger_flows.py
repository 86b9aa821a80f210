"""The ledger's flows as the change of net worth counts them, each with the query that lists its rows."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Input

InputKind = Literal["figure", "valuation", "schedule_row", "account", "rows"]


@dataclass(frozen=True, kw_only=True)
class LedgerFlow:
    """A day's sum of ledger rows of one kind of flow, signed, in one currency."""

    on: date
    flow: str
    currency: str
    amount: Decimal
    side: Literal["in", "out"] | None = None
    """Of investments: only the rows that came in, or that went out. None: both."""
    left_out: str | None = None
    """The account whose rows these are, with the sign turned: they are taken out of the household's again."""


def flow_source(flow: LedgerFlow, days: tuple[date, date], home: str, several: bool) -> Input:
    """The input that a flow is a part of, without its value. `several`: the ledger has rows in other currencies too.

    Rows in the currency `home` add up to the value exactly, but for its sign where an account is left out. Foreign
    rows are each carried at their own day's rate: their input is a figure, and names the query after that.
    """
    first, last = days
    names = [f"is%3A{flow.side}"] if flow.side else []
    names += [f"currency%3A{flow.currency}"] if several or flow.currency != home else []
    query = f"/api/v1/transactions?kind={flow.flow}&from={first + timedelta(days=1)}&to={last}"
    if flow.left_out is not None:
        query += f"&account_id={flow.left_out}"
    if names:
        query += f"&q={'%20'.join(names)}"
    foreign = flow.currency if flow.currency != home else None
    parts = ("flow", flow.flow, flow.side, foreign, flow.left_out)
    words = (
        flow.flow,
        flow.side,
        foreign and f"in {foreign}",
        flow.left_out and "of an account not counted by balance",
    )
    return Input(
        id=".".join(part for part in parts if part),
        kind="figure" if foreign else "rows",
        name=" ".join(word for word in words if word),
        value=None,
        source=f"at each day's rate: {query}" if foreign else query,
    )


def exchanged(source: Input) -> Input:
    """What the rates have done since to a flow: no sum of its rows."""
    return replace(source, kind="figure", source="exchange")
