"""From a strategy's name and parameters to a rule that is ready to run."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from finapp.fire.domain.strategies import annuity, fixed, guardrails, share
from finapp.fire.domain.strategies.base import Amount, Moment, Rule, Setting
from finapp.fire.domain.strategies.sources import SOURCES
from finapp.fire.public.strategy import GuytonKlingerRule, Strategies, Strategy, StrategyDescription, StrategyKind
from finapp.kernel.errors import Invalid

Values = Mapping[str, Any]
Make = Callable[[Values, Setting], Rule]

_VPW_STOCKS, _VPW_BONDS = 0.050, 0.019


@dataclass(frozen=True)
class Entry:
    """One named rule: its parameters with their published values (None: resolved from the request), and its maker."""

    defaults: Values
    make: Make
    needs_spending: bool = False
    """Whether the first year's spending must be given."""
    spending_or_rate: bool = False
    """Whether either the first year's spending or `rate` must be given."""


def rule(strategy: Strategy, setting: Setting) -> Callable[[], Rule]:
    """Makes a fresh rule for each run. Raises Invalid for parameters that are unknown, missing or out of range."""
    entry = _entry(strategy)
    values = _resolved(strategy, entry, setting)
    if (entry.needs_spending or (entry.spending_or_rate and values.get("rate") is None)) and setting.spending is None:
        raise Invalid("annual_spending", f"is needed by {strategy.kind}")
    if strategy.kind == "cape" and values["cape"] is None and not setting.has_cape:
        raise Invalid("strategy.cape", "is needed by cape, or give a series with a column cape")
    entry.make(values, setting)
    return lambda: entry.make(values, setting)


def follows_spending(strategy: Strategy) -> bool:
    """Whether the first year's spending sets the level of the rule."""
    entry = _entry(strategy)
    by_share = entry.spending_or_rate and strategy.rate is None
    return entry.needs_spending or by_share or strategy.kind == "hebeler"


def described(strategy: Strategy, setting: Setting) -> dict[str, str]:
    """The rule and every parameter it runs with, as text."""
    entry = _entry(strategy)
    values = _resolved(strategy, entry, setting)
    shown = {f"strategy.{name}": _text(value) for name, value in values.items() if value is not None}
    if entry.spending_or_rate and values["rate"] is None:
        shown["strategy.rate"] = "first year's spending / portfolio"
    return {"strategy": strategy.kind, **shown}


def descriptions() -> Strategies:
    """Every rule with its source, its parameters and their published values."""
    return Strategies(
        items=tuple(
            StrategyDescription(
                kind=kind,
                summary=SOURCES[kind].summary,
                source=SOURCES[kind].publication,
                parameters={
                    name: None if value is None else _text(value) for name, value in _ENTRIES[kind].defaults.items()
                },
            )
            for kind in get_args(StrategyKind)
        )
    )


def _entry(strategy: Strategy) -> Entry:
    try:
        return _ENTRIES[strategy.kind]
    except KeyError:
        raise Invalid("strategy.kind", f"must be one of {', '.join(get_args(StrategyKind))}") from None


def _resolved(strategy: Strategy, entry: Entry, setting: Setting) -> Values:
    """The rule's parameters, those left open taken from the request's market and age."""
    values = _values(strategy, entry)
    if values.get("age", 0) is None:
        values["age"] = setting.age
    if strategy.kind in ("vpw", "amortization") and values["rate"] is None:
        stocks = setting.stock_share if strategy.kind == "vpw" else None
        expected = setting.expected_growth - 1.0
        values["rate"] = expected if stocks is None else _VPW_STOCKS * stocks + _VPW_BONDS * (1.0 - stocks)
    return values


def _values(strategy: Strategy, entry: Entry) -> dict[str, Any]:
    values = dict(entry.defaults)
    for item in fields(Strategy):
        given = getattr(strategy, item.name)
        if item.name == "kind" or given is None:
            continue
        if item.name not in values:
            raise Invalid(f"strategy.{item.name}", f"is not a parameter of {strategy.kind}")
        values[item.name] = given if isinstance(given, (tuple, int)) else float(given)
        _within(item.name, values[item.name])
    if entry.spending_or_rate and (values["rate"] or 0) < 0:
        raise Invalid("strategy.rate", "must not be negative")
    if values.get("floor_amount", 0) is None:
        raise Invalid("strategy.floor_amount", "is needed by custom_floor")
    low, high = ("floor_amount", "ceiling_amount") if strategy.kind == "custom_floor" else ("floor", "ceiling")
    if strategy.kind in ("floor_ceiling", "custom_floor") and values[high] is not None and values[low] > values[high]:
        raise Invalid(f"strategy.{high}", "must not be below the floor")
    return values


_RANGES: Mapping[str, tuple[float, float]] = {
    "rate": (-0.5, 1.0),
    "floor": (0.0, 1.0),
    "ceiling": (0.0, 10.0),
    "guardrail": (0.0, 1.0),
    "adjustment": (0.0, 1.0),
    "inflation_cap": (0.0, 1.0),
    "preservation_years": (0, 120),
    "trigger": (1.0, 100.0),
    "every_years": (1, 120),
    "weight": (0.0, 1.0),
    "end_age": (1, 130),
    "age": (0, 120),
    "bequest": (0.0, 1e15),
    "base": (0.0, 1.0),
    "slope": (0.0, 10.0),
    "cape": (1.0, 1000.0),
    "cash_years": (0.0, 60.0),
    "cash_return": (-0.5, 0.5),
    "floor_amount": (0.0, 1e15),
    "ceiling_amount": (0.0, 1e15),
}


def _within(name: str, value: Any) -> None:
    if name == "rules":
        unknown = set(value) - set(get_args(GuytonKlingerRule))
        if unknown:
            raise Invalid("strategy.rules", f"{min(unknown)!r} is not one of {', '.join(get_args(GuytonKlingerRule))}")
        return
    low, high = _RANGES[name]
    if not low <= value <= high:
        raise Invalid(f"strategy.{name}", f"must be between {low:g} and {high:g}")


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)


def _vpw(values: Values, _: Setting) -> Rule:
    age, last = values["age"], values["end_age"]
    if age is None:
        return annuity.AnnuityDue(rate=values["rate"], payments=_by_remaining)
    return annuity.AnnuityDue(rate=values["rate"], payments=lambda moment: max(1.0, last - age - moment.number))


def _amortization(values: Values, setting: Setting) -> Rule:
    return annuity.AnnuityDue(
        rate=values["rate"], payments=_by_remaining, bequest=values["bequest"], income=setting.income
    )


def _rmd(values: Values, _: Setting) -> Rule:
    age = values["age"]
    if age is None:
        raise Invalid("strategy.age", "is needed by rmd, or give the age")
    return annuity.Divisor(divisor=lambda moment: annuity.distribution_period(age + moment.number))


def _guyton_klinger(values: Values, setting: Setting) -> Rule:
    return guardrails.GuytonKlinger(
        spending=_spending(setting),
        rules=frozenset(values["rules"]),
        guardrail=values["guardrail"],
        adjustment=values["adjustment"],
        cap=values["inflation_cap"],
        preservation_years=values["preservation_years"],
    )


def _ratchet(values: Values, setting: Setting) -> Rule:
    return fixed.Ratchet(
        spending=_spending(setting), trigger=values["trigger"], step=values["adjustment"], every=values["every_years"]
    )


def _spending(setting: Setting) -> Amount:
    return 0.0 if setting.spending is None else setting.spending


def _by_remaining(moment: Moment) -> float:
    return float(moment.remaining)


def _share(kind: Callable[..., Rule], *names: str) -> Make:
    """A maker for the rules that spend a share, with their further parameters by name."""
    return lambda values, setting: kind(
        spending=setting.spending, rate=values["rate"], **{name: values[name] for name in names}
    )


def _custom_floor(values: Values, setting: Setting) -> Rule:
    ceiling = values["ceiling_amount"]
    return share.CustomFloor(
        spending=setting.spending,
        rate=values["rate"],
        floor=values["floor_amount"],
        ceiling=math.inf if ceiling is None else ceiling,
    )


_ENTRIES: Mapping[str, Entry] = {
    "constant_real": Entry({}, lambda _, setting: fixed.ConstantReal(spending=_spending(setting)), needs_spending=True),
    "declining": Entry(
        {"rate": 0.01},
        lambda values, setting: fixed.Declining(spending=_spending(setting), decline=values["rate"]),
        needs_spending=True,
    ),
    "ratchet": Entry({"trigger": 1.5, "adjustment": 0.10, "every_years": 3}, _ratchet, needs_spending=True),
    "bucket": Entry(
        {"cash_years": 2.0, "cash_return": 0.0},
        lambda values, setting: fixed.Bucket(spending=_spending(setting), **values),
        needs_spending=True,
    ),
    "guyton_klinger": Entry(
        {
            "rules": get_args(GuytonKlingerRule),
            "guardrail": 0.20,
            "adjustment": 0.10,
            "inflation_cap": 0.06,
            "preservation_years": 15,
        },
        _guyton_klinger,
        needs_spending=True,
    ),
    "constant_percent": Entry({"rate": None}, _share(share.ConstantPercent), spending_or_rate=True),
    "floor_ceiling": Entry(
        {"rate": None, "floor": 0.90, "ceiling": 1.25},
        _share(share.FloorCeiling, "floor", "ceiling"),
        spending_or_rate=True,
    ),
    "vanguard_dynamic": Entry(
        {"rate": None, "floor": 0.025, "ceiling": 0.05},
        _share(share.VanguardDynamic, "floor", "ceiling"),
        spending_or_rate=True,
    ),
    "ninety_five": Entry({"rate": None, "floor": 0.95}, _share(share.NinetyFive, "floor"), spending_or_rate=True),
    "endowment": Entry({"rate": None, "weight": 0.70}, _share(share.Endowment, "weight"), spending_or_rate=True),
    "custom_floor": Entry(
        {"rate": None, "floor_amount": None, "ceiling_amount": None},
        _custom_floor,
        spending_or_rate=True,
    ),
    "cape": Entry(
        {"base": 0.0175, "slope": 0.5, "cape": None},
        lambda values, setting: share.Cape(**values, expected_growth=setting.expected_growth),
    ),
    "vpw": Entry({"rate": None, "age": None, "end_age": 100}, _vpw),
    "amortization": Entry({"rate": None, "bequest": 0.0}, _amortization),
    "rmd": Entry({"age": None}, _rmd),
    "one_over_n": Entry({}, lambda _values, _setting: annuity.Divisor(divisor=_by_remaining)),
    "hebeler": Entry(
        {"rate": 0.0145, "weight": 0.75},
        lambda values, setting: annuity.Hebeler(spending=setting.spending, **values),
    ),
}
