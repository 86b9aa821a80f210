"""Tax on realised gains under a policy that is dated data. Every result is an estimate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from finapp.assets.domain.lots import Taken
from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months

Term = Literal["short", "long"]
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class TaxClass:
    """How one class of assets is taxed."""

    name: str
    long_after_months: int
    """Gains are long-term when sold after this many months, not on their last day."""
    short_rate: Decimal
    long_rate: Decimal
    long_exemption: Decimal
    """Of the year's long-term gains."""
    set_off: bool
    """Whether losses reduce gains."""
    short_if_acquired_from: date | None = None
    """What was acquired from this day on is short-term however long it is held."""

    def term_of(self, acquired_on: date, sold_on: date) -> Term:
        """Whether a gain is short-term or long-term."""
        if self.short_if_acquired_from is not None and acquired_on >= self.short_if_acquired_from:
            return "short"
        return term_of(acquired_on, sold_on, self.long_after_months)


@dataclass(frozen=True, kw_only=True)
class TaxPolicy:
    """The rules valid on a day."""

    name: str
    valid_from: date
    source: str
    year_starts: tuple[int, int]
    """Month and day."""
    classes: dict[str, TaxClass]
    kinds: dict[str, str]
    """Asset kind -> class; other kinds are of class `other`, or of the only one."""

    def class_of(self, kind: str, stated: str | None) -> TaxClass:
        """The class of an asset. Raises Invalid for a stated one that the policy does not know."""
        if stated is not None and stated not in self.classes and len(self.classes) > 1:
            raise Invalid("tax_class", f"policy {self.name} knows {', '.join(sorted(self.classes))}")
        name = stated if stated in self.classes else self.kinds.get(kind, "other")
        return self.classes.get(name or "other") or next(iter(self.classes.values()))

    def year_of(self, day: date) -> date:
        """The first day of the tax year that a day lies in."""
        month, first = self.year_starts
        start = date(day.year, month, first)
        return start if start <= day else date(day.year - 1, month, first)


def policies_from(data: Any) -> tuple[TaxPolicy, ...]:
    """The policies of a data file, as it was read from JSON."""
    return tuple(
        TaxPolicy(
            name=item["name"],
            valid_from=date.fromisoformat(item["valid_from"]),
            source=item["source"],
            year_starts=(int(item["year_starts"][:2]), int(item["year_starts"][3:])),
            classes={name: _class_from(name, rules) for name, rules in item["classes"].items()},
            kinds=item["kinds"],
        )
        for item in data["policies"]
    )


def _class_from(name: str, rules: Any) -> TaxClass:
    since = rules.get("short_if_acquired_from")
    return TaxClass(
        name=name,
        long_after_months=rules["long_after_months"],
        short_rate=Decimal(rules["short_rate"]),
        long_rate=Decimal(rules["long_rate"]),
        long_exemption=Decimal(rules["long_exemption"]),
        set_off=rules["set_off"],
        short_if_acquired_from=None if since is None else date.fromisoformat(since),
    )


def policy_on(policies: Sequence[TaxPolicy], name: str, day: date) -> TaxPolicy | None:
    """The rules of a policy valid on a day; None before the first. Raises Invalid for an unknown name."""
    named = [policy for policy in policies if policy.name == name]
    if not named:
        raise Invalid("policy", f"is none of {', '.join(sorted({policy.name for policy in policies}))}")
    valid = [policy for policy in named if policy.valid_from <= day]
    return max(valid, key=lambda policy: policy.valid_from, default=None)


def term_of(acquired_on: date, sold_on: date, months: int) -> Term:
    """`long` when sold after the anniversary of `months`, else `short`."""
    try:
        return "long" if sold_on > add_months(acquired_on, months) else "short"
    except ValueError:  # the anniversary lies beyond the calendar
        return "short"


@dataclass(frozen=True)
class Gains:
    """Gains of a tax year in one class, losses negative."""

    short: Decimal = ZERO
    long: Decimal = ZERO

    def __add__(self, other: "Gains") -> "Gains":
        return Gains(self.short + other.short, self.long + other.long)


def gains_of(parts: Iterable[Taken], rules: TaxClass) -> Gains:
    """The gains of what was sold; where losses are not set off, only what was gained."""
    total = Gains()
    for part in parts:
        gain = part.net - part.basis
        if gain < 0 and not rules.set_off:
            continue
        term = rules.term_of(part.acquired_on, part.sold_on)
        total += Gains(gain, ZERO) if term == "short" else Gains(ZERO, gain)
    return total


def tax_on(gains: Gains, rules: TaxClass) -> Decimal:
    """The year's tax, unrounded.

    A short-term loss is set off against long-term gains, a long-term loss only against long-term gains; the exemption
    comes after the set-off.
    """
    long = gains.long + min(gains.short, ZERO)
    return max(gains.short, ZERO) * rules.short_rate + max(long - rules.long_exemption, ZERO) * rules.long_rate
