"""Which account a statement is of: the one it names, the only one it can be, a new one, or a question."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
    """Share of the statement's rows that it has already, by day and amount, of those it should have."""
    parted: bool = False
    """Whether what it holds speaks against it: other rows on the same days, or a balance that does not follow."""
    continued: bool = False
    """Whether what it holds speaks for it: a balance that follows, or payments to the same places."""


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
    for evidence in telling:
        found = [one for one in possible if evidence(hint, one)]
        if len(found) == 1:
            return Choice(account_id=found[0].id)
        if found:
            return Choice(ask=tuple(one.id for one in found))
    if several:
        return Choice()
    return _by_bank(hint, possible)


def _by_bank(hint: AccountHint, possible: Sequence[Candidate]) -> Choice:
    """A bank has several accounts of a household, and all its files look alike: what the account holds must agree."""
    alike: tuple[Callable[[AccountHint, Candidate], bool], ...] = (_same_bank_and_export, _same_bank, _same_export)
    for evidence in alike:
        found = [one for one in possible if evidence(hint, one) and not one.parted]
        sure = [one for one in found if one.continued or not one.has_rows]
        if len(found) == 1 and sure:
            return Choice(account_id=sure[0].id)
        continued = [one for one in sure if one.continued]
        if len(continued) == 1:
            return Choice(account_id=continued[0].id)
        if found:
            return Choice(ask=tuple(one.id for one in found))
    if len(possible) == 1 and not possible[0].has_rows:
        return Choice(account_id=possible[0].id)
    return Choice(ask=tuple(one.id for one in possible))


def _contradicted(hint: AccountHint, one: Candidate) -> bool:
    checks: tuple[Callable[[], bool], ...] = (
        lambda: hint.currency is not None and hint.currency != one.currency,
        lambda: hint.number_last4 is not None and one.last4 is not None and hint.number_last4 != one.last4,
        lambda: not _alike(hint.institution, one.institution),
        lambda: hint.kind is not None and (hint.kind == CARD) != (one.kind == CARD) and not _goes_on(hint, one),
    )
    return any(check() for check in checks)


def _goes_on(hint: AccountHint, one: Candidate) -> bool:
    """Whether files like this one, of this number, went into the account before, whatever kind it was opened as."""
    return one.same_export and _same_number(hint, one)


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


def distinct_names(accounts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Account -> what it is called where no other of its currency is called so, by its id, name and currency.

    Those of one name and currency are numbered in the order of their ids.
    """
    found = sorted(accounts)
    counts = Counter((name.casefold(), currency) for _, name, currency in found)
    taken = {purse for purse, count in counts.items() if count == 1}
    called = {}
    for key, name, currency in found:
        numbered = (f"{name} ({number})" for number in itertools.count(1))
        if counts[name.casefold(), currency] > 1:
            name = next(one for one in numbered if (one.casefold(), currency) not in taken)
            taken.add((name.casefold(), currency))
        called[key] = name
    return called


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A period with the balances before and after it, as a statement that agrees with itself has them."""

    first: date
    last: date
    opening: Decimal
    closing: Decimal


_CLOSE = 4
"""Days between two statements within which nothing is missing as a rule: the balance must follow."""


def follows(new: Stretch, known: Iterable[Stretch]) -> bool | None:
    """Whether a statement's balances continue those of one before or after it.

    False where they do not though next to nothing lies between; None where that cannot be told. A balance of zero
    tells nothing: many accounts have it.
    """
    verdicts = [verdict for one in known for verdict in (_joins(one, new), _joins(new, one)) if verdict is not None]
    return any(verdicts) if verdicts else None


def _joins(earlier: Stretch, later: Stretch) -> bool | None:
    between = (later.first - earlier.last).days
    if between < 0 or later.opening == 0 == earlier.closing:
        return None
    if earlier.closing == later.opening:
        return True
    return False if 0 < between <= _CLOSE else None


_FAMILIAR, _FEWEST_FAMILIAR = 0.15, 2
"""Share of a statement's texts, and how many at least, that an account which goes on has as well."""


def familiar(texts: Iterable[str], known: Iterable[str]) -> bool:
    """Whether enough of the texts are like those of an account: salary, rent and the same shops come every month."""
    new = {words for text in texts if (words := _words(text))}
    found = new & {_words(text) for text in known}
    return len(found) >= _FEWEST_FAMILIAR and len(found) >= _FAMILIAR * len(new)


def _words(text: str) -> str:
    """The first words of a text, without numbers and marks: what stays the same from month to month."""
    return " ".join(re.findall(r"[^\W\d_]{3,}", text.casefold())[:4])
