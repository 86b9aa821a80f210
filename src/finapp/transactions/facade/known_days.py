"""Days on which a file says what its account has already: counted as known without a look at each row."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.money import exponent
from finapp.transactions.domain.known_days import Chunk, KnownDays, Repeats
from finapp.transactions.domain.parts import Part
from finapp.transactions.facade.intake import Intake
from finapp.transactions.public import RowOutcome
from finapp.transactions.readers.known_days import digest
from finapp.transactions.store import accounts, imports
from finapp.transactions.store import known_days as store


class Changed(Exception):
    """What was known of an account when its file was read is so no more."""


def known_days(
    connection: Connection, owner: str, parts: Sequence[Part], chosen: Sequence[str | None]
) -> tuple[KnownDays, ...]:
    """The days of the accounts that the parts of a file go to; nothing of an account that several parts go to."""
    shared = {account_id for account_id, times in Counter(chosen).items() if times > 1}
    found = []
    for number, (part, account_id) in enumerate(zip(parts, chosen, strict=True)):
        if account_id is None or account_id in shared or part.first is None or part.last is None:
            continue
        days = store.by_day(connection, owner, account_id, part.first, part.last)
        digests = {each.day: digest(each.keys) for each in days}
        if digests:
            currency = accounts.one(connection, owner, account_id).currency
            known = KnownDays(
                part=number, account_id=account_id, exponent=exponent(currency), currency=currency, digests=digests
            )
            found.append(known)
    return tuple(found)


def repeated(connection: Connection, intake: Intake, found: Repeats) -> list[tuple[int, int]]:
    """Counts the rows of known days: (line, number of the row it is) of each. Raises Changed."""
    if found.account_id != intake.account.id:
        raise Changed()
    standing = {each.day: each for each in store.on_days(connection, intake.owner, found.account_id, found.days)}
    rows: list[int] = []
    for day, wanted in zip(found.days, found.digests, strict=True):
        # Somebody may have changed the day since the file was compared with it.
        if day not in standing or digest(standing[day].keys) != wanted:
            raise Changed()
        rows += standing[day].ids
    intake.seen += len(found)
    intake.duplicates += len(found)
    return list(zip(found.lines, rows, strict=True))


def taken_in(connection: Connection, intake: Intake, found: Chunk, room: int) -> int:
    """Takes rows in, and keeps of at most so many of them what became of them. Returns of how many there is something
    to tell. Raises Changed."""
    if isinstance(found, Repeats):
        known = repeated(connection, intake, found)
        store.add_known(connection, intake.asked.id, known[:room])
        return len(known)
    outcomes = intake.store(connection, found)
    imports.add_outcomes(connection, intake.asked.id, outcomes[:room])
    return len(outcomes)


def told(connection: Connection, intake: Intake, found: Repeats) -> list[RowOutcome]:
    """As `repeated`, as a dry run tells of it."""
    return [
        RowOutcome(line=line, outcome="duplicate", transaction_id=ids.to_text(row), reason="known", message=None)
        for line, row in repeated(connection, intake, found)
    ]
