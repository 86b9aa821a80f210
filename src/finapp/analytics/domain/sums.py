"""Sums of the ledger as analytics composes them, and the totals they make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from finapp.analytics.domain.calendar import PLAIN, Calendar
from finapp.analytics.public import OtherCurrency
from finapp.kernel.money import Rate, from_minor, rounded

Flow = Literal["income", "expense", "transfer", "investment", "debt", "refund"]
SPENDING = ("expense", "refund")
RATE_PLACES = Decimal("1e-10")


@dataclass(frozen=True, kw_only=True)
class DayRate:
    """What one unit of a currency was, of which day that is known, and whether the household or the bank says so."""

    rate: Decimal
    on: date
    source: Literal["own", "ecb"]


class Rates(Protocol):
    """Exchange rates as the household sees them."""

    def on_days(self, *, currency: str, to: str, days: Collection[date]) -> Mapping[date, DayRate]:
        """How much of `to` one unit of `currency` was on each of some days; days without a rate are missing."""


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a converted sum was: the signed amount in its own currency, and the rate of the day."""

    amount: Decimal
    currency: str
    rate: DayRate


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """What one category, flow and need amounts to over a day or a month. `amount` is signed: out negative."""

    on: date
    """The day, or the first day of the month."""
    category_id: str
    flow: Flow
    need: str | None
    currency: str
    amount: Decimal
    count: int
    original: Original | None = None
    """None for a sum that needed no conversion."""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Sums in one currency, and what could not be converted into it."""

    currency: str
    items: tuple[Sum, ...]
    others: tuple[OtherCurrency, ...]
    converted: tuple[str, ...]
    """Currencies whose sums were converted."""
    calendar: Calendar = PLAIN
    """The months they are looked at by."""


def in_currency(sums: Iterable[Sum], currency: str, rates: Rates, calendar: Calendar = PLAIN) -> Sums:
    """Every sum in `currency`: each day's sum of another one is converted at that day's rate and rounded half-even.

    Sums without a rate are left out and reported by currency.
    """
    items: list[Sum] = []
    foreign: dict[str, list[Sum]] = {}
    for item in sums:
        (items if item.currency == currency else foreign.setdefault(item.currency, [])).append(item)
    left: dict[str, list[Sum]] = {}
    converted: set[str] = set()
    for code, found in foreign.items():
        known = rates.on_days(currency=code, to=currency, days={item.on for item in found})
        items += [_converted(item, currency, known[item.on]) for item in found if item.on in known]
        converted |= {code} if known else set()
        without = [item for item in found if item.on not in known]
        left |= {code: without} if without else {}
    others = tuple(_other(code, found) for code, found in sorted(left.items()))
    names = tuple(sorted(converted))
    return Sums(currency=currency, items=tuple(items), others=others, converted=names, calendar=calendar)


def _converted(item: Sum, currency: str, rate: DayRate) -> Sum:
    return replace(
        item,
        currency=currency,
        amount=rounded(item.amount * rate.rate, currency),
        original=Original(amount=item.amount, currency=item.currency, rate=rate),
    )


def _other(currency: str, items: Sequence[Sum]) -> OtherCurrency:
    found = totals(items, currency)
    return OtherCurrency(currency=currency, income=found.income, expenses=found.expenses, count=found.count)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """The figures of a period. Positive magnitudes; `transfers` is signed. Parts sum to the whole exactly."""

    income: Decimal
    essential: Decimal
    discretionary: Decimal
    debt_service: Decimal
    invested: Decimal
    transfers: Decimal
    count: int
    """Rows behind all of it, transfers left out."""

    @property
    def expenses(self) -> Decimal:
        """Living cost: without debt service, transfers and investments; refunds subtracted."""
        return self.essential + self.discretionary

    @property
    def saved(self) -> Decimal:
        """What is left after living and debt service; negative when more went out than came in."""
        return self.income - self.expenses - self.debt_service

    @property
    def net(self) -> Decimal:
        """Everything in less everything out, transfers left out."""
        return self.saved - self.invested


def totals(sums: Iterable[Sum], currency: str) -> Totals:
    """The figures of sums of one currency. Spending that is not marked essential is discretionary."""
    zero = from_minor(0, currency)
    by_kind: dict[str, Decimal] = {}
    count = 0
    for item in sums:
        # As `kind_of` says, without a call for each of thousands.
        kind: str = item.flow
        if kind in SPENDING:
            kind = "essential" if item.need == "essential" else "discretionary"
        by_kind[kind] = by_kind.get(kind, zero) + item.amount
        if kind != "transfer":
            count += item.count
    return Totals(
        income=by_kind.get("income", zero),
        essential=_out(by_kind, "essential", zero),
        discretionary=_out(by_kind, "discretionary", zero),
        debt_service=_out(by_kind, "debt", zero),
        invested=_out(by_kind, "investment", zero),
        transfers=by_kind.get("transfer", zero),
        count=count,
    )


def kind_of(item: Sum) -> str:
    """Where a sum belongs: its flow, with spending and refunds told apart by need alone."""
    if item.flow in SPENDING:
        return "essential" if item.need == "essential" else "discretionary"
    return item.flow


def _out(by_kind: dict[str, Decimal], kind: str, zero: Decimal) -> Decimal:
    # Zero less an amount keeps a plain 0, where a minus sign would make -0.
    return zero - by_kind.get(kind, zero)


def share(part: Decimal, whole: Decimal) -> Rate | None:
    """`part` of `whole` to ten decimals; None unless the whole is positive."""
    return (part / whole).quantize(RATE_PLACES) if whole > 0 else None


def savings_rate(found: Totals) -> tuple[Rate | None, str | None]:
    """saved/income, or None with the reason that there is no income."""
    rate = share(found.saved, found.income)
    return rate, "no_income" if rate is None else None
