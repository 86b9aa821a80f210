"""Which account a statement is of: the one it names, the only one it can be, a new one, or a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from finapp.transactions.domain.statement import AccountHint

CARD = "credit_card"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What the choice looks at of an account."""

    id: str
    kind: str
    currency: str
    institution: str | None
    last4: str | None
    has_rows: bool
    same_export: bool
    """Whether a file with the same layout and columns was imported into it before."""
    names: frozenset[str] = frozenset()
    """What the household and earlier files call it, in small letters."""
    shared: float = 0.0
    """Share of the statement's first rows that it has already, by day and amount."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of: an account, a new account (`account_id` None, nothing to ask), or a question among accounts."""

    account_id: str | None = None
    ask: tuple[str, ...] = ()


_SAME_ROWS = 0.6
"""Share of a statement's rows from which an account that has them is the statement's."""


def choose(hint: AccountHint, candidates: Sequence[Candidate], *, several: bool = False) -> Choice:
    """The account a statement belongs to. A guess that could book one account's rows into another is a question.

    `several` says that the statement is of one of several accounts that a file names: there, an account with neither
    the name nor the rows is another one, whatever bank or program the file is from.
    """
    possible = [one for one in candidates if not _contradicted(hint, one)]
    if not possible:
        return Choice()
    telling: tuple[Callable[[AccountHint, Candidate], bool], ...] = (
        _same_number,
        _same_name,
        _same_last_name,
        _same_rows,
    )
    if not several:
        telling = (*telling, _same_bank_and_export, _same_bank, _same_export)
    for evidence in telling:
        found = [one for one in possible if evidence(hint, one)]
        if len(found) == 1:
            return Choice(account_id=found[0].id)
        if found:
            return Choice(ask=tuple(one.id for one in found))
    if several:
        return Choice()
    if len(possible) == 1 and not possible[0].has_rows:
        return Choice(account_id=possible[0].id)
    return Choice(ask=tuple(one.id for one in possible))


def _contradicted(hint: AccountHint, one: Candidate) -> bool:
    checks: tuple[Callable[[], bool], ...] = (
        lambda: hint.currency is not None and hint.currency != one.currency,
        lambda: hint.number_last4 is not None and one.last4 is not None and hint.number_last4 != one.last4,
        lambda: not _alike(hint.institution, one.institution),
        lambda: hint.kind is not None and (hint.kind == CARD) != (one.kind == CARD),
    )
    return any(check() for check in checks)


def _alike(name: str | None, other: str | None) -> bool:
    if name is None or other is None:
        return True
    ours, theirs = name.casefold(), other.casefold()
    # "HDFC" and "HDFC Bank" are one institution.
    return ours in theirs or theirs in ours


def _same_number(hint: AccountHint, one: Candidate) -> bool:
    return hint.number_last4 is not None and hint.number_last4 == one.last4


def _same_name(hint: AccountHint, one: Candidate) -> bool:
    return hint.name is not None and hint.name.casefold() in one.names


def _same_last_name(hint: AccountHint, one: Candidate) -> bool:
    """`Assets:Bank:Savings` of a journal is what another program calls Savings."""
    return hint.name is not None and hint.name.casefold().rpartition(":")[2] in one.names


def _same_rows(hint: AccountHint, one: Candidate) -> bool:
    return one.shared >= _SAME_ROWS


def _same_bank(hint: AccountHint, one: Candidate) -> bool:
    known = hint.institution is not None and one.institution is not None
    # A file that does not say what it is of may be of another account than the bank's card.
    return known and (one.kind != CARD or hint.kind == CARD)


def _same_bank_and_export(hint: AccountHint, one: Candidate) -> bool:
    return _same_bank(hint, one) and one.same_export


def _same_export(hint: AccountHint, one: Candidate) -> bool:
    return one.same_export
