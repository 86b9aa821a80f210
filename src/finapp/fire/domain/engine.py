"""Runs a spending rule through a market, all paths side by side. Only years and steps are looped over."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from finapp.fire.domain.portfolio import Course, MarketYear
from finapp.fire.domain.returns import Floats, Whole
from finapp.fire.domain.strategies.base import Amount, Mask, Moment, Rule


@dataclass(frozen=True, kw_only=True)
class Purse:
    """A part of the portfolio with its own tax and lock."""

    amount: float
    tax: Floats
    """(years,): share of each withdrawal that goes to tax."""
    opens: int
    """The first year in which it can be drawn on."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What happens to the portfolio beside the market. Amounts in units of the currency."""

    portfolio: float
    years: int
    steps: int
    at_start: bool
    retire: int
    """Years before spending begins."""
    real_flows: Floats
    """(years, steps): flows in today's purchasing power."""
    nominal_flows: Floats
    """(years, steps): flows in money of their day."""
    tax: Floats
    """(years,): share of each withdrawal that goes to tax."""
    locked: float
    locked_years: int
    purses: tuple[Purse, ...]
    """Drawn on in this order; without any the portfolio is one whole."""
    minimum: float
    """Least real spending of a year that does not count as failure."""
    nominal: bool
    """Whether wealth and spending are reported in money of their day."""
    tolerance: float
    """A payment that falls short by no more than this counts as paid."""


@dataclass(frozen=True)
class Trace:
    """One year of a single explained path, in the terms of the scenario."""

    wealth: float
    spending: float
    unpaid: float
    flows: float
    growth: float
    inflation: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What every path came to."""

    wealth: Floats
    """(years + 1, paths): today and at each year's end."""
    spending: Floats
    """(years, paths): what was spent."""
    wanted: Floats
    """(years, paths): what the rule wanted to spend."""
    funded: Whole
    """(paths,): whole years before the first that was not paid in full; `years` for a path that never failed."""
    trace: tuple[Trace, ...]

    @property
    def success(self) -> Mask:
        """Which paths never failed."""
        return np.asarray(self.funded >= len(self.spending))


def run(scenario: Scenario, course: Course, rule: Callable[[], Rule], explain: bool = False) -> Outcome:
    """All paths from today to the horizon.

    Each step: at its start (or end) the flows and the spending are settled against the portfolio, and the rest grows.
    Spending is decided once a year: with yearly steps when it is paid, with monthly steps at the year's start, in
    twelve parts that keep up with prices within the year.
    """
    return _Run(scenario, course, rule(), explain).finish()


class _Run:
    """The state of a run."""

    def __init__(self, scenario: Scenario, course: Course, rule: Rule, explain: bool) -> None:
        paths = course.paths
        self.scenario, self.course, self.rule, self.explain = scenario, course, rule, explain
        self.balance = np.full(paths, scenario.portfolio - scenario.locked)
        self.locked = np.full(paths, scenario.locked)
        amounts = [[purse.amount] for purse in scenario.purses]
        self.purses = np.repeat(np.array(amounts), paths, axis=1) if amounts else None
        """(purses, paths), where there are any; then `balance` is their sum."""
        self.zeros = np.zeros(paths)
        """Compared with much faster than one zero."""
        self.lacking = np.empty(paths)
        """Room for what each path lacks in a step, below 0."""
        self.short = np.zeros(paths, dtype=np.bool_)
        """The paths that could not pay all of the year so far."""
        self.price: Amount = 1.0
        self.decided_at: Amount = 1.0
        self.since: list[Floats] = []
        """The market's growth factors since the last decision."""
        # One large piece of memory is had much faster than many small ones.
        figures = np.empty((3 * scenario.years + 1, paths))
        self.wealth, self.spending, self.wanted = np.split(figures, (scenario.years + 1, 2 * scenario.years + 1))
        self.funded = np.full(paths, scenario.years, dtype=np.intp)
        self.trace: list[Trace] = []
        self.decided: list[float] = []
        """Real spending of each year since it began, as the rule decided it for the explained path."""

    def finish(self) -> Outcome:
        self.wealth[0] = self.scenario.portfolio
        number = -1
        for number, market in zip(range(self.scenario.years), self.course.years(), strict=False):
            self.year(number, market)
        if number + 1 < self.scenario.years:
            raise ValueError("the course has fewer years than the scenario")
        return Outcome(
            wealth=self.wealth, spending=self.spending, wanted=self.wanted, funded=self.funded, trace=tuple(self.trace)
        )

    def year(self, number: int, market: MarketYear) -> None:
        scenario, steps = self.scenario, self.scenario.steps
        if scenario.locked_years == number:
            self.balance += self.locked
            self.locked[:] = 0.0
        step_price: Amount = (1.0 + market.inflation) ** (1.0 / steps) if steps > 1 else 1.0 + market.inflation
        reasons: list[str] = []
        rate: Amount = 0.0
        want = spent = wanted = rate
        for step in range(steps):
            growth = market.growth[step]
            if not scenario.at_start and steps == 1:
                self.grow(growth, step_price)
            if step == 0:
                rate = self.decide(number, market.cape, reasons)
            if not scenario.at_start and steps > 1:
                self.grow(growth, step_price)
            if step == 0 or not _is_one(step_price):
                want = rate * self.price / steps
            spent = self.sum(spent, self.settle(number, step, want), self.spending[number])
            wanted = self.sum(wanted, want, self.wanted[number])
            if scenario.at_start:
                self.grow(growth, step_price)
        self.spending[number], self.wanted[number] = spent, wanted
        self.close(number)
        if self.explain:
            self.record(number, market, reasons)

    def sum(self, total: Amount, amount: Amount, room: Floats) -> Amount:
        """A total with a nominal amount added in the terms of the scenario; in the room given when paths differ."""
        if not self.scenario.nominal and not _is_one(self.price):
            amount = amount * (1.0 / self.price)
        return np.add(total, amount, out=room) if np.ndim(total) or np.ndim(amount) else total + amount

    def decide(self, number: int, cape: Floats | None, reasons: list[str]) -> Amount:
        """The real spending of the year, as the rule decides it now; 0 before retirement."""
        scenario = self.scenario
        since, self.since = self.since, []
        if number < scenario.retire:
            self.decided_at = self.price
            return 0.0
        moment = Moment(
            number=number - scenario.retire,
            remaining=scenario.years - number,
            wealth=self.balance + self.locked if scenario.locked else self.balance,
            price=self.price,
            inflation=self.price / self.decided_at - 1.0,
            since=since,
            cape=cape,
            explain=self.explain,
            reasons=reasons,
        )
        real = self.rule.decide(moment) / self.price
        if self.explain:
            self.decided.append(float(np.broadcast_to(real, self.balance.shape)[0]))
        self.decided_at = self.price
        return real

    def settle(self, number: int, step: int, want: Amount) -> Amount:
        """Pays flows and spending from the balance as far as it reaches; returns the spending that was paid."""
        scenario = self.scenario
        real, of_the_day = scenario.real_flows[number, step], scenario.nominal_flows[number, step]
        need = want - (real * self.price + of_the_day) if real or of_the_day else want
        if self.purses is not None:
            return self.paid(want, np.negative(self.draw(number, self.purses, need), out=self.lacking))
        kept: float = 1.0 - scenario.tax[number]
        if kept < 1.0:
            need = np.where(need > 0, need / kept, need)
        self.balance -= need
        paid = self.paid(want, self.balance, kept)
        np.maximum(self.balance, self.zeros, out=self.balance)
        return paid

    def paid(self, want: Amount, left: Floats, kept: float = 1.0) -> Amount:
        """The spending that was paid; a path on which less than nothing is left, and not by a little, fails."""
        short = left < -self.scenario.tolerance
        if not np.count_nonzero(short):
            return want
        self.short |= short
        # What is missing is missing from the spending first, then from the flows the plan wanted to pay.
        paid = np.multiply(left, short, out=self.lacking)
        if kept < 1.0:
            paid *= kept
        paid += want
        return np.maximum(paid, self.zeros, out=paid)

    def draw(self, number: int, purses: Floats, need: Amount) -> Floats:
        """Takes what is needed after tax from the open purses in turn, or adds to the first; what stays unpaid."""
        rest = np.broadcast_to(need, self.balance.shape).copy()
        opened = [index for index, purse in enumerate(self.scenario.purses) if purse.opens <= number]
        purses[opened[0] if opened else 0] += np.maximum(-rest, 0.0)
        np.maximum(rest, 0.0, out=rest)
        for index in opened:
            kept = 1.0 - self.scenario.purses[index].tax[number]
            taken = np.minimum(purses[index], rest / kept)
            purses[index] -= taken
            rest -= taken * kept
        np.sum(purses, axis=0, out=self.balance)
        return rest

    def grow(self, growth: Floats, step_price: Amount) -> None:
        """One step of the market and of prices on what is left."""
        factor = self.rule.earn(self.balance, growth, step_price - 1.0)
        self.balance *= factor
        if self.purses is not None:
            self.purses *= factor
        if self.scenario.locked:
            self.locked *= growth
        self.since.append(growth)
        if not _is_one(step_price):
            self.price = self.price * step_price

    def close(self, number: int) -> None:
        """Keeps the year's figures in the terms of the scenario."""
        scenario = self.scenario
        total = self.balance + self.locked if scenario.locked else self.balance
        self.wealth[number + 1] = total if scenario.nominal or _is_one(self.price) else total / self.price
        if scenario.minimum > 0 and number >= scenario.retire:
            level = scenario.minimum * (self.price if scenario.nominal else 1.0)
            self.short |= self.spending[number] < level - scenario.tolerance
        self.funded[self.short & (self.funded > number)] = number
        self.short[:] = False

    def _changes(self, number: int, ruled: bool) -> list[str]:
        """What else changed against the year before, and why, where the rule itself gave no reason."""
        scenario, found = self.scenario, []
        if number == scenario.retire and scenario.retire:
            found.append("spending begins")
        opened = [purse for purse in scenario.purses if number and purse.opens == number]
        if opened or (scenario.locked and number == scenario.locked_years):
            found.append("locked money can be spent")
        if number:
            real, nominal = scenario.real_flows.sum(axis=1), scenario.nominal_flows.sum(axis=1)
            if real[number] != real[number - 1] or nominal[number] != nominal[number - 1]:
                found.append("dated flows change")
        if number > scenario.retire and not ruled:
            if not np.isclose(self.decided[-1], self.decided[-2], rtol=1e-9, atol=scenario.tolerance):
                found.append("spending follows the portfolio, by the rule")
            elif scenario.nominal and self.decided[-1] > 0:
                found.append("spending follows prices")
        return found

    def record(self, number: int, market: MarketYear, reasons: list[str]) -> None:
        scenario, spent, wanted = self.scenario, self.spending[number], self.wanted[number]
        price = float(np.broadcast_to(self.price, spent.shape)[0])
        flows = float(scenario.real_flows[number].sum()) * (price if scenario.nominal else 1.0)
        flows += float(scenario.nominal_flows[number].sum()) / (1.0 if scenario.nominal else price)
        reasons += self._changes(number, bool(reasons))
        if self.funded[0] == number:
            reasons.append("portfolio exhausted")
        self.trace.append(
            Trace(
                wealth=float(self.wealth[number + 1, 0]),
                spending=float(spent[0]),
                unpaid=float(wanted[0] - spent[0]),
                flows=flows,
                growth=float(np.prod(market.growth[:, 0])),
                inflation=float(np.broadcast_to(market.inflation, spent.shape)[0]),
                reasons=tuple(reasons),
            )
        )


def _is_one(amount: Amount) -> bool:
    """Whether to multiply by it changes nothing on any path."""
    return not isinstance(amount, np.ndarray) and amount == 1.0
