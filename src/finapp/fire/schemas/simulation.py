"""Bodies of simulations, backtests, solving and levers."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from finapp.fire.public import (
    Account,
    BacktestRequest,
    Earner,
    GuytonKlingerRule,
    LeversRequest,
    Person,
    SimulationRequest,
    SolvedFor,
    SolveRequest,
    Strategy,
    StrategyKind,
    TableRequest,
    TaxRate,
)
from finapp.fire.schemas.decimals import check_money
from finapp.fire.schemas.market import DrawnMarketBody, MarketBody
from finapp.fire.schemas.plan import Age, Flows, ProjectionBody
from finapp.kernel.errors import Invalid
from finapp.platform.fields import Body, Currency, Day, Line, Money, Number, Rate

_NOTHING = Decimal(0)


class StrategyBody(Body):
    """A spending rule; what is left out takes the rule's published value."""

    kind: StrategyKind = "constant_real"
    rate: Rate | None = None
    floor: Rate | None = None
    ceiling: Number | None = None
    rules: list[GuytonKlingerRule] | None = None
    guardrail: Rate | None = None
    adjustment: Rate | None = None
    inflation_cap: Rate | None = None
    preservation_years: int | None = None
    trigger: Number | None = None
    every_years: int | None = None
    weight: Rate | None = None
    end_age: int | None = None
    age: int | None = None
    bequest: Money | None = None
    base: Rate | None = None
    slope: Number | None = None
    cape: Number | None = None
    cash_years: Number | None = None
    cash_return: Rate | None = None
    floor_amount: Money | None = None
    ceiling_amount: Money | None = None

    def value(self) -> Strategy:
        """As the facade takes it."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "rules"}
        return Strategy(rules=None if self.rules is None else tuple(self.rules), **given)


def _as_rule(value: Any) -> Any:
    """A name alone is the rule with its published values."""
    return {"kind": value} if isinstance(value, str) else value


Rule = Annotated[StrategyBody, BeforeValidator(_as_rule, json_schema_input_type=StrategyKind | StrategyBody)]


class TaxBody(Body):
    """The share of each withdrawal that goes to tax, from `start` on."""

    rate: Rate
    start: Day | None = None


def _as_taxes(value: Any) -> Any:
    """One rate holds from now on."""
    return value if isinstance(value, list) else [{"rate": value}]


Taxes = Annotated[
    list[TaxBody], Field(max_length=50), BeforeValidator(_as_taxes, json_schema_input_type=Rate | list[TaxBody])
]


class AccountBody(Body):
    """A part of the portfolio with its own taxes and lock."""

    amount: Money
    name: Line | None = None
    tax: Taxes = Field(default_factory=list)
    locked_until: Day | None = None

    def value(self) -> Account:
        """As the facade takes it."""
        rates = tuple(TaxRate(rate=each.rate, start=each.start) for each in self.tax)
        return Account(amount=self.amount, name=self.name or "", tax=rates, locked_until=self.locked_until)


class EarnerBody(Body):
    """Someone who adds `amount` a year in each of the first `years` years."""

    amount: Money
    years: int
    name: Line | None = None


class PersonBody(Body):
    """Someone whose life the money has to last."""

    age: Age
    modal_age: Number = Decimal(88)
    dispersion: Number = Decimal(10)


class SpendingBody(MarketBody):
    """What a simulation and a backtest share."""

    portfolio: Money
    annual_spending: Money | None = None
    years: int
    steps_per_year: Literal[1, 12] = 1
    timing: Literal["start", "end"] = "start"
    strategy: Rule = Field(default_factory=StrategyBody)
    flows: Flows = Field(default_factory=list)
    contributions: Money = _NOTHING
    retire_after_years: int | None = None
    age: Age | None = None
    retirement_age: Age | None = None
    earners: Annotated[list[EarnerBody], Field(max_length=10)] = Field(default_factory=list)
    withdrawal_tax: Taxes = Field(default_factory=list)
    locked: Money = _NOTHING
    locked_years: int = 0
    accounts: Annotated[list[AccountBody], Field(max_length=10)] = Field(default_factory=list)
    minimum_spending: Money | None = None
    currency: Currency | None = None
    as_of: Day | None = None

    def scenario(self, currency: str, today: dt.date, *, paths: int = 1, seed: int = 1) -> SimulationRequest:
        """As the facade takes it; `currency` and `today` stand in for what is left out. Raises Invalid."""
        check_money(self, self.currency or currency)
        return SimulationRequest(
            currency=self.currency or currency,
            as_of=self.as_of or today,
            portfolio=self.portfolio,
            annual_spending=self.annual_spending,
            years=self.years,
            market=self.market(),
            steps_per_year=self.steps_per_year,
            timing=self.timing,
            paths=paths,
            seed=seed,
            strategy=self.strategy.value(),
            flows=tuple(flow.value() for flow in self.flows),
            contributions=self.contributions,
            retire_after_years=self._retire_after(),
            age=self.age,
            earners=tuple(Earner(amount=each.amount, years=each.years, name=each.name or "") for each in self.earners),
            withdrawal_tax=tuple(TaxRate(rate=each.rate, start=each.start) for each in self.withdrawal_tax),
            locked=self.locked,
            locked_years=self.locked_years,
            accounts=tuple(account.value() for account in self.accounts),
            minimum_spending=self.minimum_spending,
        )

    def _retire_after(self) -> int:
        if self.retirement_age is None:
            return self.retire_after_years or 0
        if self.retire_after_years is not None:
            raise Invalid("retirement_age", "give retirement_age or retire_after_years, not both")
        if self.age is None:
            raise Invalid("age", "is needed beside retirement_age")
        years = self.retirement_age - self.age
        if years < 0:
            return 0
        if years != int(years):
            raise Invalid("retirement_age", "must be a whole number of years after age")
        return int(years)


class SimulationBody(DrawnMarketBody, SpendingBody):
    """Inputs of a simulation, in real terms unless `inflation` is given."""

    paths: int = 10_000
    seed: int = 1
    people: Annotated[list[PersonBody], Field(max_length=2)] = Field(default_factory=list)
    open_path: int | None = None

    def value(self, currency: str, today: dt.date) -> SimulationRequest:
        """As the facade takes it."""
        people = (Person(age=each.age, modal_age=each.modal_age, dispersion=each.dispersion) for each in self.people)
        scenario = self.scenario(currency, today, paths=self.paths, seed=self.seed)
        return replace(scenario, people=tuple(people), open_path=self.open_path)


class TableBody(Body):
    """Which table of success rates to add."""

    rates: Annotated[list[Rate], Field(min_length=1, max_length=40)]
    stock_shares: Annotated[list[Rate], Field(min_length=1, max_length=21)]
    years: Annotated[list[int], Field(min_length=1, max_length=20)]


class BacktestBody(SpendingBody):
    """Inputs of a backtest over `series`."""

    table: TableBody | None = None

    def value(self, currency: str, today: dt.date) -> BacktestRequest:
        """As the facade takes it."""
        asked = self.table
        table = None
        if asked is not None:
            table = TableRequest(
                rates=tuple(asked.rates), stock_shares=tuple(asked.stock_shares), years=tuple(asked.years)
            )
        return BacktestRequest(simulation=self.scenario(currency, today), table=table)


class SolveBody(SimulationBody):
    """A simulation with one input to be found: `for` says which. What is looked for may be left out."""

    model_config = ConfigDict(validate_by_alias=True)

    solve_for: SolvedFor = Field(alias="for")
    success: Rate = Decimal("0.95")
    portfolio: Money | None = None  # type: ignore[assignment]

    def request(self, currency: str, today: dt.date) -> SolveRequest:
        """As the facade takes it. Raises Invalid."""
        if self.portfolio is None and self.solve_for != "portfolio":
            raise Invalid("portfolio", "is needed")
        filled = self.model_copy(update={"portfolio": self.portfolio or _NOTHING})
        return SolveRequest(solve_for=self.solve_for, success=self.success, simulation=filled.value(currency, today))


class LeversBody(ProjectionBody):
    """A projection, and the monthly income that one percent of is saved more."""

    monthly_income: Money | None = None

    def asked(self, currency: str, today: dt.date) -> LeversRequest:
        """As the facade takes it."""
        return LeversRequest(projection=self.value(currency, today), monthly_income=self.monthly_income)
