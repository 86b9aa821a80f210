"""Money movement: which rows are own transfers, card bills, investments, instalments and refunds.

    lookups = lookups_for(new_rows, household)    # which stored rows could be touched by them
    movement = decide(new_rows + stored_rows, household)

`decide` is a pure function of the set of rows: their order, and which account was imported first, change nothing, and
deciding again gives the same. Each row gets a flow, a need, a category and the reason; each pair its evidence.
"""

from finapp.transactions.domain.movement.deciding import decide
from finapp.transactions.domain.movement.pairing import lookups_for, pairs_among
from finapp.transactions.domain.movement.parties import stands_alone
from finapp.transactions.domain.movement.values import (
    AccountKind,
    AmountLookup,
    Decision,
    Flow,
    Household,
    LightRow,
    Lookups,
    Movement,
    OwnAccount,
    Pair,
    PairKind,
    Rate,
    Spent,
    what_it_does,
)
from finapp.transactions.domain.movement.wording import cues

__all__ = [
    "AccountKind",
    "AmountLookup",
    "Decision",
    "Flow",
    "Household",
    "LightRow",
    "Lookups",
    "Movement",
    "OwnAccount",
    "Pair",
    "PairKind",
    "Rate",
    "Spent",
    "cues",
    "decide",
    "lookups_for",
    "pairs_among",
    "stands_alone",
    "what_it_does",
]
