"""Which brand a payee is, how sure that is, and what a bank as payee means."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer.findings import Finding, fits, nearness
from finapp.transactions.domain.categorizer.knowledge import Entry, Knowledge, Match, tokens
from finapp.transactions.domain.descriptor import Descriptor
from finapp.transactions.domain.descriptor.cleaning import PLACES

_FUEL: Final = frozenset("FUEL GAS PUMP PETROL PFS FILLING DIESEL TANKSTELLE CARBURANT BENZINE GASOLINERA".split())
_PHARMACY: Final = frozenset("PHARMACY PHARMA PHARMACIE APOTHEKE RX CHEMIST OPTICAL OPTICIANS".split())
_ONE_STOP: Final = frozenset(("groceries", "shopping"))
_PREVIEW: Final = 3
_TELLING: Final = frozenset("dining health personal_care auto fuel".split())
_CARE: Final = frozenset(("childcare", "pets"))
_PLACES_TO_GO: Final = frozenset(("entertainment", "pets"))
_CARD: Final = frozenset("CC VISA MASTERCARD CREDITCARD AMEX".split())
_FEE: Final = frozenset("FEE FEES CHARGE CHARGES".split())
_GLUED, _BEGUN = 8, 5
"""So many letters must a name have that a longer word begins with, and one that a collector printed."""
_AT_HOME: Final = ("UK", "USA", "INDIA", "COUK")
"""How a company names its branch of a country, run together with its own name."""
_SHOPS: Final = frozenset(("shopping", "groceries", "subscriptions"))
_AS_NAMED: Final = frozenset("insurance loan investment utilities telecom bank transport fuel".split())
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
    best = _best(words, matches, country)
    if best is None:
        return None
    match, entry = best
    longer = _begun_longer(knowledge, match, words, country)
    if longer and longer.name != entry.name:
        return _named(longer, 0.90, descriptor, country)
    if entry.kind == "bank":
        return _bank(entry, descriptor, words)
    entry, strength = _beside(knowledge, match, entry, words, country)
    if descriptor.channel != "card" and _is_somebody(knowledge, match, words):
        # "Müller" is the drugstore; "Müller Hausverwaltung Miete" and "Müller Bau GmbH" are somebody else.
        strength = min(strength, 0.72)
    named = _named(entry, strength, descriptor, country)
    return named._replace(letters=match.length) if named else None


def _best(words: Sequence[str], matches: Iterable[Match], country: str) -> tuple[Match, Entry] | None:
    """The likeliest of the brands and banks that stand in a payee."""
    plausible = [
        (match.length + 5 * nearness(entry, country) + (4 if match.start == 0 else 0), match, entry)
        for match in matches
        for entry in match.entries
        if entry.kind in ("brand", "bank") and _plausible(match, entry, words, country)
    ]
    if not plausible:
        return None
    _, match, entry = max(plausible, key=itemgetter(0))
    if match.start > 0 and entry.leaf in _ONE_STOP:
        # "Esso Tesco Extra" is a pump beside a supermarket.
        for _, first, pump in plausible:
            if first.start == 0 and pump.leaf == "fuel" and nearness(pump, country):
                return first, pump
    return match, entry


def _beside(
    knowledge: Knowledge, match: Match, entry: Entry, words: Sequence[str], country: str
) -> tuple[Entry, float]:
    """A brand and how sure it is, in view of the words beside it."""
    strength = _brand_strength(match, entry, words, country)
    alone = match.end - match.start == 1
    if match.end < len(words) and alone and knowledge.is_common(words[match.start]):
        # "Apple" is the company; "Apple Tree Deli" is somebody else.
        strength = min(strength, 0.72)
    if match.start > 0 and _sold_there(knowledge, words[:1], entry, country):
        # "Bar Casa Pepe" is a bar, whatever shop Casa is.
        strength = min(strength, 0.70)
    sold = _sold_there(knowledge, words[match.end : match.end + _PREVIEW], entry, country)
    if entry.leaf in _ONE_STOP and _FUEL.intersection(words):
        return entry._replace(leaf="fuel"), min(strength, 0.90)
    if sold and alone:
        return entry._replace(leaf=sold), min(strength, 0.90)
    return entry, strength


def _is_somebody(knowledge: Knowledge, match: Match, words: Sequence[str]) -> bool:
    """Whether a brand that is a surname too stands beside what is paid for, or in the longer name of a firm."""
    spelling = "".join(words[match.start : match.end])
    if not any(entry.kind == "person" for entry in knowledge.entries(spelling)):
        return False
    beside = words[match.end :]
    return not _LEGAL_FORM.isdisjoint(beside[1:]) or any(
        entry.kind == "phrase" and taxonomy.kind_of(entry.leaf) == "expense"
        for word in beside
        for entry in knowledge.entries(word)
    )


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
    if entry.leaf in _ONE_STOP and any(word in _PHARMACY for word in after):
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
    if brand_leaf == "transfer" and word_leaf in _CARE:
        return True
    return word_leaf in _TELLING or (word_leaf in _PLACES_TO_GO and brand_leaf in _SHOPS)


def _named(entry: Entry, strength: float, descriptor: Descriptor, country: str) -> Finding | None:
    if taxonomy.kind_of(entry.leaf) == "expense" and pays_in(descriptor):
        return Finding("income_salary", 0.72, "template", entry.name, "money from a company")
    if entry.leaf == "taxes_gov" and descriptor.direction == "in":
        return Finding("income_other", 0.90, "brand", entry.name, f"money from {entry.name}")
    # Money that comes from a shop is usually a refund in its category; from an employer it says so.
    if descriptor.direction == "in" and taxonomy.kind_of(entry.leaf) == "expense":
        strength -= 0.15
    where = country if country in entry.countries.split(" ") else entry.countries or "worldwide"
    return Finding(entry.leaf, strength, "brand", entry.name, f"brand: {entry.name}, {entry.leaf}, {where}")


def _bank(entry: Entry, descriptor: Descriptor, words: Sequence[str]) -> Finding | None:
    """A bank as payee: its card, its fee, its machine where the text says so. Collected by direct debit it is a loan;
    otherwise probably a transfer, hardly proven."""
    if descriptor.channel == "cash" or words[0] == "CASH":
        return Finding("cash", 0.95, "template", "Cash", f"cash at {entry.name}")
    if words[-1] in _FEE and descriptor.direction != "in":
        return Finding("bank_fees", 0.93, "template", entry.name, f"a fee of {entry.name}")
    if _CARD.intersection(words):
        return Finding("card_payment", 0.90, "template", entry.name, f"a card of {entry.name}")
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
    if len(letters[0]) < 5:
        return None
    found = of_payee(knowledge, letters, knowledge.matches(letters), plain, country)
    # An address that does not begin as the payee does is that of whoever collects for it.
    agrees = letters[0].startswith("".join(tokens(descriptor.core))[:6])
    return found or (_begun(knowledge, letters[0], plain, country) if agrees else None)


def _begun(knowledge: Knowledge, letters: str, descriptor: Descriptor, country: str) -> Finding | None:
    """The brand of this country that a cut address is the beginning of, when there is but one."""
    begun = [entry for entry in knowledge.begun(letters) if entry.kind == "brand" and nearness(entry, country)]
    if len({entry.leaf for entry in begun}) != 1:
        return None
    return _named(begun[0], 0.88, descriptor, country)


def with_number_first(
    matches: Sequence[Match], words: Sequence[str], descriptor: Descriptor, country: str
) -> Finding | None:
    """A brand whose name begins with a number, at the very beginning: `1-800-Flowers`, `7-Eleven`."""
    if not words[0].isdigit():
        return None
    return with_digits([match for match in matches if match.start == 0], words, descriptor, country)


def with_digits(matches: Iterable[Match], words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """A brand whose name holds a number or ends like a place, which the core left out: `Trading 212`, `Toys R Us`."""
    begins = descriptor.core.partition(" ")[0]
    for match in matches:
        key = "".join(words[match.start : match.end])
        like_place = words[match.start] == begins and words[match.end - 1] in PLACES and match.end - match.start > 1
        if match.length > 4 and (like_place or not key.isalpha()) and not key.isdigit():
            for entry in match.entries:
                if entry.kind == "brand" and nearness(entry, country):
                    return _named(entry, 0.95, descriptor, country)
    return None


def of_domain(matches: Iterable[Match], words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """The brand whose address on the web is printed: `HLU*HULUPLUS HULU.COM/BILL`."""
    for match in matches:
        if match.length > 2 and match.end < len(words) and words[match.end] == "COM":
            for entry in match.entries:
                if entry.kind == "brand" and nearness(entry, country):
                    return _named(entry, 0.93, descriptor, country)
    return None


def run_together(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor, country: str) -> Finding | None:
    """The brand that a single word begins with, as collectors print names: `PAYPAL *SPOTIFYUSAI`."""
    if len(words) != 1 or len(words[0]) < _GLUED:
        return None
    collected = bool(descriptor.reference) or words[0].endswith(_AT_HOME)
    for end in range(len(words[0]) - 1, (_BEGUN if collected else _GLUED) - 1, -1):
        for entry in knowledge.entries(words[0][:end]):
            if entry.kind == "brand" and nearness(entry, country):
                return _named(entry, 0.88, descriptor, country)
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
            if entry.kind == "brand" and start == 0:
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
