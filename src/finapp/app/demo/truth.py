"""What is true of a simulated household, whatever a reader of its statements may conclude.

Amounts are Decimal in units of the account's currency and signed from the household: out negative, in positive.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

ProfileName = Literal["in", "us", "gb", "eu"]
Flow = Literal["income", "expense", "transfer", "investment", "debt", "refund"]
AccountKind = Literal["checking", "savings", "credit_card", "cash", "loan"]
Frequency = Literal[
    "weekly",
    "biweekly",
    "four_weekly",
    "semi_monthly",
    "monthly",
    "bimonthly",
    "quarterly",
    "half_yearly",
    "yearly",
]
AmountKind = Literal["fixed", "variable", "stepped"]
Shift = Literal["none", "previous", "next"]
Liquidity = Literal["today", "days", "months", "locked"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """One account. `bank` names whose narrations it prints; `layout` names the statement layout its bank exports.

    `annual_rate` is a decimal fraction: paid to the household on deposits, charged on loans.
    A loan account has no statement; its balance is the amount still owed, negative.
    """

    id: str
    name: str
    kind: AccountKind
    bank: str
    layout: str | None
    number: str
    currency: str
    opening_balance: Decimal
    annual_rate: Decimal
    holder: str

    @property
    def last4(self) -> str:
        """The last four digits of the account's number."""
        return self.number[-4:]


class Row(NamedTuple):
    """One booked row and what it really was. A tuple, because millions are made and it is built six times as fast.

    `key` is unique in the household. `balance` is the account's balance after this row.
    `counterparty` is what the bank prints in a column of its own, empty where it prints only a narration.
    `transfer_id` is shared by the two sides of one own movement; `refund_id` by a purchase and what came back of it.
    Both begin with what happened: `transfer-`, `card-`, `wallet-`, `conversion-`; `refund-`, `reversal-`, `claim-`.
    """

    key: str
    account_id: str
    date: date
    amount: Decimal
    balance: Decimal
    description: str
    counterparty: str
    channel: str
    reference: str
    category: str
    flow: Flow
    merchant: str | None
    transfer_id: str | None
    refund_id: str | None
    series_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceChange:
    """From `on` (the first payment at the new price) a series costs `after` instead of `before`; both positive."""

    on: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One recurring payment or income.

    `anchor` says the calendar rule in words ("day 5", "last working day", "2nd tuesday", "every friday").
    `missed_on` are the days on which the rule expected a row that never came, between `first_on` and `last_on`.
    `next_on` is the next expected day after the household's last day, None when the series has ended.
    `amount_last` is the positive amount of the last occurrence, None when it follows from balances.
    """

    id: str
    account_id: str
    direction: Literal["in", "out"]
    merchant: str
    category: str
    flow: Flow
    frequency: Frequency
    anchor: str
    shift: Shift
    amount_kind: AmountKind
    amount_last: Decimal | None
    first_on: date
    last_on: date
    next_on: date | None
    occurrences: int
    ended: bool
    missed_on: tuple[date, ...]
    price_changes: tuple[PriceChange, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Loan:
    """A loan repaid by the series `series_id`. `principal` was lent on `start`; `annual_rate` is a decimal fraction."""

    account_id: str
    name: str
    kind: str
    lender: str
    principal: Decimal
    annual_rate: Decimal
    months: int
    instalment: Decimal
    start: date
    series_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """Something owned that no statement shows, with its dated valuations."""

    name: str
    kind: str
    liquidity: Liquidity
    valuations: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A sum wanted by a day."""

    name: str
    target: Decimal
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One exported file. `row_keys` are its rows in file order.

    `duplicate_keys` are those of its rows that an earlier file of the same household already delivered.
    """

    filename: str
    account_id: str
    layout: str
    first: date
    last: date
    opening: Decimal
    closing: Decimal
    content: bytes
    row_keys: tuple[str, ...]
    duplicate_keys: tuple[str, ...]
