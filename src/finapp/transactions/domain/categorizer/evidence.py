"""What the built knowledge says of one narration: the best phrase, brand, word or person, with a reason."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import brands, channels, combinations, tills
from finapp.transactions.domain.categorizer.findings import Finding, fits, nearness
from finapp.transactions.domain.categorizer.knowledge import Entry, Knowledge, Match, tokens
from finapp.transactions.domain.descriptor import Descriptor

_RATHER_COMPANIES: Final = frozenset(("bill_pay", "direct_credit"))
_PERSONAL: Final = _RATHER_COMPANIES | {"upi", "instant_transfer", "bank_transfer", "standing_order"}
"""Channels by which people are paid; by some of them rarely, so that the whole payee must be a person's name."""
_INITIALS: Final = re.compile(r"[A-Z](?: [A-Z])? [A-Z]{3,}")
_OWN: Final = frozenset(
    "A C AC ACC ACCT ACCOUNT ACCOUNTS CURRENT CHECKING CHK SAVING SAVINGS SAVER SAV SELF OWN MY ISA POT SPARKONTO "
    "GIROKONTO TAGESGELD TAGESGELDKONTO SPAARREKENING LIVRET CUENTA CONTO".split()
)
"""What is left of a transfer that names nothing but an account."""
_MOVED: Final = frozenset(
    "GUTSCHRIFT ÜBERWEISUNG UEBERWEISUNG UBERWEISUNG TRANSFER VIREMENT BONIFICO TRANSFERENCIA OVERBOEKING".split()
)
_PAY: Final = frozenset(("PAY", "SAL", "PAYRL"))
_OTHER_PAY: Final = frozenset(
    "APPLE GOOGLE AMAZON SAMSUNG SHOP PHONE AUTO BILL WEB ONLINE E MOBILE CARD PHONEPE G".split()
)
"""Words with which pay is a way to pay, not wages."""
_NUMBERED: Final = re.compile(r"[A-Z]*\d{4,}[A-Z0-9]*|(?=(?:[A-Z]*\d){4})(?=[A-Z]*\d+[A-Z]+\d)[A-Z0-9]{10,}")
"""A word that is a number of its own: four digits on end, or digits among letters as in `ICI90FCE8063A63`."""
_NAMED: Final = 0.88
_TOPPED_UP: Final = frozenset(("transport", "telecom"))
"""Leaves whose companies take money on account: topping them up is spending."""
_WEAK_STRENGTH: Final = 0.74
_CERTAIN: Final = 0.80
# Wording of these leaves is everyday language: it decides in a note, or when nothing else is printed.
_EVERYDAY: Final = frozenset(
    "groceries dining transport fuel health travel entertainment personal_care home education childcare "
    "gifts_donations".split()
)
_CHEQUE: Final = frozenset(("CHECK", "CHECK PAID", "CHEQUE", "CHEQUE PAID", "CHQ", "CHQ PAID", "CLG"))
"""What is left of a cheque's narration that names nobody."""
_OWN_ACCOUNT: Final = re.compile(r"(?:TRANSFER|XFER|TFR|TRF|TRSF) (?:TO|FROM) (?:[A-Z]+ ){0,3}[X*.]{2,} ?\d{3,4}\b")
"""A transfer to or from an account named by its last digits: one's own, or that of someone known to the bank."""
_WEAK: Final = frozenset(
    "GARDEN GARDENS CLUB FARM FARMS SHOP STONE LOUNGE MISSION POLISH STYLE ENERGY POWER MARKET CAMP COUNTY TAN DOG "
    "DOGS RIDE RIDES COMMUNICATIONS RECORDS STRENGTH COLLECTIVE DESIGNS STUDIO GAS PLANTS GEAR KEYS SLEEP TAILS CRAFT "
    "MUD MISSIONS CHRISTIAN SMILE SMILES GOURMET BALLET BASEBALL TOOL TOOLS CUTS CLIPS FORD LINCOLN AIRPORT".split()
) | {"CITY OF", "TOWN OF", "VILLAGE OF", "COUNTY OF", "STATE OF", "DEPT OF", "DEPARTMENT OF", "SCHOOL OF"}
"""Words that also stand in names of businesses of other kinds: another word beside them decides."""
_VAGUE: Final = frozenset("services shopping education taxes_gov subscriptions".split())


def finding(descriptor: Descriptor, country: str, knowledge: Knowledge) -> Finding | None:
    """The best that the knowledge says of a narration, None when it says nothing.

    Remembered without reference numbers, so that the same shop month after month is looked up once.
    """
    text = descriptor.text
    if text.startswith("FUEL PURCHASE"):
        return Finding("fuel", 0.97, "template", "", "a fuel purchase")
    if ("X" in text or "*" in text or ".." in text) and _OWN_ACCOUNT.search(text):
        return Finding("transfer", 0.95, "template", "", "a transfer between accounts")
    numbered = combinations.of_numbers(descriptor, country)
    if numbered:
        return numbered
    words = " ".join([word for word in tokens(text) if word.isalpha() or not _NUMBERED.fullmatch(word)])
    _, core, channel, direction, handle, note, *_, person = descriptor
    plain = Descriptor(words, core, channel, direction, handle, note, tills.of(text), "", "", person)
    return _finding(plain, country, knowledge)


@lru_cache(maxsize=32_768)
def _finding(descriptor: Descriptor, country: str, knowledge: Knowledge) -> Finding | None:
    if descriptor.channel == "card_bill" and descriptor.direction != "in":
        return Finding("card_payment", 0.97, "template", "", "a card's bill")
    if descriptor.channel == "cheque" and descriptor.core in _CHEQUE:
        return None
    if country == "GB":
        descriptor = channels.british(descriptor)
    together = combinations.of_words(descriptor, country)
    if together:
        return together
    core_words = _payee_words(descriptor.core, country)
    core_matches = tuple(knowledge.matches(core_words))
    text_words = descriptor.text.split(" ")
    text_matches = tuple(knowledge.matches(text_words))
    phrase = _phrase(text_matches, text_words, core_words, descriptor, country)
    brand = (
        brands.with_number_first(text_matches, text_words, descriptor, country)
        or brands.of_payee(knowledge, core_words, core_matches, descriptor, country)
        or brands.of_handle(knowledge, descriptor, country)
        or brands.with_digits(text_matches, text_words, descriptor, country)
        or brands.of_domain(text_matches, text_words, descriptor, country)
        or brands.run_together(knowledge, core_words, descriptor, country)
    )
    phrase = phrase or _moved(core_words, descriptor) or _wages(text_words, descriptor)
    if phrase and (brand is None or _outweighs(phrase, brand) or descriptor.direction == "in"):
        return phrase._replace(name=brand.name) if brand and brand.strength >= _CERTAIN else phrase
    if brand and brand.strength >= _CERTAIN:
        return brand
    return (
        _local(knowledge, core_words, core_matches, descriptor, country)
        or brands.cut_short(knowledge, core_words, descriptor, country)
        or (None if brand and brand.leaf == "transfer" else brand)
        or _by_channel(descriptor)
        or brand
    )


def _outweighs(phrase: Finding, brand: Finding) -> bool:
    """Whether bank wording decides over a brand: wording of card bills, loans and savings that is longer than the name,
    as in `TESCO BANK CREDIT CARD`, or a brand that is not sure."""
    if phrase.leaf == "cash":
        return True
    if phrase.leaf == "transfer" and brand.leaf in _TOPPED_UP and brand.strength >= _CERTAIN:
        return False
    longer = phrase.letters > brand.letters and taxonomy.kind_of(phrase.leaf) != "expense"
    return longer or phrase.strength >= brand.strength


def _payee_words(core: str, country: str) -> list[str]:
    """The words of a payee; in Italy `SPA` at the end is a company, not a bath."""
    words = tokens(core)
    if len(words) > 1 and words[0] in ("REFUND", "REVERSAL", "RETURN"):
        words = words[1:]
    return words[:-1] if country == "IT" and len(words) > 1 and words[-1] in ("SPA", "SRL") else words


def _local(
    knowledge: Knowledge, core: Sequence[str], matches: Iterable[Match], descriptor: Descriptor, country: str
) -> Finding | None:
    """What words of local businesses, the payer's note and given names say."""
    note_words = tokens(descriptor.note)
    noted = _note(knowledge, note_words, country, descriptor) if note_words else None
    person = _person(knowledge, core, descriptor)
    if noted and (person or descriptor.person or noted.source == "template"):
        return noted
    if person and all(len(each) == 1 or _is_name(knowledge, each) for each in core):
        return person
    word = _word(matches, country, descriptor)
    if person and not (word and (len(core) > 2 or person.strength < _NAMED or not _is_name(knowledge, core[-1]))):
        return person
    if word and descriptor.direction == "in" and descriptor.channel in brands.INWARD:
        # A firm that sends money pays wages more often than it pays back.
        return Finding("income_salary", 0.72, "template", "", "money from a company")
    return word or noted


def _phrase(
    matches: Iterable[Match], words: Sequence[str], core: Sequence[str], descriptor: Descriptor, country: str
) -> Finding | None:
    """The longest bank wording. Everyday words of spending count only when they are the whole payee."""
    best: tuple[tuple[bool, bool, int], Entry] | None = None
    whole = "".join(core)
    matches = tuple(matches)
    for match in matches:
        for entry in match.entries:
            if entry.kind != "phrase" or not fits(entry, descriptor.direction) or not nearness(entry, country):
                continue
            spelling = "".join(words[match.start : match.end])
            if (entry.leaf in _EVERYDAY and spelling != whole) or (
                entry.direction != "in" and _part_of_longer(match, matches, country)
            ):
                continue
            inside = spelling in whole
            if entry.leaf == "card_payment" and not inside and descriptor.channel == "instant_transfer":
                # "FASTER PAYMENT RECEIVED FROM ..." is how the money came.
                continue
            # "ZELLE PAYMENT" only says how the money went; what stands in the payee says what for.
            telling = entry.leaf not in ("transfer", "card_payment") or inside
            rank = telling, bool(entry.direction) and descriptor.direction == "in", match.length
            if best is None or rank > best[0]:
                best = rank, entry
    if best is None:
        return None
    (_, _, letters), entry = best
    return Finding(entry.leaf, 0.97, "template", "", f"wording: {entry.name.lower()}", letters)


def _part_of_longer(match: Match, matches: Iterable[Match], country: str) -> bool:
    """Whether a longer word or name of this country covers a wording: the rent of `RENT A CAR`."""
    return any(
        other.start <= match.start
        and match.end <= other.end
        and other.length > match.length
        and any(entry.kind in ("word", "brand") and nearness(entry, country) for entry in other.entries)
        for other in matches
    )


def _note(knowledge: Knowledge, words: Sequence[str], country: str, descriptor: Descriptor) -> Finding | None:
    """What the payer wrote: `rent for May`, `maid salary`, `milk`."""
    best: tuple[int, Entry] | None = None
    for match in knowledge.matches(words):
        for entry in match.entries:
            if (
                entry.kind == "phrase"
                and fits(entry, descriptor.direction)
                and (best is None or match.length > best[0])
            ):
                best = match.length, entry
    if best is not None:
        return Finding(best[1].leaf, 0.93, "template", "", f"the note says {best[1].name.lower()}")
    return _word(knowledge.matches(words), country, descriptor)


def _word(matches: Iterable[Match], country: str, descriptor: Descriptor) -> Finding | None:
    """The local-business word that decides: a firm one before a vague one, the longest, then the last."""
    best: tuple[tuple[bool, int, int, int], Entry] | None = None
    for match in matches:
        if match.start == 0 and any(each.kind == "brand" and nearness(each, country) == 2 for each in match.entries):
            # "Boots Winchester": a chain of this country is not what its name means.
            continue
        for entry in match.entries:
            near = nearness(entry, country)
            if entry.kind == "word" and near and fits(entry, descriptor.direction):
                count = match.end - match.start
                firm = entry.name not in _WEAK and (entry.leaf not in _VAGUE or count > 1)
                rank = firm, count, match.end, near
                if best is None or rank >= best[0]:
                    best = rank, entry
    if best is None:
        return None
    entry = best[1]
    strength = 0.85 if entry.name not in _WEAK else _WEAK_STRENGTH
    strength = strength if descriptor.direction != "in" else 0.6
    return Finding(entry.leaf, strength, "word", "", f"the word {entry.name.lower()}", word=entry.name)


def _person(knowledge: Knowledge, words: Sequence[str], descriptor: Descriptor) -> Finding | None:
    """A transfer to or from a person: the text says so, or the payee is made of names."""
    if descriptor.channel not in _PERSONAL or not words or len(words) > 4:
        return None
    names = [word for word in words if _is_name(knowledge, word)]
    named = bool(names) or (len(words) > 1 and len(words[0]) == 1 and _INITIALS.fullmatch(" ".join(words)) is not None)
    if descriptor.channel in _RATHER_COMPANIES and len(names) + sum(len(word) == 1 for word in words) < len(words):
        return None
    if descriptor.person or named:
        return Finding("transfer", _NAMED if named else 0.80, "template", "", "a transfer to or from a person")
    return None


def _is_name(knowledge: Knowledge, word: str) -> bool:
    return any(entry.kind == "person" for entry in knowledge.entries(word))


def _moved(words: Sequence[str], descriptor: Descriptor) -> Finding | None:
    """A transfer whose payee is nothing but an account, or that names nobody at all."""
    bank_moves = descriptor.channel in ("bank_transfer", "instant_transfer", "standing_order")
    if words and bank_moves and _OWN.issuperset(words):
        return Finding("transfer", 0.93, "template", "", "a transfer to or from an own account")
    if len(words) == 1 and words[0] in _MOVED:
        return Finding("transfer", 0.75, "template", "", "a transfer that names nobody")
    return None


def _wages(words: Sequence[str], descriptor: Descriptor) -> Finding | None:
    """Money in whose text begins or ends with the word for pay, beside the name of who pays."""
    if descriptor.direction != "in" or len(words) < 2:
        return None
    if words[0] in _PAY or (words[-1] in _PAY and words[-2] not in _OTHER_PAY):
        return Finding("income_salary", 0.90, "template", "", "the text says pay")
    return None


def _by_channel(descriptor: Descriptor) -> Finding | None:
    """What the channel alone says."""
    if descriptor.channel == "cash":
        return Finding("cash", 0.97, "template", "Cash", "a cash withdrawal or deposit")
    if descriptor.channel == "instalment":
        return Finding("loan", 0.93, "template", "", "an instalment")
    if brands.pays_in(descriptor):
        return Finding("income_salary", 0.72, "template", "", "money from a company")
    paid = tills.finding(descriptor.reference)
    if paid:
        return paid
    if descriptor.direction == "in" and descriptor.channel in brands.INWARD:
        return Finding("income_salary", 0.55, "template", "", "money from a company")
    if descriptor.channel == "instant_transfer":
        return Finding("transfer", 0.75, "template", "", "an instant transfer")
    return None
