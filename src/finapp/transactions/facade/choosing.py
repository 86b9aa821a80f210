"""How a file is read: as the person says of it, else as detected, held against what is remembered of its account."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from finapp.auth.public import Household
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.transactions.domain.known_days import Chunk, KnownDays, Repeats
from finapp.transactions.domain.parts import Part, Read, Slice
from finapp.transactions.domain.statement import Mapping, NeedsMapping
from finapp.transactions.facade.continuing import Earlier, columns_of
from finapp.transactions.facade.learning import country_of, learned
from finapp.transactions.facade.mappings import given_mapping
from finapp.transactions.facade.reading import Stopped, read
from finapp.transactions.facade.remembering import Sides, agrees, fits, other_sign, sides
from finapp.transactions.facade.storing import Storing
from finapp.transactions.readers.apart import Asked
from finapp.transactions.readers.messages import Message
from finapp.transactions.store import accounts, imports, rows, statements


@dataclass(frozen=True)
class Opened:
    """A file read one way: a question or its parts, and the messages that follow them."""

    found: NeedsMapping | tuple[Part, ...]
    messages: Generator[Message, Sequence[KnownDays] | None]

    def slices(self, known: Sequence[KnownDays]) -> Iterator[Chunk]:
        """The rows, those of known days only by their lines. Call it once, before the file is closed."""
        with suppress(StopIteration):
            message = self.messages.send(known)
            while True:
                if isinstance(message, Slice | Repeats):
                    yield message
                message = next(self.messages)


Opener = Callable[[Mapping | None], Opened]
"""Reads the file by a mapping, or as detected."""


class Choosing(Storing):
    """Chooses how to read a file among what was said of it, what it shows and what its account remembers."""

    def _choose(self, owner: str, asked: Row[Any], household: Household, opened: ExitStack) -> Opened:
        """The file read the way that fits it best. Raises UnreadableStatement, Invalid, Stopped."""
        asking, profile = self._asking(owner, asked, household)

        def opener(mapping: Mapping | None) -> Opened:
            return self._open(asked, replace(asking, mapping=mapping), opened)

        said = given_mapping(asked.options["mapping"])
        if said is not None:
            return opener(said)
        try:
            detected = opener(None)
        except Invalid:
            if profile is None:
                raise
            return opener(profile)
        chosen = detected if profile is None else _with_profile(opener, profile, detected)
        if asked.account_id is None:
            return self._as_before(owner, opener, detected)
        if chosen is not detected:
            return chosen
        return self._with_known_rows(owner, asked.account_id, opener, chosen)

    def _asking(self, owner: str, asked: Row[Any], household: Household) -> tuple[Asked, Mapping | None]:
        """What the reader is told besides the mapping, and the mapping that the account remembers."""
        with self._database.read() as connection:
            kind = remembered = None
            if asked.account_id is not None:
                kind = accounts.one(connection, owner, asked.account_id).kind
                remembered = imports.profile(connection, owner, asked.account_id)
            country = country_of(household)
            taught = learned(connection, owner, country)
        asking = Asked(
            filename=asked.filename,
            mapping=None,
            country=country,
            currency=household.currency,
            password=self._passwords.get(asked.id),
            account_kind=kind,
            learned=taught,
            holders=household.members,
        )
        return asking, given_mapping(remembered)

    def _as_before(self, owner: str, opener: Opener, detected: Opened) -> Opened:
        """A file that names no account to the product, read as a person said of a file before that it continues."""
        with self._database.read() as connection:
            kept = imports.profiles(connection, owner)
            if not kept:
                return detected
            known = {account.id: account for account in accounts.of_household(connection, owner)}
            taken = statements.taken_in(connection, owner)
        earlier = [
            Earlier(
                account=known[account_id],
                profile=profile,
                columns=tuple(columns_of(row.result.get("mapping")) for row in taken if row.account_id == account_id),
            )
            for account_id, said in kept.items()
            if account_id in known and (profile := given_mapping(said)) is not None
        ]
        if isinstance(detected.found, NeedsMapping):
            return _answered(opener, earlier, detected, detected.found)
        same = [one for one in earlier if len(detected.found) == 1 and one.has_number_of(detected.found[0])]
        return _with_profile(opener, same[0].profile, detected) if len(same) == 1 else detected

    def _open(self, asked: Row[Any], asking: Asked, opened: ExitStack) -> Opened:
        """The question or the parts that come once the whole file has been read."""
        messages = opened.enter_context(
            closing(read(self._spool / asked.upload, asking, lambda: self._track.wanted(asked.id)))
        )
        for message in messages:
            if not self._track.wanted(asked.id):
                raise Stopped()
            if isinstance(message, Read):
                self._track.moved(asked.id, "reading", message.rows, message.total)
            elif isinstance(message, NeedsMapping | tuple):
                return Opened(message, messages)
        raise RuntimeError("a reader ended without an answer")

    def _with_known_rows(self, owner: str, account_id: str, opener: Opener, detected: Opened) -> Opened:
        """The file with the sign its account's rows have, where the file itself leaves the sign to a guess."""
        found = detected.found
        if isinstance(found, NeedsMapping):
            if found.question != "sign":
                return detected
            printed = opener(Mapping(sign="as_printed"))
            held = self._sides(owner, account_id, printed)
            if held is None:
                return detected
            return printed if held == "same" else opener(Mapping(sign="inverted"))
        turned = other_sign(found[0])
        if turned is None or self._sides(owner, account_id, detected) != "opposite":
            return detected
        return opener(Mapping(sign=turned))

    def _sides(self, owner: str, account_id: str, opened: Opened) -> Sides | None:
        if isinstance(opened.found, NeedsMapping) or len(opened.found) != 1 or not opened.found[0].sample:
            return None
        days = [day for day, _ in opened.found[0].sample]
        with self._database.read() as connection:
            stored = rows.printed_between(connection, owner, account_id, min(days), max(days))
        return sides(opened.found[0], [(row.date, from_minor(row.amount, row.currency)) for row in stored])


def _answered(opener: Opener, earlier: Sequence[Earlier], detected: Opened, question: NeedsMapping) -> Opened:
    """The file with the question about it answered as for files of the same columns before, where these agree."""
    found: list[tuple[Earlier, Opened, bool]] = []
    for one in earlier:
        if not one.may_be_of(question.headings):
            continue
        try:
            opened = opener(one.profile)
        except Invalid:
            continue
        if isinstance(opened.found, tuple) and len(opened.found) == 1 and one.goes_on_with(opened.found[0]):
            found.append((one, opened, one.has_number_of(opened.found[0])))
    numbered = [each for each in found if each[2]]
    sure = numbered or found
    return sure[0][1] if len({one.profile for one, _, _ in sure}) == 1 else detected


def _with_profile(opener: Opener, profile: Mapping, detected: Opened) -> Opened:
    """The file read by the profile where that fits it as well as detection does."""
    plain = detected.found
    if isinstance(plain, tuple):
        statement = plain[0].statement
        if statement.mapping is not None and agrees(profile, statement.mapping) and not statement.warnings:
            return detected
    try:
        remembered = opener(profile)
    except Invalid:
        # The bank has changed its layout since the profile was made.
        return detected
    if isinstance(remembered.found, NeedsMapping):
        return detected if isinstance(plain, tuple) else remembered
    if isinstance(plain, NeedsMapping) or fits(profile, remembered.found, plain):
        return remembered
    return detected
