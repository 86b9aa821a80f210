"""Finds the category of a row, says how sure it is and why, and abstains when it is not sure.

Layers, first answer wins: the user's rule > the user's memory (payee, merchant, told apart by amount) > the merchant
category code of the file > brands and words of the account's country > the linear model with the user's own delta.
Transfer pairing by amount, date and account stands between memory and the code; it is money movement's
(`finapp.transactions.domain.movement`), because it needs more than one row.

    categorizer = shipped()                                  # built knowledge, loaded once in a process
    suggestions = categorizer.suggest(lines, country="IN", currency="INR", learned=learned)

`Line` is what a statement row shows, `Learned` what this household taught (plain values: rules, memories, delta), and
`Suggestion` the answer. Nothing here reads a clock, a database or a network.
"""

from finapp.transactions.domain.categorizer.categorize import Categorizer, shipped, suggest
from finapp.transactions.domain.categorizer.values import (
    APPLIES,
    NOTHING,
    SUGGESTS,
    Candidate,
    Correction,
    Decision,
    Learned,
    Line,
    Memory,
    Rule,
    Suggestion,
)

__all__ = [
    "APPLIES",
    "NOTHING",
    "SUGGESTS",
    "Candidate",
    "Categorizer",
    "Correction",
    "Decision",
    "Learned",
    "Line",
    "Memory",
    "Rule",
    "Suggestion",
    "shipped",
    "suggest",
]
