"""Why net worth changed between two days, in parts that add up to the change exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.assets.domain.estate import Estate, Line, Rates, converted, lines
from finapp.assets.domain.groups import INVESTED_CLASSES
from finapp.assets.domain.lots import Happening, Purchase, Sale
from finapp.assets.public import Attribution
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import EXACT, from_minor, to_minor

VERSION = 2
PARTS = ("saved", "market", "interest", "revaluation", "exchange", "debt_repaid", "other")
InputKind = Literal["figure", "valuation", "schedule_row", "account", "rows"]
_KINDS: dict[str, InputKind] = {"asset": "valuation", "liability": "schedule_row", "account": "account"}
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
    unfunded: Mapping[str, int] = field(default_factory=dict)
    """By liability: the household's share of part payments that no row of the ledger paid, in its own minor units."""

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


@dataclass(kw_only=True)
class _Parts:
    """What each part is made of, in minor units of the estate's currency."""

    currency: str
    before: int = 0
    after: int = 0
    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    sources: dict[str, dict[Input, int]] = field(default_factory=lambda: {part: {} for part in PARTS})

    def add(self, part: str, minor: int, source: Input) -> None:
        """Adds to a part what one source contributes; the same source again is added up."""
        if minor:
            self.totals[part] += minor
            of_part = self.sources[part]
            of_part[source] = of_part.get(source, 0) + minor

    def inputs(self, part: str) -> tuple[Input, ...]:
        """The sources of a part with what each contributes; together they are the part."""
        return tuple(
            replace(source, value=f"{from_minor(minor, self.currency):f}")
            for source, minor in self.sources[part].items()
        )


def attribute(change: Change) -> Attribution:
    """The parts of the change. A foreign amount held at the beginning, and every flow, is carried at its own day's
    rate; what its rate has done since is `exchange`."""
    try:
        return _answer(change, _parts(change))
    except NoRate:
        return _answer(change, None)


def _parts(change: Change) -> _Parts:
    parts = _Parts(currency=change.estate.currency)
    bought = 0
    valued_whole = None
    for line in lines(change.estate):
        paid, whole = _of_line(change, line, parts)
        bought += paid
        if whole and line.group in INVESTED_CLASSES:
            valued_whole = line
    invested = _of_ledger(change, parts)
    if valued_whole is not None:
        # Investments that no lot records were paid into holdings valued as a whole, and are no gain of theirs.
        source = _input("flow.investment", "rows", "investments that no lot records", _query(change, "investment"))
        parts.add("market", -max(invested - bought, 0), source)
    rest = parts.after - parts.before - sum(parts.totals.values())
    parts.add("other", rest, _input("rest", "figure", "what no other part explains", "derived"))
    return parts


def _of_line(change: Change, line: Line, parts: _Parts) -> tuple[int, bool]:
    """Adds what one thing contributes. What purchases paid into it, and whether it is valued as a whole."""
    first, last = change.days
    start, end = (amount or 0 for amount in line.amounts)
    before_home, after_home = change.home(start, line.currency, first), change.home(end, line.currency, last)
    parts.before, parts.after = parts.before + before_home, parts.after + after_home
    held_on = change.home(start, line.currency, last)
    kind = _KINDS[line.kind]
    parts.add("exchange", held_on - before_home, _input(line.id, kind, line.name, "exchange"))
    sources = {worth.source for worth in line.worths}
    if "account" in sources or line.kind == "account":
        return 0, False
    if line.kind == "liability":
        unfunded = change.home(change.unfunded.get(line.id, 0), line.currency, last)
        parts.add("debt_repaid", after_home - held_on - unfunded, _input(line.id, kind, line.name, "schedule"))
        parts.add("other", unfunded, _input(line.id, kind, f"part payments of {line.name}", "no row in the ledger"))
        return 0, False
    whole = not change.happenings.get(line.id)
    if whole and "closed" in sources:
        # Entered or gone: neither earned nor lost.
        parts.add("other", after_home - held_on, _input(line.id, kind, line.name, "entered or gone"))
        return 0, False
    then, now = _paid_in(change, line)
    parts.add("exchange", now - then, _input(line.id, kind, line.name, "exchange"))
    parts.add(_part_of(line.group), after_home - held_on - now, _input(line.id, kind, line.name, "value"))
    return then, whole


def _of_ledger(change: Change, parts: _Parts) -> int:
    """Adds what the ledger's flows contribute. What was moved into investments."""
    last, invested = change.days[1], 0
    for flow in change.flows:
        minor = to_minor(flow.amount, flow.currency)
        then = change.home(minor, flow.currency, flow.on)
        source = _input(f"flow.{flow.flow}", "rows", flow.flow, _query(change, flow.flow))
        moved = change.home(minor, flow.currency, last) - then
        parts.add("exchange", moved, replace(source, name=f"{flow.flow} in {flow.currency}"))
        if flow.flow in SAVED_FLOWS:
            parts.add("saved", then, source)
        elif flow.flow == "investment":
            invested -= then
    return invested


def _query(change: Change, flow: str) -> str:
    first, last = change.days
    return f"/api/v1/transactions?kind={flow}&from={first + timedelta(days=1)}&to={last}"


def _input(source_id: str, kind: InputKind, name: str, source: str) -> Input:
    return Input(id=source_id, kind=kind, name=name, value=None, source=source)


def _part_of(group: str) -> str:
    if group in _INTEREST_CLASSES:
        return "interest"
    return "market" if group in INVESTED_CLASSES else "revaluation"


def _paid_in(change: Change, line: Line) -> tuple[int, int]:
    """What purchases less sales between the days have moved into a holding, in the estate's minor units: each at its
    own day's rate, and all at the last day's."""
    first, last = change.days
    holding = next(item for item in change.estate.holdings if item.id == line.id)
    then = now = 0
    for happening in change.happenings.get(line.id, ()):
        if not first < happening.date <= last:
            continue
        amount = Decimal(0)
        if isinstance(happening, Purchase):
            amount = happening.cost + happening.fees
        elif isinstance(happening, Sale):
            amount = -happening.net
        shared = EXACT.multiply(Decimal(to_minor(amount, line.currency)), holding.details.owner_share)
        minor = int(shared.to_integral_value(context=EXACT))
        then += change.home(minor, line.currency, happening.date)
        now += change.home(minor, line.currency, last)
    return then, now


def _answer(change: Change, parts: _Parts | None) -> Attribution:
    first, last = change.days
    currency = change.estate.currency

    def amount(name: str) -> Decimal | None:
        return None if parts is None else from_minor(parts.totals[name], currency)

    before = None if parts is None else from_minor(parts.before, currency)
    after = None if parts is None else from_minor(parts.after, currency)
    return Attribution(
        first=first,
        as_of=last,
        currency=currency,
        before=before,
        after=after,
        change=None if before is None or after is None else after - before,
        saved=amount("saved"),
        market=amount("market"),
        interest=amount("interest"),
        revaluation=amount("revaluation"),
        exchange=amount("exchange"),
        debt_repaid=amount("debt_repaid"),
        other=amount("other"),
        reason=None if parts is not None else "no_exchange_rate",
        basis=_basis(change, parts),
    )


def _basis(change: Change, parts: _Parts | None) -> Basis:
    of_change = tuple(
        Input(
            id=part,
            kind="figure",
            name=part,
            value=None if parts is None else f"{from_minor(parts.totals[part], parts.currency):f}",
            source="derived",
        )
        for part in PARTS
    )
    figures = {"change": Figure(kind="formula", formula=" + ".join(PARTS), inputs=of_change)}
    if parts is not None:
        figures |= {part: Figure(kind="formula", formula="sum of inputs", inputs=parts.inputs(part)) for part in PARTS}
    first, last = change.days
    return Basis(
        formula="assets.attribution",
        version=VERSION,
        assumptions={
            "period": f"from the end of {first} to the end of {last}",
            "saved": "rows of flow income, expense, refund and debt in accounts that enter net worth by balance",
            "market": "change of value less net purchases; investments that no lot records count as paid in",
            "interest": "the same for deposits and retirement savings",
            "revaluation": "the same for all other things",
            "debt_repaid": "fall of what scheduled and stated debts owe; it is neutral beside the instalment in saved",
            "exchange": "opening amounts, purchases, sales and flows at their own day's rate against the last day's",
            "other": "things entered or gone, transfers with one side outside, part payments that no row of the "
            "ledger paid",
        },
        figures=figures,
    )
