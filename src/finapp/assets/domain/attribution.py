"""Why net worth changed between two days, in parts that add up to the change exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.domain.estate import Estate, Line, Rates, converted, lines
from finapp.assets.domain.groups import INVESTED_CLASSES
from finapp.assets.domain.lots import Happening, Purchase, Sale
from finapp.assets.public import Attribution
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import EXACT, from_minor, to_minor

VERSION = 1
PARTS = ("saved", "market", "interest", "revaluation", "exchange", "debt_repaid", "other")
_INTEREST_CLASSES = ("deposit", "retirement")
SAVED_FLOWS = ("income", "expense", "refund", "debt")


@dataclass(frozen=True, kw_only=True)
class LedgerFlow:
    """A day's sum of ledger rows of one kind of flow, signed, in one currency."""

    on: date
    flow: str
    currency: str
    amount: Decimal


class NoRate(Exception):
    """A rate that the answer needs is not known."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the parts are computed from: an estate of two days, and what happened between them."""

    estate: Estate
    happenings: Mapping[str, Sequence[Happening]]
    flows: Sequence[LedgerFlow]
    """Of every account that enters net worth by its balance."""
    rates: Rates

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.estate.days[0], self.estate.days[1]

    def home(self, minor: int, currency: str, on: date) -> int:
        """An amount in minor units of the estate's currency. Raises NoRate."""
        found = converted(minor, currency, self.estate.currency, on, self.rates)
        if found is None:
            raise NoRate
        return found


def attribute(change: Change) -> Attribution:
    """The parts of the change. A foreign amount held at the beginning, and every flow, is carried at its own day's
    rate; what its rate has done since is `exchange`."""
    try:
        return _answer(change, _parts(change))
    except NoRate:
        return _answer(change, None)


def _parts(change: Change) -> dict[str, int]:
    first, last = change.days
    currency = change.estate.currency
    parts = dict.fromkeys(PARTS, 0)
    before = after = bought = 0
    valued_whole = False
    for line in lines(change.estate):
        start, end = (amount or 0 for amount in line.amounts)
        before_home, after_home = change.home(start, line.currency, first), change.home(end, line.currency, last)
        before, after = before + before_home, after + after_home
        held_on = change.home(start, line.currency, last)
        parts["exchange"] += held_on - before_home
        sources = {worth.source for worth in line.worths}
        if line.kind == "liability" and "account" not in sources:
            parts["debt_repaid"] += after_home - held_on
        elif line.kind == "asset" and "account" not in sources:
            paid = _paid_in(change, line)
            bought += paid
            whole = not change.happenings.get(line.id)
            if whole and "closed" in sources:
                continue  # entered or gone: neither earned nor lost, and so left to `other`
            parts[_part_of(line.group)] += after_home - held_on - paid
            valued_whole = valued_whole or (whole and line.group in INVESTED_CLASSES)
    invested = 0
    for flow in change.flows:
        minor = to_minor(flow.amount, flow.currency)
        then = change.home(minor, flow.currency, flow.on)
        parts["exchange"] += change.home(minor, flow.currency, last) - then
        if flow.flow in SAVED_FLOWS:
            parts["saved"] += then
        elif flow.flow == "investment":
            invested -= then
    if valued_whole:
        # Investments that no lot records were paid into holdings valued as a whole, and are no gain of theirs.
        parts["market"] -= max(invested - bought, 0)
    total = to_minor(from_minor(after - before, currency), currency)
    parts["other"] = total - sum(parts.values())
    return {**parts, "before": before, "after": after}


def _part_of(group: str) -> str:
    if group in _INTEREST_CLASSES:
        return "interest"
    return "market" if group in INVESTED_CLASSES else "revaluation"


def _paid_in(change: Change, line: Line) -> int:
    """What purchases less sales between the days have moved into a holding, in the estate's minor units."""
    first, last = change.days
    holding = next(item for item in change.estate.holdings if item.id == line.id)
    total = 0
    for happening in change.happenings.get(line.id, ()):
        if not first < happening.date <= last:
            continue
        amount = Decimal(0)
        if isinstance(happening, Purchase):
            amount = happening.cost + happening.fees
        elif isinstance(happening, Sale):
            amount = -happening.net
        shared = EXACT.multiply(Decimal(to_minor(amount, line.currency)), holding.details.owner_share)
        total += change.home(int(shared.to_integral_value(context=EXACT)), line.currency, last)
    return total


def _answer(change: Change, parts: dict[str, int] | None) -> Attribution:
    first, last = change.days
    currency = change.estate.currency

    def amount(name: str) -> Decimal | None:
        return None if parts is None else from_minor(parts[name], currency)

    return Attribution(
        first=first,
        as_of=last,
        currency=currency,
        before=amount("before"),
        after=amount("after"),
        change=None if parts is None else from_minor(parts["after"] - parts["before"], currency),
        saved=amount("saved"),
        market=amount("market"),
        interest=amount("interest"),
        revaluation=amount("revaluation"),
        exchange=amount("exchange"),
        debt_repaid=amount("debt_repaid"),
        other=amount("other"),
        reason=None if parts is not None else "no_exchange_rate",
        basis=_basis(parts, currency),
    )


def _basis(parts: dict[str, int] | None, currency: str) -> Basis:
    inputs = tuple(
        Input(
            id=name,
            kind="figure",
            name=name,
            value=None if parts is None else f"{from_minor(parts[name], currency):f}",
            source="derived",
        )
        for name in PARTS
    )
    return Basis(
        formula="assets.attribution",
        version=VERSION,
        assumptions={
            "saved": "rows of flow income, expense, refund and debt in accounts that enter net worth by balance",
            "market": "change of value less net purchases; investments that no lot records count as paid in",
            "interest": "the same for deposits and retirement savings",
            "revaluation": "the same for all other things",
            "debt_repaid": "fall of what scheduled and stated debts owe; it is neutral beside the instalment in saved",
            "exchange": "opening amounts and flows at their own day's rate against the last day's",
            "other": "what is left: things entered or gone, transfers with one side outside",
        },
        figures={"change": Figure(kind="formula", formula=" + ".join(PARTS), inputs=inputs)},
    )
