"""Why net worth changed between two days, in parts that add up to the change exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from finapp.assets.domain.estate import Estate, Line, Rates, converted, lines, unknown_why
from finapp.assets.domain.groups import INVESTED_CLASSES
from finapp.assets.domain.ledger_flows import InputKind, LedgerFlow, exchanged, flow_source
from finapp.assets.domain.lots import Happening, Purchase, Sale
from finapp.assets.public import Attribution
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import EXACT, from_minor, to_minor

VERSION = 3
PARTS = ("saved", "market", "interest", "revaluation", "exchange", "debt_repaid", "other")
_KINDS: dict[str, InputKind] = {"asset": "valuation", "liability": "schedule_row", "account": "account"}
_INTEREST_CLASSES = ("deposit", "retirement")
SAVED_FLOWS = ("income", "expense", "refund", "debt")


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
class _Sum:
    """What each source contributes, in minor units of the estate's currency; together they are the sum."""

    sources: dict[Input, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sources.values())

    def add(self, minor: int, source: Input) -> None:
        """Adds what one source contributes; the same source again is added up."""
        if minor:
            self.sources[source] = self.sources.get(source, 0) + minor

    def inputs(self, currency: str) -> tuple[Input, ...]:
        """The sources with what each contributes."""
        return tuple(
            replace(source, value=f"{from_minor(minor, currency):f}") for source, minor in self.sources.items()
        )


@dataclass(kw_only=True)
class _Parts:
    """What each part is made of."""

    before: int = 0
    after: int = 0
    sums: dict[str, _Sum] = field(default_factory=lambda: {part: _Sum() for part in PARTS})
    paid: _Sum = field(default_factory=_Sum)
    """Into investments: rows of the ledger, out negative, against the purchases that lots record."""
    received: _Sum = field(default_factory=_Sum)
    """From investments: rows of the ledger against the sales that lots record, negative."""

    def add(self, part: str, minor: int, source: Input) -> None:
        """Adds to a part what one source contributes."""
        self.sums[part].add(minor, source)


def attribute(change: Change) -> Attribution:
    """The parts of the change. A foreign amount held at the beginning, and every flow, is carried at its own day's
    rate; what its rate has done since is `exchange`."""
    unknown_before, unknown_after = unknown_why(change.estate)
    try:
        parts = _parts(change)
    except NoRate:
        return _answer(change, None, None, "no_exchange_rate")
    after = None if unknown_after else from_minor(parts.after, change.estate.currency)
    return _answer(change, None if unknown_before else parts, after, unknown_before)


def _parts(change: Change) -> _Parts:
    parts = _Parts()
    valued_whole = False
    for line in lines(change.estate):
        whole = _of_line(change, line, parts)
        valued_whole = valued_whole or (whole and line.group in INVESTED_CLASSES)
    _of_ledger(change, parts)
    if valued_whole:
        # Investments that no lot records were paid into holdings valued as a whole, and are no gain of theirs; what
        # came back from such holdings is no loss. A sale that no row shows has not come back: it is in the rest.
        moved = [parts.paid] if parts.paid.total < 0 else []
        moved += [parts.received] if parts.received.total > 0 else []
        for source, minor in (item for side in moved for item in side.sources.items()):
            parts.add("market", minor, source)
    rest = parts.after - parts.before - sum(part.total for part in parts.sums.values())
    parts.add("other", rest, _input("rest", "figure", "what no other part explains", "derived"))
    return parts


def _of_line(change: Change, line: Line, parts: _Parts) -> bool:
    """Adds what one thing contributes. Whether it is valued as a whole."""
    first, last = change.days
    start, end = (amount or 0 for amount in line.amounts)
    before_home, after_home = change.home(start, line.currency, first), change.home(end, line.currency, last)
    parts.before, parts.after = parts.before + before_home, parts.after + after_home
    held_on = change.home(start, line.currency, last)
    kind = _KINDS[line.kind]
    parts.add("exchange", held_on - before_home, _input(line.id, kind, line.name, "exchange"))
    sources = {worth.source for worth in line.worths}
    if "account" in sources or line.kind == "account":
        return False
    if line.kind == "liability":
        unfunded = change.home(change.unfunded.get(line.id, 0), line.currency, last)
        parts.add("debt_repaid", after_home - held_on - unfunded, _input(line.id, kind, line.name, "schedule"))
        parts.add("other", unfunded, _input(line.id, kind, f"part payments of {line.name}", "no row in the ledger"))
        return False
    whole = not change.happenings.get(line.id)
    if whole and "closed" in sources:
        # Entered or gone: neither earned nor lost.
        parts.add("other", after_home - held_on, _input(line.id, kind, line.name, "entered or gone"))
        return False
    moved = _of_lots(change, line, parts)
    parts.add(_part_of(line.group), after_home - held_on - moved, _input(line.id, kind, line.name, "value"))
    return whole


def _of_ledger(change: Change, parts: _Parts) -> None:
    """Adds what the ledger's flows contribute."""
    last, home = change.days[1], change.estate.currency
    several = len({flow.currency for flow in change.flows}) > 1
    for flow in change.flows:
        minor = to_minor(flow.amount, flow.currency)
        then = change.home(minor, flow.currency, flow.on)
        source = flow_source(flow, change.days, home, several)
        parts.add("exchange", change.home(minor, flow.currency, last) - then, exchanged(source))
        if flow.flow in SAVED_FLOWS:
            parts.add("saved", then, source)
        elif flow.flow == "investment":
            (parts.received if flow.side == "in" else parts.paid).add(then, source)


def _input(source_id: str, kind: InputKind, name: str, source: str) -> Input:
    return Input(id=source_id, kind=kind, name=name, value=None, source=source)


def _part_of(group: str) -> str:
    if group in _INTEREST_CLASSES:
        return "interest"
    return "market" if group in INVESTED_CLASSES else "revaluation"


def _of_lots(change: Change, line: Line, parts: _Parts) -> int:
    """Adds what lots say was moved into a holding and out of it between the days, each at its own day's rate, and
    what the rate has done since. What purchases less sales come to at the last day's rate."""
    first, last = change.days
    holding = next(item for item in change.estate.holdings if item.id == line.id)
    then = now = 0
    for happening in change.happenings.get(line.id, ()):
        if not first < happening.date <= last or not isinstance(happening, Purchase | Sale):
            continue
        bought = isinstance(happening, Purchase)
        amount = happening.cost + happening.fees if isinstance(happening, Purchase) else -happening.net
        shared = EXACT.multiply(Decimal(to_minor(amount, line.currency)), holding.details.owner_share)
        minor = int(shared.to_integral_value(context=EXACT))
        at_home = change.home(minor, line.currency, happening.date)
        name = "purchases" if bought else "sales"
        source = _input(f"{line.id}.{name}", "valuation", f"{name} of {line.name}", "lots")
        (parts.paid if bought else parts.received).add(at_home, source)
        then += at_home
        now += change.home(minor, line.currency, last)
    parts.add("exchange", now - then, _input(line.id, _KINDS[line.kind], line.name, "exchange"))
    return now


def _answer(change: Change, parts: _Parts | None, after: Decimal | None, reason: str | None) -> Attribution:
    first, last = change.days
    currency = change.estate.currency

    def amount(name: str) -> Decimal | None:
        return None if parts is None else from_minor(parts.sums[name].total, currency)

    before = None if parts is None else from_minor(parts.before, currency)
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
        reason=reason,
        basis=_basis(change, parts),
    )


def _basis(change: Change, parts: _Parts | None) -> Basis:
    currency = change.estate.currency
    of_change = tuple(
        Input(
            id=part,
            kind="figure",
            name=part,
            value=None if parts is None else f"{from_minor(parts.sums[part].total, currency):f}",
            source="derived",
        )
        for part in PARTS
    )
    figures = {"change": Figure(kind="formula", formula=" + ".join(PARTS), inputs=of_change)}
    if parts is not None:
        made = {part: total.inputs(currency) for part, total in parts.sums.items()}
        figures |= {part: Figure(kind="formula", formula="sum of inputs", inputs=made[part]) for part in PARTS}
    first, last = change.days
    return Basis(
        formula="assets.attribution",
        version=VERSION,
        assumptions={
            "period": f"from the end of {first} to the end of {last}",
            "saved": "rows of flow income, expense, refund and debt in accounts that enter net worth by balance",
            "market": "change of value less net purchases; investments that no lot records count as paid into holdings "
            "valued as a whole, and what rows brought back beyond recorded sales as taken out of them",
            "interest": "the same for deposits and retirement savings",
            "revaluation": "the same for all other things",
            "debt_repaid": "fall of what scheduled and stated debts owe; it is neutral beside the instalment in saved",
            "exchange": "opening amounts, purchases, sales and flows at their own day's rate against the last day's",
            "other": "things entered or gone, transfers with one side outside, part payments that no row of the "
            "ledger paid, sales whose proceeds no row shows",
        },
        figures=figures,
    )
