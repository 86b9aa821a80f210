"""Which brand a payee is, how sure that is, and what a bank as payee means."""

from collections.abc import Iterable, Sequence
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer.findings import Finding, fits, nearness
from finapp.transactions.domain.categorizer.knowledge import Entry, Knowledge, Match, tokens
from finapp.transactions.domain.descriptor import Descriptor

_FUEL: Final = frozenset("FUEL GAS PETROL PFS FILLING DIESEL TANKSTELLE CARBURANT BENZINE GASOLINERA".split())
_PHARMACY: Final = frozenset("PHARMACY PHARMA PHARMACIE APOTHEKE RX CHEMIST OPTICAL OPTICIANS".split())
_ONE_STOP: Final = frozenset(("groceries", "shopping"))
_PREVIEW: Final = 3
_TELLING: Final = frozenset("dining health personal_care auto fuel".split())
_PLACES_TO_GO: Final = frozenset(("entertainment", "pets"))
_SHOPS: Final = frozenset(("shopping", "groceries", "subscriptions"))
_AS_NAMED: Final = frozenset("insurance loan investment utilities telecom bank transport".split())
"""Leaves whose brands mean the same whatever word follows: `Aviva Motor`, `Santander Auto`."""
INWARD: Final = frozenset(("bank_transfer", "direct_credit", "direct_debit"))
"""Channels by which companies send money."""
_LEGAL_FORM: Final = frozenset(
    "LTD LIMITED PVT LLC INC CORP GMBH AG SARL SAS SA BV NV SRL SPA SL PTY PTE PLC LLP".split()
)


def of_payee(
    knowledge: Knowledge, words: Sequence[str], matches: Iterable[Match], descriptor: Descriptor, country: str
) -> Finding | None:
    """The brand or bank that a payee is: the longest spelling, best of this country and at its beginning."""
    best: tuple[float, Match, Entry] | None = None
    for match in matches:
        for entry in match.entries:
            if entry.kind not in ("brand", "bank") or not _plausible(match, entry, words, country):
                continue
            score = match.length + 5 * nearness(entry, country) + (4 if match.start == 0 else 0)
            if best is None or score > best[0]:
                best = score, match, entry
    if best is None:
        return None
    _, match, entry = best
    longer = _begun_longer(knowledge, match, words, country)
    if longer and longer.name != entry.name:
        return _named(longer, 0.90, descriptor, country)
    strength = _brand_strength(match, entry, words, country)
    if match.end < len(words) and match.end - match.start == 1 and knowledge.is_common(words[match.start]):
        # "Apple" is the company; "Apple Tree Deli" is somebody else.
        strength = min(strength, 0.72)
    if match.start > 0 and _sold_there(knowledge, words[:1], entry, country):
        # "Bar Casa Pepe" is a bar, whatever shop Casa is.
        strength = min(strength, 0.70)
    sold = _sold_there(knowledge, words[match.end : match.end + _PREVIEW], entry, country)
    if sold and match.end - match.start == 1:
        entry, strength = entry._replace(leaf=sold), min(strength, 0.90)
    named = _named(entry, strength, descriptor, country)
    return named._replace(letters=match.length) if named else None


def _begun_longer(knowledge: Knowledge, match: Match, words: Sequence[str], country: str) -> Entry | None:
    """A longer brand that the whole payee is the beginning of: banks cut `INTERMOUNTAIN GAS` to sixteen letters."""
    if match.start > 0 or match.end == len(words) or len(words[-1]) < 2:
        return None
    for end in range(len(words), match.end, -1):
        begun = [
            entry
            for entry in knowledge.begun("".join(words[:end]))
            if entry.kind == "brand" and nearness(entry, country)
        ]
        if begun and len({entry.leaf for entry in begun}) == 1:
            return begun[0]
    return None


def _plausible(match: Match, entry: Entry, words: Sequence[str], country: str) -> bool:
    """A brand of another country, or a short one inside a longer payee, is more likely a coincidence."""
    near = nearness(entry, country)
    if match.start == 0 and match.end == len(words):
        return True
    if near == 0:
        return match.start == 0 and match.length > 6
    if match.end - match.start > 1 and match.length < 5:
        # "da n..." is no D.A.N.: letters of several words make a short name only when they are all there is.
        return match.start == 0 and all(len(word) == 1 for word in words[: match.end])
    return match.start == 0 or match.length > 4 or (match.start == 1 and match.length > 2 and len(words[0]) < 4)


def _brand_strength(match: Match, entry: Entry, words: Sequence[str], country: str) -> float:
    strength = (0.72, 0.95, 0.98)[nearness(entry, country)]
    if match.length <= 3 and len(words) > 1:
        strength -= 0.12
    if entry.leaf == "education" and match.end - match.start < len(words):
        # A university's name is also that of its town, hospital, bookshop and club.
        strength -= 0.10
    if match.start > 0:
        strength -= 0.06 if match.length > 5 else 0.15
    return strength


def _sold_there(knowledge: Knowledge, after: Sequence[str], entry: Entry, country: str) -> str | None:
    """Another leaf that the words right after a one-word brand name: `Costco gas`, `Columbia restaurant`."""
    if entry.leaf in _AS_NAMED:
        return None
    if entry.leaf in _ONE_STOP:
        if any(word in _FUEL for word in after):
            return "fuel"
        if any(word in _PHARMACY for word in after):
            return "health"
    for word in after[:2]:
        for other in knowledge.entries(word):
            if other.kind == "word" and nearness(other, country) and _tells(other.leaf, entry.leaf):
                return other.leaf if other.leaf != entry.leaf else None
    return None


def _tells(word_leaf: str, brand_leaf: str) -> bool:
    if brand_leaf == "education":
        # A university's name is also that of its hospital, its bookshop and its town.
        return word_leaf in _TELLING or word_leaf in _SHOPS
    return word_leaf in _TELLING or (word_leaf in _PLACES_TO_GO and brand_leaf in _SHOPS)


def _named(entry: Entry, strength: float, descriptor: Descriptor, country: str) -> Finding | None:
    if entry.kind == "bank":
        return _bank(entry, descriptor)
    if taxonomy.kind_of(entry.leaf) == "expense" and pays_in(descriptor):
        return Finding("income_salary", 0.72, "template", entry.name, "money from a company")
    if entry.leaf == "taxes_gov" and descriptor.direction == "in":
        return Finding("income_other", 0.90, "brand", entry.name, f"money from {entry.name}")
    # Money that comes from a shop is usually a refund in its category; from an employer it says so.
    if descriptor.direction == "in" and taxonomy.kind_of(entry.leaf) == "expense":
        strength -= 0.15
    where = country if country in entry.countries.split(" ") else entry.countries or "worldwide"
    return Finding(entry.leaf, strength, "brand", entry.name, f"brand: {entry.name}, {entry.leaf}, {where}")


def _bank(entry: Entry, descriptor: Descriptor) -> Finding | None:
    """A bank as payee: collected by direct debit it is a loan; otherwise probably a transfer, hardly proven."""
    if descriptor.channel in ("direct_debit", "instalment") and descriptor.direction != "in":
        return Finding("loan", 0.75, "brand", entry.name, f"collected by {entry.name}")
    return Finding("transfer", 0.55, "brand", entry.name, f"a transfer by way of {entry.name}")


def of_handle(knowledge: Knowledge, descriptor: Descriptor, country: str) -> Finding | None:
    """The brand in a UPI address, where the printed payee is a legal name or cut."""
    if not descriptor.handle:
        return None
    local = descriptor.handle.split("@", 1)[0]
    words = [word for word in tokens(local) if not word.isdigit()]
    plain = descriptor._replace(channel="")
    found = of_payee(knowledge, words, knowledge.matches(words), plain, country) if words else None
    if found or not words:
        return found
    letters = ["".join(letter for letter in words[0] if letter.isalpha())]
    return of_payee(knowledge, letters, knowledge.matches(letters), plain, country) if len(letters[0]) > 4 else None


def with_digits(matches: Iterable[Match], words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """A brand whose name holds a number, which the payee core left out: `Trading 212`, `1-800-Flowers`."""
    for match in matches:
        key = "".join(words[match.start : match.end])
        if match.length > 4 and not key.isalpha() and not key.isdigit():
            for entry in match.entries:
                if entry.kind == "brand" and nearness(entry, country):
                    return _named(entry, 0.95, descriptor, country)
    return None


def cut_short(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """A name or word that a bank cut at the end of its field: `INDIAN CLEARI`, `SILVER FOX CHIROPRAC`."""
    for start in range(len(words)):
        begun = knowledge.begun("".join(words[start:]))
        near = [
            entry
            for entry in begun
            if nearness(entry, country) and fits(entry, descriptor.direction) and entry.leaf != "bank_fees"
        ]
        if near and len({entry.leaf for entry in near}) == 1:
            entry = near[0]
            if entry.kind == "brand":
                return _named(entry, 0.90, descriptor, country)
            if entry.kind in ("word", "phrase"):
                return Finding(entry.leaf, 0.75, "word", "", f"the beginning of {entry.name.lower()}")
    return None


def pays_in(descriptor: Descriptor) -> bool:
    """Whether a company sent money by bank transfer or credit: more often wages than anything else."""
    return (
        descriptor.direction == "in"
        and descriptor.channel in INWARD
        and bool(_LEGAL_FORM & set(tokens(descriptor.core)))
    )
