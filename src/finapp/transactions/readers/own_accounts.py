"""Which column says what account of the household a row is of."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice, pairwise

from finapp.transactions.readers.amounts import decimal_mark, read_amount
from finapp.transactions.readers.grid import is_data
from finapp.transactions.readers.layouts import layout_of
from finapp.transactions.readers.tables import Table
from finapp.transactions.readers.words import Role, normalized

_EVERY_ROW = 0.9
_HOLDS, _FAILS = 0.8, 0.2
"""Shares of the steps of a running balance: so many hold in an account, so few from one account to the next."""
_LOOKED_AT = 400
_MOST_ACCOUNTS = 8
_OF_ROW = re.compile(
    r"(own |from |source |bank )?account( no| number| num| id)?|(auftrags)?konto(nummer)?|rekening(nummer)?|compte"
    r"|numero de compte|cuenta|conto|rachunek|cislo uctu|szamlaszam"
)
"""Headings for the account that a row is of, where the values do not speak against it."""


def own_account(table: Table, index: int) -> bool:
    """Whether a column names the household's accounts: few values, unlike the accounts of other parties.

    A running balance decides, where one is printed: it runs within an account, and not from one to the other.
    """
    layout = layout_of(table.headings)
    if layout is not None and layout.accounts:
        return True
    profile = table.profiles[index]
    words = normalized(table.headings[index])
    if profile.filled < _EVERY_ROW * profile.rows:
        return False  # every row has an own account, not every row another party's
    if profile.distinct == 1:
        return True
    apart = _runs_apart(table, index)
    if apart is not None:
        return apart
    named = re.search(r"name|label|product|card|wallet|member|auftrag|own|bank account", words) is not None
    few = profile.distinct * 4 <= profile.filled or _is_shared(table, index)
    return few or (named and "iban" not in words)


def account_rank(table: Table, index: int) -> int:
    """Which of several columns of accounts tells best: numbers, then cards, then all others."""
    words = normalized(table.headings[index])
    if re.search(r"iban|(account|konto|rekening|compte|cuenta|auftrags)\w*( no| number| num| name)?$", words):
        return 0
    return 1 if re.search(r"card|kort|no|product|wallet", words) and "member" not in words else 2


def _is_shared(table: Table, index: int) -> bool:
    """Whether a column that is named for it has few values, and not one for each party or text."""
    profile = table.profiles[index]
    if not _OF_ROW.fullmatch(normalized(table.headings[index])):
        return False
    if profile.distinct > _MOST_ACCOUNTS or profile.distinct * 2 > profile.filled:
        return False
    told = next((at for role in ("payee", "text") for at in _columns(table, (role,))), None)
    if told is None:
        return False
    rows = _rows(table)
    pairs = {(_cell(row, index), _cell(row, told)) for row in rows}
    parties = {party for _, party in pairs}
    return len(pairs) > profile.distinct and len(parties) > profile.distinct


def _runs_apart(table: Table, index: int) -> bool | None:
    """Whether the running balance is one for each value; None where none runs, or it does not tell."""
    balances = _columns(table, ("balance",))
    money = _columns(table, ("amount", "debit", "credit"))
    if not balances or not money:
        return None
    rows = _rows(table)
    mark = decimal_mark([_cell(row, at) for row in rows for at in (balances[0], *money)])[0]

    def value(row: Sequence[str], at: int) -> Decimal | None:
        amount = read_amount(_cell(row, at), mark)
        return None if amount is None else amount.value

    shown = [
        (_cell(row, index), value(row, balances[0]), {abs(v) for at in money if (v := value(row, at))}) for row in rows
    ]
    by_account = sorted(shown, key=lambda row: row[0])  # keeps the order of the rows of an account
    across = [(a, b) for a, b in pairwise(shown) if a[0] != b[0]]
    within = [(a, b) for a, b in pairwise(by_account) if a[0] == b[0]]
    for later in (1, 0):  # oldest first, or newest first
        runs, crosses = _share(within, later), _share(across, later)
        if crosses is not None and crosses >= _HOLDS:
            return False
        if runs is not None and runs >= _HOLDS and (crosses is None or crosses <= _FAILS):
            return True
    return None


_Shown = tuple[str, Decimal | None, set[Decimal]]


def _share(steps: Sequence[tuple[_Shown, _Shown]], later: int) -> float | None:
    """The share of steps from balance to balance that are the amount of the later row; None where none is seen."""
    held = [
        abs(step[1][1] - step[0][1]) in step[later][2]
        for step in steps
        if step[0][1] is not None and step[1][1] is not None
    ]
    return sum(held) / len(held) if held else None


def _columns(table: Table, roles: Sequence[Role]) -> list[int]:
    return [at for at, role in enumerate(table.roles) if role in roles and table.profiles[at].filled]


def _rows(table: Table) -> list[list[str]]:
    return list(islice((record.cells for record in table.body if is_data(record.cells)), _LOOKED_AT))


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
