"""The category that an export of another program gives a row, where this household has one of that name."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.statement import Statement, StatementRow
from finapp.transactions.readers.layouts import LAYOUTS

_CONFIDENCE = 0.95
"""Somebody placed the row, in another program: surer than any guess, less sure than the household's own word."""
_BOOKS = frozenset({"beancount", "ledger", "qif", "runway"})
_PROGRAMS = frozenset({"Firefly III", "GnuCash", *(layout.name for layout in LAYOUTS if layout.accounts)})
_LEVEL = re.compile(r"[:/>»|]")
_UNTOLD = re.compile(r"[\W_]+|\band\b")
_STAYED = "the file says that the money stayed with the household"
_OWN_WORD = "your "
"""How the reason begins where a correction or a rule of the household spoke."""
_NEVER = frozenset({taxonomy.UNCATEGORIZED, taxonomy.CARD_SPENDING_UNSEEN})


def keeps_books(statement: Statement) -> bool:
    """Whether a file is of a program in which people place rows; the categories of banks are their own guesses."""
    return statement.format in _BOOKS or statement.layout in _PROGRAMS


def by_name(own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name -> category, of the built-in categories and the household's `own` (name, id).

    The household's own stand above built-in ones. A name that two of them have tells nothing. A group that has one
    leaf means that leaf; rows do not stand in the others.
    """
    leaves = [leaf for leaf in taxonomy.BY_CODE.values() if leaf.code not in _NEVER]
    single = Counter(leaf.group for leaf in leaves)
    titles = {group.code: group.name for group in taxonomy.GROUPS}
    found = {_folded(titles[leaf.group]): leaf.code for leaf in leaves if single[leaf.group] == 1}
    found |= {_folded(leaf.code): leaf.code for leaf in leaves} | {_folded(leaf.name): leaf.code for leaf in leaves}
    named: dict[str, set[str]] = {}
    for name, category_id in own:
        named.setdefault(_folded(name), set()).add(category_id)
    for folded, ids in named.items():
        found.pop(folded, None)
        if len(ids) == 1:
            found[folded] = next(iter(ids))
    found.pop("", None)
    return found


def is_hinted(row: StatementRow) -> bool:
    """Whether the file says what a row is for."""
    return row.category_hint is not None or row.transfer_hint is not None


def with_hint(said: Suggestion, row: StatementRow, names: Mapping[str, str]) -> Suggestion:
    """The suggestion with the category that the file gives, unless the household itself has spoken of such rows."""
    if said.why.startswith(_OWN_WORD):
        return said
    if row.transfer_hint is not None:
        return moved(said, "transfer")
    return said if row.category_hint is None else placed(said, row.category_hint, names)


def placed(said: Suggestion, hint: str, names: Mapping[str, str]) -> Suggestion:
    """The suggestion with the category that a hint names; as it was where the household has none of that name."""
    category = _named(hint, names)
    return said if category is None else _put(said, category, f"category in the file: {hint[:80]}")


def moved(said: Suggestion, does: Literal["transfer", "investment"]) -> Suggestion:
    """The suggestion that money stayed with the household, in another account of it or in what it holds."""
    return _put(said, does, f"{_STAYED}: {does}")


def is_moved(said: Suggestion) -> bool:
    """Whether a file said that money stayed with the household: somebody placed it there, as if by hand."""
    return said.why.startswith(_STAYED)


def _put(said: Suggestion, category: str, why: str) -> Suggestion:
    return replace(said, category=category, category_best=category, confidence=_CONFIDENCE, why=why)


def _named(hint: str, names: Mapping[str, str]) -> str | None:
    """By the whole name first, then by its last level: `Expenses:Food:Groceries`."""
    whole = names.get(_folded(hint))
    return whole if whole is not None else names.get(_folded(_LEVEL.split(hint)[-1]))


def _folded(name: str) -> str:
    return _UNTOLD.sub("", name.casefold().replace("_", " ").replace("-", " "))
