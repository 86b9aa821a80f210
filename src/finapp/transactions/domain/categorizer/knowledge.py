"""Built knowledge: names of brands and institutions, phrases banks print, words of local businesses, given names.

`tools/knowledge/build.py` writes `finapp/transactions/data/knowledge.txt` from plain lists; this module reads it. It is
the one place of the domain that opens a file: a constant that ships with the code, too large to be written as code.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Final, Literal, NamedTuple

EntryKind = Literal["brand", "bank", "phrase", "word", "person"]
_KINDS: Final[dict[str, EntryKind]] = {"b": "brand", "k": "bank", "p": "phrase", "w": "word", "n": "person"}
_DATA: Final = Path(__file__).parents[2] / "data"
_LONGEST: Final = 6
_CUT: Final = 8
_BEGUN: Final = 40
_PUNCTUATION: Final = str.maketrans({"'": "", "’": "", "´": "", "`": ""})
_WORDS: Final = re.compile("[A-Z0-9]+")
_SHORT, _MEDIUM = 4, 8
_LEGAL: Final = frozenset(
    "LTD LIMITED PVT PRIVATE INC LLC LLP PLC CORP CORPORATION CO COMPANY GMBH AG KG OHG SE SA SAS SARL SRL SPA BV NV "
    "PTY PTE UK INDIA AND THE OF".split()
)
_MONTHS: Final = frozenset(
    "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER "
    "JANUAR JÄNNER FEBRUAR MÄRZ MAERZ MARZ MAI JUNI JULI OKTOBER DEZEMBER JANUARI FEBRUARI MAART MEI AUGUSTUS "
    "JANVIER FÉVRIER FEVRIER AVRIL JUIN JUILLET AOÛT AOUT SEPTEMBRE OCTOBRE NOVEMBRE DÉCEMBRE DECEMBRE "
    "ENERO FEBRERO MARZO ABRIL MAYO JUNIO JULIO AGOSTO SEPTIEMBRE OCTUBRE NOVIEMBRE DICIEMBRE "
    "GENNAIO FEBBRAIO APRILE MAGGIO GIUGNO LUGLIO SETTEMBRE OTTOBRE DICEMBRE "
    "JANEIRO FEVEREIRO MARÇO MAIO JUNHO JULHO SETEMBRO OUTUBRO NOVEMBRO DEZEMBRO "
    "JAN FEB APR JUN JUL AUG SEP SEPT OCT OKT NOV DEC DEZ".split()
)
"""Names of months in the languages of the lists. Only what names nothing else often is cut short."""


class Entry(NamedTuple):
    """What one spelling means."""

    kind: EntryKind
    leaf: str
    countries: str
    """Two-letter codes separated by spaces; empty means everywhere."""
    direction: str
    """`in` or `out` when the meaning holds for one direction only."""
    name: str
    """Display name of a brand; for words and phrases the word itself."""


class Match(NamedTuple):
    """A spelling found in a text: words [start, end) and what it may mean."""

    start: int
    end: int
    length: int
    """Letters matched."""
    entries: tuple[Entry, ...]


def tokens(text: str) -> list[str]:
    """The words of a text as keys are made of: upper case, without accents, apostrophes, punctuation and `AND`."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION).replace("ß", "SS"))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = _WORDS.findall(text.upper().replace("'", "") if "'" in text else text.upper())
    return [word for word in words if word != "AND"] if "AND" in words else words


def key_of(text: str) -> str:
    """The key of a spelling: its words without the spaces, so that `WAL-MART`, `Wal Mart` and `WALMART` are one."""
    return "".join(tokens(text))


@lru_cache(maxsize=32_768)
def timeless(core: str) -> str:
    """A payee core without numbers and names of months after its first word: the rent of May is that of June."""
    first, *rest = core.split(" ")
    return " ".join([first, *(word for word in rest if not word.isdigit() and word not in _MONTHS)])


@lru_cache(maxsize=32_768)
def merchant_key(core: str) -> str:
    """What rows of one unnamed merchant share: the core without legal forms, articles and what month it is for."""
    words = [word for word in tokens(timeless(core)) if word not in _LEGAL]
    return "".join(words) or key_of(core) or core


@lru_cache(maxsize=8192)
def _entry(line: str) -> Entry:
    """One meaning of the data file. Most are never asked for, so they are read when they are."""
    kind, leaf, countries, direction, name = line.split("|")
    return Entry(_KINDS[kind], leaf, countries, direction, name)


class Knowledge:
    """An index over spellings. Immutable once made."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Read lines of a key and what it means, `key<tab>kind|leaf|countries|direction|name<tab>...`, by key.
        Before them stand lines that begin with `#`: the version, and the ordinary words that are brands as well."""
        self.version = ""
        self._common: frozenset[str] = frozenset()
        first = 0
        while first < len(lines) and lines[first].startswith("#"):
            _, name, *rest = lines[first].split(" ")
            if name == "version":
                self.version = rest[0]
            elif name == "common":
                self._common = frozenset(rest)
            first += 1
        self._index = {key: meanings for key, _, meanings in [line.partition("\t") for line in lines[first:]]}
        # Words that begin no spelling are given up early: most stretches of a narration are none.
        self._short = set(map(itemgetter(slice(_SHORT)), self._index))
        self._medium = set(map(itemgetter(slice(_MEDIUM)), self._index))

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, key: str) -> bool:
        return key in self._index

    def keys(self) -> Iterator[str]:
        """Every spelling."""
        return iter(self._index)

    def is_common(self, word: str) -> bool:
        """Whether a brand's word is an ordinary word as well, so that it says little inside a longer payee."""
        return word in self._common

    def entries(self, key: str) -> tuple[Entry, ...]:
        """What exactly this key means; nothing for an unknown one."""
        lines = self._index.get(key)
        return _entries(lines) if lines else ()

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Every spelling of up to six words that stands in `words`."""
        index, short, medium = self._index, self._short, self._medium
        count = len(words)
        for start in range(count):
            key = ""
            for end in range(start, min(start + _LONGEST, count)):
                key += words[end]
                if len(key) >= _SHORT and (
                    key[:_SHORT] not in short or (len(key) >= _MEDIUM and key[:_MEDIUM] not in medium)
                ):
                    break
                lines = index.get(key)
                if lines is not None:
                    yield Match(start, end + 1, len(key), _entries(lines))

    def begun(self, key: str) -> tuple[Entry, ...]:
        """What spellings mean that begin with `key`, for payees that a bank cut short; nothing for short keys."""
        if len(key) < _CUT:
            return ()
        ordered = self._ordered
        start = bisect_left(ordered, key)
        found: list[Entry] = []
        for spelling in ordered[start : start + _BEGUN]:
            if not spelling.startswith(key):
                break
            found += self.entries(spelling)
        return tuple(found)

    @cached_property
    def _ordered(self) -> list[str]:
        return list(self._index)


@lru_cache(maxsize=8192)
def _entries(lines: str) -> tuple[Entry, ...]:
    return tuple(_entry(line) for line in lines.split("\t"))


def built_text(name: str) -> str:
    """The text of a file that was built beside the knowledge and ships with it."""
    return (_DATA / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> Knowledge:
    """The knowledge that ships with the product, read once in a process."""
    return Knowledge(built_text("knowledge.txt").removesuffix("\n").split("\n"))
