"""What the built knowledge says of one narration: the best phrase, brand, word or person, with a reason."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer.knowledge import Entry, Knowledge, Match, tokens
from finapp.transactions.domain.categorizer.values import Source
from finapp.transactions.domain.descriptor import Descriptor

_PERSONAL: Final = frozenset(("upi", "instant_transfer", "bank_transfer", "standing_order"))
_FUEL: Final = frozenset("FUEL GAS PETROL PFS FILLING DIESEL TANKSTELLE CARBURANT BENZINE GASOLINERA".split())
_PHARMACY: Final = frozenset("PHARMACY PHARMA PHARMACIE APOTHEKE RX CHEMIST OPTICAL OPTICIANS".split())
_ONE_STOP: Final = frozenset(("groceries", "shopping"))
_PREVIEW: Final = 3
_NUMBERED: Final = re.compile(r"[A-Z]*\d{4,}[A-Z0-9]*")
_NAMED: Final = 0.88
_CERTAIN: Final = 0.80
# Wording of these leaves is everyday language: it decides in a note, or when nothing else is printed.
_EVERYDAY: Final = frozenset(
    "groceries dining transport fuel health travel entertainment personal_care home education childcare "
    "gifts_donations".split()
)
_TELLING: Final = frozenset("dining health personal_care auto fuel".split())
_VAGUE: Final = frozenset("services shopping education taxes_gov subscriptions".split())
_INWARD: Final = frozenset(("bank_transfer", "direct_credit", "direct_debit"))
_LEGAL_FORM: Final = frozenset(
    "LTD LIMITED PVT LLC INC CORP GMBH AG SARL SAS SA BV NV SRL SPA SL PTY PTE PLC LLP".split()
)


class Finding(NamedTuple):
    """One thing the knowledge says. `strength` is a raw score in 0..1 that calibration turns into a probability."""

    leaf: str
    strength: float
    source: Source
    name: str
    why: str
    letters: int = 0
    """How many letters of the narration it rests on."""


def finding(descriptor: Descriptor, country: str, knowledge: Knowledge) -> Finding | None:
    """The best that the knowledge says of a narration, None when it says nothing.

    Remembered without reference numbers, so that the same shop month after month is looked up once.
    """
    words = [word for word in tokens(descriptor.text) if not _NUMBERED.fullmatch(word)]
    return _finding(descriptor._replace(text=" ".join(words), reference="", city="", last4=""), country, knowledge)


@lru_cache(maxsize=32_768)
def _finding(descriptor: Descriptor, country: str, knowledge: Knowledge) -> Finding | None:
    core_words = _payee_words(descriptor.core, country)
    core_matches = tuple(knowledge.matches(core_words))
    text_words = descriptor.text.split(" ")
    text_matches = tuple(knowledge.matches(text_words))
    phrase = _phrase(text_matches, text_words, core_words, descriptor, country)
    brand = _brand(knowledge, core_words, core_matches, descriptor, country) or _from_handle(
        knowledge, descriptor, country
    )
    brand = brand or _with_digits(text_matches, text_words, descriptor, country)
    if phrase and (brand is None or _outweighs(phrase, brand) or descriptor.direction == "in"):
        return phrase._replace(name=brand.name) if brand and brand.strength >= _CERTAIN else phrase
    if brand and brand.strength >= _CERTAIN:
        return brand
    return (
        _local(knowledge, core_words, core_matches, descriptor, country)
        or _cut_short(knowledge, core_words, descriptor, country)
        or brand
        or _by_channel(descriptor)
    )


def _outweighs(phrase: Finding, brand: Finding) -> bool:
    """Whether bank wording decides over a brand: wording of card bills, loans and savings that is longer than the name,
    as in `TESCO BANK CREDIT CARD`, or a brand that is not sure."""
    longer = phrase.letters > brand.letters and taxonomy.kind_of(phrase.leaf) != "expense"
    return longer or phrase.strength >= brand.strength


def _payee_words(core: str, country: str) -> list[str]:
    """The words of a payee; in Italy `SPA` at the end is a company, not a bath."""
    words = tokens(core)
    if len(words) > 1 and words[0] in ("REFUND", "REVERSAL", "RETURN"):
        words = words[1:]
    return words[:-1] if country == "IT" and len(words) > 1 and words[-1] in ("SPA", "SRL") else words


def _with_digits(
    matches: Iterable[Match], words: Sequence[str], descriptor: Descriptor, country: str
) -> Finding | None:
    """A brand whose name holds a number, which the payee core left out: `Trading 212`, `1-800-Flowers`."""
    for match in matches:
        key = "".join(words[match.start : match.end])
        if match.length > 4 and not key.isalpha() and not key.isdigit():
            for entry in match.entries:
                if entry.kind == "brand" and _nearness(entry, country):
                    return _named(entry, 0.95, descriptor, country)
    return None


def _cut_short(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """A name or word that a bank cut at the end of its field: `INDIAN CLEARI`, `SILVER FOX CHIROPRAC`."""
    for start in range(len(words)):
        begun = knowledge.begun("".join(words[start:]))
        near = [entry for entry in begun if _nearness(entry, country) and _fits(entry, descriptor.direction)]
        if near and len({entry.leaf for entry in near}) == 1:
            entry = near[0]
            if entry.kind == "brand":
                return _named(entry, 0.90, descriptor, country)
            if entry.kind in ("word", "phrase"):
                return Finding(entry.leaf, 0.80, "word", "", f"the beginning of {entry.name.lower()}")
    return None


def _local(
    knowledge: Knowledge, core: Sequence[str], matches: Iterable[Match], descriptor: Descriptor, country: str
) -> Finding | None:
    """What words of local businesses, the payer's note and given names say."""
    note_words = tokens(descriptor.note)
    noted = _note(knowledge, note_words, country, descriptor) if note_words else None
    person = _person(knowledge, core, descriptor)
    if noted and (person or descriptor.person):
        return noted
    word = _word(matches, country, descriptor)
    if person and not (word and (len(core) > 2 or person.strength < _NAMED)):
        return person
    return word or noted


def _fits(entry: Entry, direction: str) -> bool:
    return not entry.direction or not direction or entry.direction == direction


def _nearness(entry: Entry, country: str) -> int:
    """2 in the account's country, 1 everywhere (or unknown country), 0 elsewhere."""
    if not entry.countries or not country:
        return 1
    return 2 if country in entry.countries.split(" ") else 0


def _phrase(
    matches: Iterable[Match], words: Sequence[str], core: Sequence[str], descriptor: Descriptor, country: str
) -> Finding | None:
    """The longest bank wording. Everyday words of spending count only when they are the whole payee."""
    best: tuple[int, Entry] | None = None
    whole = "".join(core)
    for match in matches:
        for entry in match.entries:
            if entry.kind != "phrase" or not _fits(entry, descriptor.direction) or not _nearness(entry, country):
                continue
            if entry.leaf in _EVERYDAY and "".join(words[match.start : match.end]) != whole:
                continue
            if best is None or match.length > best[0]:
                best = match.length, entry
    if best is None:
        return None
    letters, entry = best
    return Finding(entry.leaf, 0.97, "template", "", f"wording: {entry.name.lower()}", letters)


def _note(knowledge: Knowledge, words: Sequence[str], country: str, descriptor: Descriptor) -> Finding | None:
    """What the payer wrote: `rent for May`, `maid salary`, `milk`."""
    best: tuple[int, Entry] | None = None
    for match in knowledge.matches(words):
        for entry in match.entries:
            if (
                entry.kind == "phrase"
                and _fits(entry, descriptor.direction)
                and (best is None or match.length > best[0])
            ):
                best = match.length, entry
    if best is not None:
        return Finding(best[1].leaf, 0.93, "template", "", f"the note says {best[1].name.lower()}")
    return _word(knowledge.matches(words), country, descriptor)


def _brand(
    knowledge: Knowledge, words: Sequence[str], matches: Iterable[Match], descriptor: Descriptor, country: str
) -> Finding | None:
    best: tuple[float, Match, Entry] | None = None
    for match in matches:
        for entry in match.entries:
            if entry.kind not in ("brand", "bank") or not _plausible(match, entry, words, country):
                continue
            score = match.length + 5 * _nearness(entry, country) + (4 if match.start == 0 else 0)
            if best is None or score > best[0]:
                best = score, match, entry
    if best is None:
        return None
    _, match, entry = best
    strength = _brand_strength(match, entry, words, country)
    sold = _sold_there(knowledge, words[match.end : match.end + _PREVIEW], entry, country)
    if sold and match.end - match.start == 1:
        entry, strength = entry._replace(leaf=sold), min(strength, 0.90)
    named = _named(entry, strength, descriptor, country)
    return named._replace(letters=match.length) if named else None


def _plausible(match: Match, entry: Entry, words: Sequence[str], country: str) -> bool:
    """A brand of another country, or a short one inside a longer payee, is more likely a coincidence."""
    near = _nearness(entry, country)
    if match.start == 0 and match.end == len(words):
        return True
    if near == 0:
        return match.start == 0 and match.length > 6
    if match.end - match.start > 1 and match.length < 5:
        # "da n..." is no D.A.N.: letters of several words make a short name only when they are all there is.
        return match.start == 0 and all(len(word) == 1 for word in words[: match.end])
    return match.start == 0 or match.length > 4 or (match.start == 1 and match.length > 2 and len(words[0]) < 4)


def _sold_there(knowledge: Knowledge, after: Sequence[str], entry: Entry, country: str) -> str | None:
    """Another leaf that the words right after a one-word brand name: `Costco gas`, `Columbia restaurant`."""
    if entry.leaf in _ONE_STOP:
        if any(word in _FUEL for word in after):
            return "fuel"
        if any(word in _PHARMACY for word in after):
            return "health"
    for word in after[:2]:
        for other in knowledge.entries(word):
            if other.kind == "word" and other.leaf in _TELLING and _nearness(other, country):
                return other.leaf if other.leaf != entry.leaf else None
    return None


def _brand_strength(match: Match, entry: Entry, words: Sequence[str], country: str) -> float:
    strength = (0.72, 0.95, 0.98)[_nearness(entry, country)]
    if match.length <= 3 and len(words) > 1:
        strength -= 0.12
    if entry.leaf == "education" and match.end - match.start < len(words):
        # A university's name is also that of its town, hospital, bookshop and club.
        strength -= 0.10
    if match.start > 0:
        strength -= 0.06 if match.length > 5 else 0.15
    return strength


def _named(entry: Entry, strength: float, descriptor: Descriptor, country: str) -> Finding | None:
    if entry.kind == "bank":
        return _bank(entry, descriptor)
    if (
        descriptor.direction == "in"
        and descriptor.channel in _INWARD
        and taxonomy.kind_of(entry.leaf) == "expense"
        and _LEGAL_FORM & set(tokens(descriptor.core))
    ):
        return Finding("income_salary", 0.72, "template", entry.name, "money from a company")
    # Money that comes from a shop is usually a refund in its category; from an employer it says so.
    if descriptor.direction == "in" and taxonomy.kind_of(entry.leaf) == "expense":
        strength -= 0.15
    where = country if country in entry.countries.split(" ") else entry.countries or "worldwide"
    return Finding(entry.leaf, strength, "brand", entry.name, f"brand: {entry.name}, {entry.leaf}, {where}")


def _bank(entry: Entry, descriptor: Descriptor) -> Finding | None:
    """A bank as payee: collected by direct debit it is a loan; otherwise its name alone says too little."""
    if descriptor.channel in ("direct_debit", "instalment") and descriptor.direction != "in":
        return Finding("loan", 0.80, "brand", entry.name, f"collected by {entry.name}")
    return None


def _from_handle(knowledge: Knowledge, descriptor: Descriptor, country: str) -> Finding | None:
    """The brand in a UPI address, where the printed payee is a legal name or cut."""
    if not descriptor.handle:
        return None
    local = descriptor.handle.split("@", 1)[0]
    words = [word for word in tokens(local) if not word.isdigit()]
    plain = descriptor._replace(channel="")
    found = _brand(knowledge, words, knowledge.matches(words), plain, country) if words else None
    if found or not words:
        return found
    letters = ["".join(letter for letter in words[0] if letter.isalpha())]
    return _brand(knowledge, letters, knowledge.matches(letters), plain, country) if len(letters[0]) > 4 else None


def _word(matches: Iterable[Match], country: str, descriptor: Descriptor) -> Finding | None:
    """The local-business word that decides: a telling one before a vague one, the longest, of equal ones the last."""
    best: tuple[bool, int, int, Entry] | None = None
    for match in matches:
        for entry in match.entries:
            if entry.kind == "word" and _nearness(entry, country) and _fits(entry, descriptor.direction):
                rank = entry.leaf not in _VAGUE, match.end - match.start, match.end
                if best is None or rank >= best[:3]:
                    best = *rank, entry
    if best is None:
        return None
    entry = best[3]
    strength = 0.85 if descriptor.direction != "in" else 0.6
    return Finding(entry.leaf, strength, "word", "", f"the word {entry.name.lower()}")


def _person(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor) -> Finding | None:
    """A transfer to or from a person: the text says so, or the payee is made of names."""
    if descriptor.channel not in _PERSONAL or not words or len(words) > 4:
        return None
    named = any(entry.kind == "person" for word in words for entry in knowledge.entries(word))
    if descriptor.person or named:
        return Finding("transfer", _NAMED if named else 0.80, "template", "", "a transfer to or from a person")
    return None


def _by_channel(descriptor: Descriptor) -> Finding | None:
    """What the channel alone says."""
    if descriptor.channel == "cash":
        return Finding("cash", 0.97, "template", "Cash", "a cash withdrawal or deposit")
    if descriptor.channel == "instalment":
        return Finding("loan", 0.93, "template", "", "an instalment")
    if descriptor.direction == "in" and descriptor.channel in _INWARD and _LEGAL_FORM & set(tokens(descriptor.core)):
        return Finding("income_salary", 0.72, "template", "", "money from a company")
    if descriptor.text.startswith("TST "):
        return Finding("dining", 0.90, "template", "", "paid through a till that restaurants use")
    if descriptor.text.startswith(("SQ ", "ZETTLE ", "SUMUP ")):
        return Finding("dining", 0.45, "template", "", "paid through a till that cafés and stalls use")
    if descriptor.channel == "instant_transfer":
        return Finding("transfer", 0.75, "template", "", "an instant transfer")
    return None
