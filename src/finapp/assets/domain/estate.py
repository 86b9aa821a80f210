"""Everything a household owns and owes as lines over days, each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple, Protocol

from finapp.assets.domain import debts
from finapp.assets.domain.debts import Debt, owed
from finapp.assets.domain.valuing import GONE, Holding, Worth, begins, minors, worths
from finapp.assets.public import Liquidity
from finapp.kernel.money import EXACT, exponent, from_minor, to_minor


class Rates(Protocol):
    """Exchange rates."""

    def rate(self, *, currency: str, to: str, on: date) -> Decimal | None:
        """How much of `to` one unit of `currency` was on a day; None when that is not known."""


@dataclass(frozen=True, kw_only=True)
class LedgerAccount:
    """An account of the ledger with its signed balance at the end of each asked day; None where it is not known."""

    id: str
    name: str
    kind: str
    currency: str
    balances: Sequence[Decimal | None]
    last_rows: Sequence[date | None]
    begins: date | None = None
    """From when the balance is known: the end of the month before the first row, whose opening balance it has. None:
    without rows nothing tells, and the stated balance counts on every day."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing over the asked days: signed minor units of its currency, the household's share; None is unknown."""

    id: str
    kind: Literal["asset", "liability", "account"]
    name: str
    group: str
    liquidity: Liquidity | None
    held_by: str
    currency: str
    amounts: Sequence[int | None]
    worths: Sequence[Worth]
    """The whole value behind each amount, where it comes from and of which day."""
    differences: Sequence[Decimal | None] = ()
    """Of a linked account: its balance less the value counted; empty where the balance is the value."""


@dataclass(frozen=True, kw_only=True)
class Estate:
    """What is known of a household over `days` (ascending)."""

    currency: str
    days: tuple[date, ...]
    holdings: Sequence[Holding]
    debts: Sequence[Debt]
    accounts: Mapping[str, LedgerAccount] = field(default_factory=dict)


_LIQUID_KINDS: dict[str, tuple[str, Liquidity]] = {
    "checking": ("bank", "today"),
    "savings": ("bank", "today"),
    "cash": ("cash", "today"),
    "investment": ("investment", "days"),
}


def lines(estate: Estate) -> list[Line]:
    """Every asset, liability and remaining account once.

    A linked account enters through its asset or liability: an investment account by the holdings, a loan by its
    schedule, any other by the ledger's balance. Accounts that are linked to nothing enter by their balance.
    """
    found, linked = [], set()
    for holding in estate.holdings:
        account = estate.accounts.get(holding.details.account_id or "")
        linked.add(holding.details.account_id)
        found.append(_asset_line(holding, account, estate.days))
    for debt in estate.debts:
        account = estate.accounts.get(debt.details.account_id or "")
        linked.add(debt.details.account_id)
        found.append(_debt_line(debt, account, estate.days))
    found.extend(_account_line(account) for account in estate.accounts.values() if account.id not in linked)
    return found


def by_ledger(holding: Holding, account: LedgerAccount | None) -> bool:
    """Whether an asset is worth its account's balance, not its own valuations."""
    return account is not None and not (account.kind == "investment" and (holding.marks.days or holding.steps))


def by_schedule(debt: Debt, account: LedgerAccount) -> bool:
    """Whether what is owed follows from the terms, not from the account's balance."""
    return account.kind == "loan" and debt.terms is not None


def asset_worths(holding: Holding, account: LedgerAccount | None, days: Sequence[date]) -> list[Worth]:
    """The whole value on each day, from the ledger where the asset is its account."""
    if account is None or not by_ledger(holding, account):
        return worths(holding, days)
    closed = holding.details.closed_on
    answers = []
    for day, balance, last in zip(days, account.balances, account.last_rows, strict=True):
        if balance is None or (closed is not None and day >= closed):
            answers.append(GONE)
        else:
            answers.append(Worth(to_minor(balance, account.currency), last, "account"))
    return answers


def known_from(estate: Estate) -> date | None:
    """The first day of which anything is known: the earliest there is where all that is known are accounts without
    rows. None where there is neither an account nor a debt, nor anything with a value or a date."""
    firsts = [account.begins for account in estate.accounts.values()]
    firsts += [begins(holding) for holding in estate.holdings]
    firsts += [debt.details.start for debt in estate.debts]
    stated = date.min if estate.accounts else None
    return min((first for first in firsts if first is not None), default=stated)


def unknown_why(estate: Estate) -> list[Literal["no_rows", "no_valuation"] | None]:
    """Of each day, why nothing at all is known of it; None when something is."""
    first = known_from(estate)
    if first is None:
        return ["no_valuation" if estate.holdings else "no_rows"] * len(estate.days)
    return ["no_rows" if day < first else None for day in estate.days]


class Amounts(NamedTuple):
    """The amounts of a line alone: the household's share on each day, signed minor units; None is unknown."""

    currency: str
    minors: Sequence[int | None]


def amounts(estate: Estate) -> list[Amounts]:
    """The amounts of `lines` without where they come from: for many days."""
    found, linked = [], set()
    for holding in estate.holdings:
        account = estate.accounts.get(holding.details.account_id or "")
        linked.add(holding.details.account_id)
        if by_ledger(holding, account):
            line = _asset_line(holding, account, estate.days)
            found.append(Amounts(line.currency, line.amounts))
        else:
            shared = _shared(minors(holding, estate.days), holding.details.owner_share)
            found.append(Amounts(holding.details.currency, shared))
    for debt in estate.debts:
        account = estate.accounts.get(debt.details.account_id or "")
        linked.add(debt.details.account_id)
        if account is not None and not by_schedule(debt, account):
            line = _debt_line(debt, account, estate.days)
            found.append(Amounts(line.currency, line.amounts))
        else:
            shared = _shared([-minor for minor in debts.minors(debt, estate.days)], debt.details.owner_share)
            found.append(Amounts(debt.details.currency, shared))
    remaining = [account for account in estate.accounts.values() if account.id not in linked]
    return found + [Amounts(account.currency, _held(account)) for account in remaining]


def _asset_line(holding: Holding, account: LedgerAccount | None, days: Sequence[date]) -> Line:
    details, values = holding.details, asset_worths(holding, account, days)
    differences: Sequence[Decimal | None] = ()
    if account is not None and not by_ledger(holding, account):
        differences = _differences(account, values, details.currency)
    return Line(
        id=holding.id,
        kind="asset",
        name=details.name,
        group=details.kind,
        liquidity=details.liquidity,
        held_by=details.held_by,
        currency=details.currency,
        amounts=_shared([worth.minor for worth in values], details.owner_share),
        worths=values,
        differences=differences,
    )


def _differences(account: LedgerAccount, values: Sequence[Worth], currency: str) -> list[Decimal | None]:
    return [
        None if balance is None or worth.minor is None else balance - from_minor(worth.minor, currency)
        for balance, worth in zip(account.balances, values, strict=True)
    ]


def _debt_line(debt: Debt, account: LedgerAccount | None, days: Sequence[date]) -> Line:
    details = debt.details
    values = [Worth(-owing.minor, owing.on, owing.source) for owing in owed(debt, days)]
    differences: Sequence[Decimal | None] = ()
    if account is not None and by_schedule(debt, account):
        differences = _differences(account, values, details.currency)
    elif account is not None:
        values = [_by_balance(account, index, value) for index, value in enumerate(values)]
    return Line(
        id=debt.id,
        kind="liability",
        name=details.name,
        group=details.kind,
        liquidity=None,
        held_by=details.held_by,
        currency=details.currency,
        amounts=_shared([worth.minor for worth in values], details.owner_share),
        worths=values,
        differences=differences,
    )


def _by_balance(account: LedgerAccount, index: int, stated: Worth) -> Worth:
    balance = account.balances[index]
    if balance is None or stated.source == "closed":
        return stated
    return Worth(to_minor(balance, account.currency), account.last_rows[index], "account")


def _held(account: LedgerAccount) -> list[int | None]:
    currency = account.currency
    return [GONE.minor if balance is None else to_minor(balance, currency) for balance in account.balances]


def _account_line(account: LedgerAccount) -> Line:
    group, liquidity = _LIQUID_KINDS.get(account.kind, (account.kind, None))
    values = [
        GONE if balance is None else Worth(to_minor(balance, account.currency), on, "account")
        for balance, on in zip(account.balances, account.last_rows, strict=True)
    ]
    return Line(
        id=account.id,
        kind="account",
        name=account.name,
        group=group,
        liquidity=liquidity,
        held_by="",
        currency=account.currency,
        amounts=[worth.minor for worth in values],
        worths=values,
    )


def _shared(minors: Sequence[int | None], share: Decimal) -> Sequence[int | None]:
    if share == 1:
        return minors
    with localcontext(EXACT):
        return [None if minor is None else round(minor * share) for minor in minors]


def converted(minor: int, currency: str, to: str, on: date, rates: Rates) -> int | None:
    """An amount in minor units of `to`, rounded half-even; None without a rate. Zero needs no rate."""
    if currency == to or minor == 0:
        return minor
    rate = rates.rate(currency=currency, to=to, on=on)
    if rate is None:
        return None
    value = EXACT.multiply(Decimal(minor), rate).scaleb(exponent(to) - exponent(currency), context=EXACT)
    return int(value.to_integral_value(context=EXACT))
