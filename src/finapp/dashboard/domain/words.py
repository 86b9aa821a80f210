"""What insights say: English sentences, and the key and values from which a page says them in its own words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finapp.dashboard.public import InsightKey, InsightValue
from finapp.kernel.money import exponent

_TEXTS: dict[InsightKey, tuple[str, str]] = {
    "buffer_short": ("emergency fund", "Set money aside until {months} months of need are covered."),
    "spending_high": (
        "living cost of this month",
        "Look at the categories: the month is already above nine of ten normal ones.",
    ),
    "balance_short": ("money of today", "Move money in before that day, or move a due date."),
    "price_rise": ("{name}", "The price has risen: compare, negotiate or cancel."),
    "payment_overdue": ("{name}", "An expected payment has not come: check that it was made."),
    "double_subscription": ("{name}", "Two subscriptions of one kind: keep one."),
    "trial_end": ("{name}", "A cheap start is over: cancel before the next full payment, or keep it."),
    "unused_subscription": ("{name}", "It has been paid for a year: confirm that it is used, or cancel it."),
    "stale_data": (
        "{days} days without a new row",
        "Import the statements since then: every figure ends with the newest row.",
    ),
    "uncategorized": ("{rows} rows without a category", "Say what they are; the product learns from each answer."),
    "debit_twice": ("{name}", "Check that both were meant; ask for one of them back if not."),
    "idle_cash": (
        "liquid money above the emergency target",
        "Ask what {surplus} does most for: a loan, or the plan's own return.",
    ),
    "sweep_gain": ("{name}", "Keep a month's need where it is, the rest on {name}."),
    "fee_leak": ("bank charges", "Ask the bank to drop them, or change the account."),
    "budget_over": ("{name}", "Move money from another envelope, or stop here this month."),
    "savings_streak": (
        "{months} months in a row with money left",
        "Keep it up: what was left is yours to put to work.",
    ),
    "milestone_net_worth": ("net worth past {net_worth}", "Set the next one."),
    "milestone_goal": ("{name}", "Set the next one."),
}
"""Key -> subject and action."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of an insight."""

    key: InsightKey
    subject: str
    action: str
    values: tuple[InsightValue, ...]


def words(key: InsightKey, *values: InsightValue) -> Words:
    """What the insight `key` says with these values."""
    subject, action = said(key, values, _shown)
    return Words(key=key, subject=subject, action=action, values=values)


def said(key: InsightKey, values: Sequence[InsightValue], shown: Callable[[InsightValue], str]) -> tuple[str, str]:
    """Subject and action, with each value as `shown` writes it."""
    written = {each.name: shown(each) for each in values}
    subject, action = (text.format(**written) for text in _TEXTS[key])
    return subject, action


def money(name: str, amount: Decimal, currency: str) -> InsightValue:
    """An amount as a value of a sentence."""
    return InsightValue(name=name, kind="money", value=f"{amount:.{exponent(currency)}f}", currency=currency)


def number(name: str, value: int | Decimal) -> InsightValue:
    """A number as a value of a sentence."""
    return InsightValue(name=name, kind="number", value=f"{value:f}" if isinstance(value, Decimal) else str(value))


def name(value: str) -> InsightValue:
    """What somebody or something is called, as a value of a sentence."""
    return InsightValue(name="name", kind="name", value=value)


def _shown(value: InsightValue) -> str:
    return f"{Decimal(value.value):,} {value.currency}" if value.kind == "money" else value.value
