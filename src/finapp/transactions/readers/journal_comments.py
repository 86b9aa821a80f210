"""What comments of hledger and ledger journals say: tags, and a note of what is left.

Sources: hledger manual (comments, tags), ledger 3 manual (metadata, metadata tags).
"""

import re
from dataclasses import dataclass, field

from finapp.transactions.domain.statement import StatementPart, StatementRow

_CHAIN = re.compile(r"(?<!\S):((?:[^\s:,]+:)+)(?!\S)")
_TAG = re.compile(r"(?<!\S)([^\W\d_][^\s:,]*):(?!//|\S+:)\s*([^,]*)(?:,|$)")
_DATES = frozenset({"date", "date2"})
"""Names that move a posting to another day, and are no tags."""
_LONGEST = 50


@dataclass
class Comments:
    """What is said of an entry, under -1, and of its postings, by their place."""

    tags: dict[int, list[str]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)

    def add(self, place: int, comment: str) -> None:
        """Takes in the text behind a semicolon."""
        tags, note = read_comment(comment)
        if tags:
            self.tags.setdefault(place, []).extend(tags)
        if note:
            self.notes.setdefault(place, []).append(note)

    def tags_of(self, *places: int) -> str | None:
        """The tags of these places, set apart by commas."""
        return ",".join(dict.fromkeys(tag for place in places for tag in self.tags.get(place, ()))) or None

    def note_of(self, *places: int) -> str | None:
        """The notes of these places, each in a line of its own."""
        return "\n".join(dict.fromkeys(note for place in places for note in self.notes.get(place, ()))) or None

    def laid_on(self, row: StatementRow, at: int, others: dict[str, list[int]]) -> StatementRow:
        """The row of the posting `at` with what is said of it: of each part, what is said of its category.

        `others` are the places of the postings that are not the household's, by their accounts.
        """
        if not self.tags and not self.notes:
            return row
        places = [-1, at]
        if not row.parts:
            places += [place for account, found in others.items() if account == row.category_hint for place in found]
        row = row._replace(tags=self.tags_of(*places), note=self.note_of(*places))
        return row._replace(parts=tuple(self._part(part, at, others) for part in row.parts))

    def _part(self, part: StatementPart, at: int, others: dict[str, list[int]]) -> StatementPart:
        places = others.get(part.category_hint or "", [])
        own = self.tags_of(*places)
        tags = self.tags_of(-1, at, *places) if own else None  # one that has none has those of the whole
        return part._replace(tags=tags, note=self.note_of(*places))


def read_comment(comment: str) -> tuple[list[str], str | None]:
    """The tags of a comment, `trip` or `who:me`, and what it says besides."""
    tags: list[str] = []

    def chained(found: re.Match[str]) -> str:
        tags.extend(name for name in found[1].split(":") if name)
        return " "

    def named(found: re.Match[str]) -> str:
        name, value = found[1], " ".join(found[2].split())
        if name.casefold() in _DATES:
            return " "
        if name.casefold() == "note":
            return f" {value} "
        tag = f"{name}:{value}" if value else name
        if len(tag) > _LONGEST:
            return found[0]
        tags.append(tag)
        return " "

    left = _TAG.sub(named, _CHAIN.sub(chained, comment))
    note = " ".join(left.split()).strip(" ,;")
    return tags, note or None
