"""Which column says what account of the household a row is of."""

import re

from finapp.transactions.readers.layouts import layout_of
from finapp.transactions.readers.tables import Table
from finapp.transactions.readers.words import normalized

_EVERY_ROW = 0.9


def own_account(table: Table, index: int) -> bool:
    """Whether a column names the household's accounts: few values, unlike the accounts of other parties."""
    layout = layout_of(table.headings)
    if layout is not None and layout.accounts:
        return True
    profile = table.profiles[index]
    words = normalized(table.headings[index])
    if profile.filled < _EVERY_ROW * profile.rows:
        return False  # every row has an own account, not every row another party's
    named = re.search(r"name|label|product|card|wallet|member|auftrag|own|bank account", words) is not None
    return profile.distinct == 1 or profile.distinct * 4 <= profile.filled or (named and "iban" not in words)


def account_rank(table: Table, index: int) -> int:
    """Which of several columns of accounts tells best: numbers, then cards, then all others."""
    words = normalized(table.headings[index])
    if re.search(r"iban|(account|konto|rekening|compte|cuenta|auftrags)\w*( no| number| num| name)?$", words):
        return 0
    return 1 if re.search(r"card|kort|no|product|wallet", words) and "member" not in words else 2
