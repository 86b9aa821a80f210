"""The search language: one grammar for lists, bulk edits, rules and export.

    query = parse("amount>100 category:groceries -merchant:tesco date:last-month sort:-amount", today=today)

`docs/search.md` describes it. The answer is a tree of plain values that the store compiles to SQL with bound
parameters; InvalidQuery points at the character where a text stops making sense.
"""

from finapp.transactions.domain.search.parsing import parse
from finapp.transactions.domain.search.values import (
    All,
    Between,
    Carries,
    Contains,
    Either,
    How,
    Is,
    Matches,
    Named,
    Node,
    Not,
    OneOf,
    OnKind,
    Order,
    Originally,
    Query,
    Recurring,
    Regex,
    SincePayday,
    Sized,
    TextField,
    Touched,
    texts_alone,
)

__all__ = [
    "All",
    "Between",
    "Carries",
    "Contains",
    "Either",
    "How",
    "Is",
    "Matches",
    "Named",
    "Node",
    "Not",
    "OnKind",
    "OneOf",
    "Order",
    "Originally",
    "Query",
    "Recurring",
    "Regex",
    "SincePayday",
    "Sized",
    "TextField",
    "Touched",
    "parse",
    "texts_alone",
]
