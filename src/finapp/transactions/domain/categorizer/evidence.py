"""What the built knowledge says of one narration: the best phrase, brand, word or person, as a finding with a reason."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer.knowledge import Entry, Knowledge, Match, tokens
from finapp.transactions.domain.categorizer.values import Source
from finapp.transactions.domain.descriptor import Descriptor

_PERSONAL: Final = frozenset(("upi", "instant_transfer", "bank_transfer", "standing_order"))
_FUEL: Final = frozenset("FUEL GAS PETROL PFS FILLING DIESEL TANKSTELLE STATION CARBURANT BENZINE GASOLINERA".split())
_PHARMACY: Final = frozenset("PHARMACY PHARMA PHARMACIE APOTHEKE RX CHEMIST OPTICAL OPTICIANS".split())
_ONE_STOP: Final = frozenset(("groceries", "shopping"))
_PREVIEW: Final = 3


class Finding(NamedTuple):
    """One thing the knowledge says. `strength` is a raw score in 0..1 that calibration turns into a probability."""

    leaf: str
    strength: float
    source: Source
    name: str
    why: str


def finding(descriptor: Descriptor, country: str, knowledge: Knowledge) -> Finding | None:
    """The best that the knowledge says of a narration, None when it says nothing."""
    text_words = tokens(descriptor.text)
    phrase = _phrase(knowledge, text_words, descriptor, country)
    core_words = tokens(descriptor.core)
    brand = _brand(knowledge, core_words, descriptor, country) or _from_handle(knowledge, descriptor, country)
    if phrase and (brand is None or phrase.strength >= brand.strength or descriptor.direction == "in"):
        return phrase._replace(name=brand.name) if brand else phrase
    if brand:
        return brand
    noted = _word(knowledge, tokens(descriptor.note), country, descriptor) if descriptor.note else None
    person = _person(knowledge, core_words, descriptor)
    if noted and (person or descriptor.person):
        return noted
    word = _word(knowledge, core_words, country, descriptor)
    if person and not (word and len(core_words) > 2):
        return person
    return word or noted or _elsewhere(knowledge, text_words, country, descriptor) or _by_channel(descriptor)


def _fits(entry: Entry, direction: str) -> bool:
    return not entry.direction or not direction or entry.direction == direction


def _nearness(entry: Entry, country: str) -> int:
    """2 in the account's country, 1 everywhere (or unknown country), 0 elsewhere."""
    if not entry.countries or not country:
        return 1
    return 2 if country in entry.countries.split(" ") else 0


def _phrase(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    best: tuple[int, Entry] | None = None
    for match in knowledge.matches(words):
        for entry in match.entries:
            if entry.kind == "phrase" and _fits(entry, descriptor.direction) and _nearness(entry, country):
                score = match.length
                if best is None or score > best[0]:
                    best = score, entry
    if best is None:
        return None
    entry = best[1]
    return Finding(entry.leaf, 0.97, "template", "", f"wording: {entry.name.lower()}")


def _brand(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    best: tuple[float, Match, Entry] | None = None
    for match in knowledge.matches(words):
        for entry in match.entries:
            if entry.kind not in ("brand", "bank"):
                continue
            score = match.length + 5 * _nearness(entry, country) + (4 if match.start == 0 else 0)
            if best is None or score > best[0]:
                best = score, match, entry
    if best is None and len(words) == 1 and descriptor.channel == "upi":
        cut = knowledge.cut_off(words[0])
        near = [entry for entry in cut if _nearness(entry, country)]
        if near:
            return _named(near[0], 0.90, descriptor, country)
    if best is None:
        return None
    _, match, entry = best
    strength = _brand_strength(match, entry, words, country)
    if entry.leaf in _ONE_STOP:
        after = words[match.end : match.end + _PREVIEW]
        if any(word in _FUEL for word in after):
            entry = entry._replace(leaf="fuel")
        elif any(word in _PHARMACY for word in after):
            entry = entry._replace(leaf="health")
    return _named(entry, strength, descriptor, country)


def _brand_strength(match: Match, entry: Entry, words: Sequence[str], country: str) -> float:
    strength = (0.70, 0.95, 0.98)[_nearness(entry, country)]
    if match.length <= 3 and len(words) > 1:
        strength -= 0.12
    if match.start > 0:
        strength -= 0.06 if match.length > 5 else 0.15
    return strength


def _named(entry: Entry, strength: float, descriptor: Descriptor, country: str) -> Finding | None:
    if entry.kind == "bank":
        return _bank(entry, descriptor)
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
    found = _brand(knowledge, words, descriptor._replace(channel=""), country) if words else None
    if found or not words:
        return found
    letters = "".join(letter for letter in words[0] if letter.isalpha())
    return _brand(knowledge, [letters], descriptor._replace(channel=""), country) if len(letters) > 4 else None


def _word(knowledge: Knowledge, words: Sequence[str], country: str, descriptor: Descriptor) -> Finding | None:
    """The local-business word that decides: the longest spelling, of equal ones the last."""
    best: tuple[int, int, Entry] | None = None
    for match in knowledge.matches(words):
        for entry in match.entries:
            if entry.kind == "word" and _nearness(entry, country) and _fits(entry, descriptor.direction):
                if best is None or (match.end - match.start, match.end) >= best[:2]:
                    best = match.end - match.start, match.end, entry
    if best is None:
        return None
    entry = best[2]
    strength = 0.85 if descriptor.direction != "in" else 0.6
    return Finding(entry.leaf, strength, "word", "", f"the word {entry.name.lower()}")


def _person(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor) -> Finding | None:
    """A transfer to or from a person: the text says so, or the payee is made of names."""
    if descriptor.channel not in _PERSONAL or not words or len(words) > 4:
        return None
    named = any(entry.kind == "person" for word in words for entry in knowledge.entries(word))
    if descriptor.person or named:
        return Finding("transfer", 0.88 if named else 0.80, "template", "", "a transfer to or from a person")
    return None


def _elsewhere(knowledge: Knowledge, words: Sequence[str], country: str, descriptor: Descriptor) -> Finding | None:
    """A brand that stands outside the payee core, in the rest of the narration."""
    if descriptor.channel == "card" or len(words) > 24:
        return None
    found = _brand(knowledge, words, descriptor, country)
    return found._replace(strength=found.strength - 0.15) if found else None


def _by_channel(descriptor: Descriptor) -> Finding | None:
    """What the channel alone says."""
    if descriptor.channel == "cash":
        return Finding("cash", 0.97, "template", "Cash", "a cash withdrawal or deposit")
    if descriptor.channel == "instalment":
        return Finding("loan", 0.93, "template", "", "an instalment")
    if descriptor.channel == "instant_transfer":
        return Finding("transfer", 0.75, "template", "", "an instant transfer")
    return None
