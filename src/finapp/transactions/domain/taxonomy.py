"""The built-in categories: 31 leaves in 14 groups, their kind (what they do to income and spending) and need."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["income", "expense", "transfer", "investment", "debt"]
Need = Literal["essential", "discretionary"]

UNCATEGORIZED = "uncategorized"
"""The product abstained. Not a leaf of the tree: a row waits there until somebody decides."""
CARD_SPENDING_UNSEEN = "card_spending_unseen"
"""A bill of a card whose own statements are not in the ledger. Set by money movement alone, never suggested."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One built-in category."""

    code: str
    name: str
    group: str
    kind: Kind
    need: Need | None
    """None for everything that is not spending."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading of the tree. It holds no rows itself."""

    code: str
    name: str
    kind: Kind


# group code, group name, kind, ((leaf code, leaf name, need), ...)
_TREE: tuple[tuple[str, str, Kind, tuple[tuple[str, str, Need | None], ...]], ...] = (
    (
        "g_income",
        "Income",
        "income",
        (
            ("income_salary", "Salary", None),
            ("income_interest", "Interest and dividends", None),
            ("income_other", "Other income", None),
        ),
    ),
    (
        "g_transfers",
        "Transfers",
        "transfer",
        (
            ("transfer", "Transfer", None),
            ("card_payment", "Card bill payment", None),
            ("cash", "Cash", None),
        ),
    ),
    ("g_saving", "Saving", "investment", (("investment", "Investment", None),)),
    ("g_debt", "Debt", "debt", (("loan", "Loan instalment", None),)),
    (
        "g_fees_taxes",
        "Fees and taxes",
        "expense",
        (
            ("bank_fees", "Bank fees", "essential"),
            ("taxes_gov", "Taxes and government", "essential"),
        ),
    ),
    ("g_insurance", "Insurance", "expense", (("insurance", "Insurance", "essential"),)),
    (
        "g_home",
        "Home",
        "expense",
        (
            ("housing", "Rent and housing", "essential"),
            ("utilities", "Utilities", "essential"),
            ("telecom", "Phone and internet", "essential"),
            ("home", "Household and furniture", "discretionary"),
        ),
    ),
    (
        "g_food",
        "Food",
        "expense",
        (
            ("groceries", "Groceries", "essential"),
            ("dining", "Eating out", "discretionary"),
        ),
    ),
    (
        "g_transport",
        "Transport",
        "expense",
        (
            ("fuel", "Fuel", "essential"),
            ("transport", "Public transport and taxi", "essential"),
            ("auto", "Vehicle", "essential"),
        ),
    ),
    (
        "g_health_care",
        "Health and care",
        "expense",
        (
            ("health", "Health", "essential"),
            ("personal_care", "Personal care", "discretionary"),
        ),
    ),
    (
        "g_family",
        "Family",
        "expense",
        (
            ("education", "Education", "essential"),
            ("childcare", "Childcare", "essential"),
            ("pets", "Pets", "discretionary"),
            ("gifts_donations", "Gifts and donations", "discretionary"),
        ),
    ),
    ("g_shopping", "Shopping", "expense", (("shopping", "Shopping", "discretionary"),)),
    (
        "g_leisure",
        "Leisure",
        "expense",
        (
            ("entertainment", "Entertainment", "discretionary"),
            ("subscriptions", "Subscriptions", "discretionary"),
            ("travel", "Travel", "discretionary"),
        ),
    ),
    ("g_services", "Services", "expense", (("services", "Services", "essential"),)),
)

GROUPS: tuple[Group, ...] = tuple(Group(code=code, name=name, kind=kind) for code, name, kind, _ in _TREE)
"""The 14 headings, in display order."""

LEAVES: tuple[Leaf, ...] = tuple(
    Leaf(code=code, name=name, group=group, kind=kind, need=need)
    for group, _, kind, leaves in _TREE
    for code, name, need in leaves
)
"""The 31 leaves that can be suggested, in display order. `LEAF_CODES` fixes the same order for the model."""

LEAF_CODES: tuple[str, ...] = tuple(leaf.code for leaf in LEAVES)

UNSEEN_CARD_SPENDING = Leaf(
    code=CARD_SPENDING_UNSEEN,
    name="Card spending not itemised",
    group="g_shopping",
    kind="expense",
    need="discretionary",
)

BY_CODE = MappingProxyType({leaf.code: leaf for leaf in (*LEAVES, UNSEEN_CARD_SPENDING)})
"""Leaf code -> leaf, with the one that only money movement sets; without `uncategorized`."""

GROUP_OF = MappingProxyType({leaf.code: leaf.group for leaf in BY_CODE.values()})
"""Leaf code -> group code."""


def kind_of(code: str, amount_is_positive: bool = False) -> Kind:
    """The kind of a leaf. `uncategorized` and unknown codes count as spending when out and as income when in."""
    leaf = BY_CODE.get(code)
    if leaf is None:
        return "income" if amount_is_positive else "expense"
    return leaf.kind


def need_of(code: str) -> Need | None:
    """The need of a leaf, None for what is not spending. Spending that nobody has placed counts as discretionary."""
    leaf = BY_CODE.get(code)
    return leaf.need if leaf else "discretionary"
