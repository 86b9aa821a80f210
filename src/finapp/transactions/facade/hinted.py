"""The category that an export of another program gives a row, where this household has one of that name."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.statement import Statement, StatementPart, StatementRow
from finapp.transactions.public import Category
from finapp.transactions.readers.layouts import LAYOUTS

_CONFIDENCE = 0.95
"""Somebody placed the row, in another program: surer than any guess, less sure than the household's own word."""
_BOOKS = frozenset({"beancount", "ledger", "qif", "runway"})
_PROGRAMS = frozenset({"Firefly III", "GnuCash", *(layout.name for layout in LAYOUTS if layout.accounts)})
_LEVEL = re.compile(r"[:/>»|]")
_UNTOLD = re.compile(r"[\W_]+|\band\b")
_STAYED = "the file says that the money stayed with the household"
_RETURNED = "the file says that the money came back of"
_OWN_WORD = "your "
"""How the reason begins where a correction or a rule of the household spoke."""
_NO_CATEGORY = frozenset(
    "uncategorized uncategorised none nocategory readytoassign tobebudgeted unknown split".split()
) | {""}
"""How programs say that a row has no category, without what is no letter."""
_NEVER = frozenset({taxonomy.UNCATEGORIZED, taxonomy.CARD_SPENDING_UNSEEN})


def keeps_books(statement: Statement) -> bool:
    """Whether a file is of a program in which people place rows; the categories of banks are their own guesses."""
    return statement.format in _BOOKS or statement.layout in _PROGRAMS


@dataclass(frozen=True)
class Names:
    """What the household's categories are called."""

    ids: Mapping[str, str] = field(default_factory=dict)
    """Folded name -> category."""
    leaves: Mapping[str, str] = field(default_factory=dict)
    """Category of the household's own -> the leaf it stands below."""

    def of(self, hint: str) -> str | None:
        """The category by the whole hint first, then by its last level: `Expenses:Food:Groceries`."""
        whole = self.ids.get(_folded(hint))
        return whole if whole is not None else self.ids.get(_folded(_LEVEL.split(hint)[-1]))

    def is_spent(self, category_id: str) -> bool:
        """Whether the rows of a category are spending."""
        leaf = taxonomy.BY_CODE.get(self.leaves.get(category_id, category_id))
        return leaf is not None and leaf.kind == "expense"


def names_of(tree: Iterable[Category]) -> Names:
    """What the categories of a household are called."""
    own = [category for category in tree if category.id != category.code]
    ids = _by_name((category.name, category.id) for category in own)
    return Names(ids, {category.id: category.code for category in own})


def _by_name(own: Iterable[tuple[str, str]]) -> dict[str, str]:
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


def with_hint(said: Suggestion, row: StatementRow, names: Names) -> Suggestion:
    """The suggestion with the category that the file gives, unless the household itself has spoken of such rows."""
    if said.why.startswith(_OWN_WORD):
        return said
    if row.transfer_hint is not None:
        return moved(said, "transfer", row.category_hint, names)
    return said if row.category_hint is None else placed(said, row.category_hint, names, came_in=row.amount > 0)


def with_tags(row: StatementRow, names: Names) -> StatementRow:
    """The row, and each part of it, tagged with the file's category where this household has none of that name: what
    somebody has said of it elsewhere is found by the tag."""
    if row.parts:
        row = row._replace(parts=tuple(_part_with_tag(part, row.tags, names) for part in row.parts))
    word = _unknown(row.category_hint, names) if row.transfer_hint is None else None
    return row if word is None else row._replace(tags=_and(row.tags, word))


def _part_with_tag(part: StatementPart, of_whole: str | None, names: Names) -> StatementPart:
    word = _unknown(part.category_hint, names) if part.does is None else None
    # One without tags of its own has those of the whole.
    return part if word is None else part._replace(tags=_and(of_whole if part.tags is None else part.tags, word))


def _unknown(hint: str | None, names: Names) -> str | None:
    """The last level of a category that this household has none of; None for one that it has, and for no category."""
    if hint is None or names.of(hint) is not None:
        return None
    word = _LEVEL.split(hint)[-1].replace(",", " ").strip()
    return None if _folded(word) in _NO_CATEGORY else word


def _and(tags: str | None, word: str) -> str:
    return f"{tags},{word}" if tags else word


def placed(said: Suggestion, hint: str, names: Names, *, came_in: bool) -> Suggestion:
    """The suggestion with the category that a hint names; as it was where the household has none of that name."""
    category = names.of(hint)
    if category is None:
        return said
    returned = came_in and names.is_spent(category)
    return _put(said, category, f"{_RETURNED if returned else 'category in the file'}: {hint[:80]}")


def moved(said: Suggestion, does: Literal["transfer", "investment"], hint: str | None, names: Names) -> Suggestion:
    """The suggestion that money stayed with the household, in another account of it or in what it holds."""
    category = names.of(hint) if hint is not None else None
    return _put(said, category or does, f"{_STAYED}: {hint or does}")


def is_moved(said: Suggestion) -> bool:
    """Whether a file said that money stayed with the household: somebody placed it there, as if by hand."""
    return said.why.startswith(_STAYED)


def is_placed(said: Suggestion, row: StatementRow) -> bool:
    """Whether a file has decided what a row is, as if somebody here had."""
    return (row.transfer_hint is not None and is_moved(said)) or is_returned(said)


def is_returned(said: Suggestion) -> bool:
    """Whether a file has money that came in among what was spent: it is a refund, as if somebody here had said so."""
    return said.why.startswith(_RETURNED)


def _put(said: Suggestion, category: str, why: str) -> Suggestion:
    return replace(said, category=category, category_best=category, confidence=_CONFIDENCE, why=why)


def _folded(name: str) -> str:
    return _UNTOLD.sub("", name.casefold().replace("_", " ").replace("-", " "))
