"""Accounts of the household."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import NotFound
from finapp.kernel.money import Rate

AccountKind = Literal["checking", "savings", "credit_card", "cash", "loan", "investment", "overdraft"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account. `balance` is opening balance plus every row of the ledger; a debt is negative."""

    id: str
    name: str
    kind: AccountKind
    currency: str
    institution: str | None
    number_last4: str | None
    opening_balance: Decimal
    interest_rate: Rate | None
    """Yearly interest as a decimal fraction; None when unknown."""
    balance: Decimal
    version: int


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """One page of accounts."""

    items: tuple[Account, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """An account to open in the ledger."""

    name: str
    kind: AccountKind
    currency: str
    institution: str | None = None
    number_last4: str | None = None
    opening_balance: Decimal = Decimal(0)
    interest_rate: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class AccountChanges:
    """What to change of an account; None leaves as it is. The currency of an account never changes."""

    name: str | None = None
    kind: AccountKind | None = None
    institution: str | None = None
    number_last4: str | None = None
    opening_balance: Decimal | None = None
    interest_rate: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class AccountBalance:
    """What an account held at the end of a day, in its currency."""

    account_id: str
    name: str
    kind: AccountKind
    currency: str
    interest_rate: Rate | None
    balance: Decimal
    on: date
    last_row_on: date | None
    """The newest row up to that day; None when there is none."""
    first_row_on: date | None = None
    """The oldest row of all, also when it comes after that day; None when there is none. Long before it the balance is
    the stated opening balance and nobody's knowledge."""


class AccountNotFound(NotFound):
    """No account of this household has this id."""

    code = "account_not_found"
    title = "No such account"
