"""The layers, in order, over rows."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Protocol

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import calibration, combinations, learning, mcc
from finapp.transactions.domain.categorizer import knowledge as built
from finapp.transactions.domain.categorizer.evidence import finding
from finapp.transactions.domain.categorizer.findings import Finding
from finapp.transactions.domain.categorizer.values import (
    APPLIES,
    NOTHING,
    SUGGESTS,
    Candidate,
    Learned,
    Line,
    Rule,
    Suggestion,
)
from finapp.transactions.domain.descriptor import Direction, parse

_COUNTRY_OF: Final[Mapping[str, str]] = {
    "INR": "IN", "USD": "US", "GBP": "GB", "CAD": "CA", "AUD": "AU", "ZAR": "ZA", "SGD": "SG", "AED": "AE",
}  # fmt: skip
_SPOKEN: Final = re.compile("[^AEIOUY][AEIOUYÄÖÜÉ][^AEIOUY]")
"""Three letters with the vowel in their middle: `BAR`, `TAX`, `RED`."""
_SHORT_WORDS: Final = frozenset(
    "THE OLD AND ART INN ICE OIL ONE TWO ALL AIR EAT SEA TEA PIE BEE BAU MY DAY MAY BAY BOY".split()
)
_WRITTEN: Final = {"GMBH": "GmbH"}


_SHOWN: Final = 3
_PAYEES: Final = 2_048
"""So many payees that came alone are not scored again."""
_ONLY_SHOWN: Final = 0.65
_MEANT: Final = 0.80
"""Confidence of a word of local businesses that several corrections of the household gave another meaning."""
_NOTHING_KNOWN: Final = Finding("", 0.0, "none", "", "nothing is known about this payee")
_Key = tuple[str, Direction, str | None, combinations.Size]
"""Narration, direction, merchant category code, and what the amount tells."""
_Found = tuple[str, Direction, Finding | None]
"""Payee core, direction, and what the knowledge says."""
_Guess = tuple[str, float]
"""A category and the model's probability of it."""


class Scorer(Protocol):
    """What the categorizer asks of the model."""

    def likeliest(
        self,
        cores: Sequence[str],
        directions: Sequence[str],
        deltas: Sequence[Mapping[str, float]],
        leaves: Mapping[str, str],
        count: int,
    ) -> list[list[tuple[str, float]]]:
        """The `count` likeliest categories of each core with their probabilities, likeliest first.

        `deltas` are added to the logits; a category outside the model's classes starts from the logit of its leaf in
        `leaves`, or from the mean logit.
        """


class Categorizer:
    """Suggests categories from built knowledge and from what a household taught."""

    def __init__(self, knowledge: built.Knowledge, load_model: Callable[[], Scorer]) -> None:
        """`load_model` is called when a first row needs the model, because numpy is imported as late as possible."""
        self._knowledge = knowledge
        self._load_model = load_model
        # A row entered by hand is of a shop one has been to before.
        self._guess = lru_cache(_PAYEES)(self._guess_one)

    @property
    def knowledge_version(self) -> str:
        """The digest of the lists it was built from."""
        return self._knowledge.version

    def suggest(
        self,
        lines: Sequence[Line],
        *,
        country: str | None = None,
        currency: str | None = None,
        learned: Learned = NOTHING,
    ) -> tuple[Suggestion, ...]:
        """One suggestion per line, in order.

        `country` (ISO 3166, two letters) is where the account is kept; without it the currency tells, where it can.
        """
        where = (country or _COUNTRY_OF.get((currency or "").upper(), "")).upper()
        # Equal narrations are looked up once: where each row's stands among the distinct ones.
        place: dict[_Key, int] = {}
        places = [place.setdefault(_key(line), len(place)) for line in lines]
        cold = self._cold(place, where, learned)
        if not learned.rules and not learned.memories:
            return tuple([cold[number] for number in places])
        recall, _ = learning.prepared(learned)
        return tuple(
            [
                _by_rule(line, cold[number], learned.rules) or recall.of(line, cold[number]) or cold[number]
                for line, number in zip(lines, places, strict=True)
            ]
        )

    def _cold(self, keys: Iterable[_Key], country: str, learned: Learned) -> list[Suggestion]:
        """What knowledge, model and the household's delta say of distinct narrations."""
        found = [self._look_up(key, country) for key in keys]
        if learned.corrections:
            _, delta = learning.prepared(learned)
            found = [(core, direction, _meant(finding_, delta, direction)) for core, direction, finding_ in found]
        # The same shop comes with ever other reference numbers: it is scored and put into words once.
        payees = dict.fromkeys((core, direction) for core, direction, finding_ in found if _is_open(finding_))
        guesses = dict(zip(payees, self._guesses(list(payees), learned), strict=True))
        said: dict[_Found, Suggestion] = {}
        answers = []
        for one in found:
            answer = said.get(one)
            if answer is None:
                core, direction, finding_ = one
                guessed = guesses[core, direction] if _is_open(finding_) else ()
                answer = said[one] = _suggestion(core, finding_, guessed)
            answers.append(answer)
        return answers

    def _look_up(self, key: _Key, country: str) -> _Found:
        description, direction, code, size = key
        descriptor = parse(description, direction)
        found = finding(descriptor, country, self._knowledge)
        if size:
            found = combinations.by_size(found, descriptor, country, size)
        coded = mcc.leaf_of(code) if code else None
        if coded and (found is None or found.source == "word" or found.strength < mcc.STRENGTH):
            name = found.name if found else ""
            found = Finding(coded, mcc.STRENGTH, "mcc", name, f"merchant category code {code}")
        return descriptor.core, descriptor.direction, found

    def _guesses(self, payees: Sequence[tuple[str, Direction]], learned: Learned) -> list[list[_Guess]]:
        """The three likeliest categories of each payee by the model, with the household's delta on its logits."""
        if not payees:
            return []
        _, delta = learning.prepared(learned)
        if len(payees) == 1:
            shift = delta.of(*payees[0])
            leaves = ((category, learned.leaves[category]) for category in shift if category in learned.leaves)
            return [self._guess(*payees[0], tuple(shift.items()), tuple(leaves))]
        return self._load_model().likeliest(
            [core for core, _ in payees],
            [direction for _, direction in payees],
            [delta.of(core, direction) for core, direction in payees],
            learned.leaves,
            _SHOWN,
        )

    def _guess_one(
        self,
        core: str,
        direction: Direction,
        shift: tuple[tuple[str, float], ...],
        leaves: tuple[tuple[str, str], ...],
    ) -> list[_Guess]:
        return self._load_model().likeliest([core], [direction], [dict(shift)], dict(leaves), _SHOWN)[0]


def _key(line: Line) -> _Key:
    return line.description, line.direction, line.mcc, combinations.size_of(line)


def _meant(found: Finding | None, delta: learning.Delta, direction: Direction) -> Finding | None:
    """A finding by a word, or what this household means by the word."""
    if found is None or not found.word:
        return found
    category = delta.meant(built.tokens(found.word)[-1], direction)
    if category is None or category == found.leaf:
        return found
    why = f"your corrections of payees with {found.word.lower()}"
    return found._replace(leaf=category, strength=_MEANT, source="memory", why=why)


def _is_open(found: Finding | None) -> bool:
    """Whether the model is asked as well."""
    return found is None or found.strength < APPLIES


def _suggestion(core: str, found: Finding | None, guesses: Sequence[_Guess]) -> Suggestion:
    found = _or_guess(found, guesses)
    if found is None:
        found = _NOTHING_KNOWN
    confidence = round(calibration.shipped().of(found.source, found.strength), 4)
    if found.source == "model" and taxonomy.kind_of(found.leaf) != "expense":
        # Letters alone must not turn spending into a transfer, a loan or income: such a guess is shown, never applied.
        confidence = min(confidence, _ONLY_SHOWN)
    first = (Candidate(category=found.leaf, confidence=confidence),) if found.leaf else ()
    left = 1.0 if found.source == "model" else 1 - confidence
    rest = (Candidate(category=code, confidence=round(sure * left, 4)) for code, sure in guesses if code != found.leaf)
    return Suggestion(
        category=found.leaf if confidence >= SUGGESTS else None,
        candidates=(*first, *rest)[:_SHOWN],
        category_best=found.leaf or None,
        confidence=confidence,
        source=found.source,
        merchant=found.name or display_name(_named(core, found)),
        merchant_key=built.merchant_key(found.name or core),
        core=core,
        why=found.why,
    )


def _named(core: str, found: Finding) -> str:
    # The wages of May and those of June have one payer; a shop may be called April.
    return built.timeless(core) if found.source == "template" else core


def _or_guess(found: Finding | None, guesses: Sequence[_Guess]) -> Finding | None:
    """The finding, or the model's first guess where the knowledge is silent or weaker."""
    if guesses and (found is None or (found.strength < SUGGESTS and guesses[0][1] > found.strength)):
        category, sure = guesses[0]
        return Finding(category, sure, "model", found.name if found else "", "similar payees")
    return found


@lru_cache(maxsize=32_768)
def display_name(core: str) -> str:
    """A payee core as a person would write it: `THE RED LION CAFE` -> `The Red Lion Cafe`, `KFC` and `ATM` stay."""
    return " ".join(_WRITTEN.get(word) or (word.capitalize() if _is_word(word) else word) for word in core.split(" "))


def _is_word(word: str) -> bool:
    """Whether a word is written small: a short one may be an abbreviation, unless it can be spoken."""
    return len(word) > 3 or word in _SHORT_WORDS or _SPOKEN.fullmatch(word) is not None


def _by_rule(line: Line, base: Suggestion, rules: Sequence[Rule]) -> Suggestion | None:
    text = line.description.upper()
    for rule in rules:
        if _matches(rule, line, base, text):
            return learning.answered(base, rule.category, 1.0, "rule", f"your rule {rule.name or rule.id}")
    return None


def _matches(rule: Rule, line: Line, base: Suggestion, text: str) -> bool:
    if rule.direction and rule.direction != line.direction:
        return False
    if rule.contains and rule.contains.upper() not in text:
        return False
    if rule.merchant_key and rule.merchant_key != base.merchant_key:
        return False
    size = abs(line.amount)
    if rule.at_least is not None and size < rule.at_least:
        return False
    return rule.at_most is None or size <= rule.at_most


@lru_cache(maxsize=1)
def shipped() -> Categorizer:
    """The categorizer with the knowledge that ships with the product, made once in a process."""
    return Categorizer(built.shipped(), _shipped_model)


def _shipped_model() -> Scorer:
    # Imported here because the module needs numpy, which an idle process should not pay for.
    from finapp.transactions.domain.categorizer import model

    return model.shipped()


def suggest(
    lines: Sequence[Line], *, country: str | None = None, currency: str | None = None, learned: Learned = NOTHING
) -> tuple[Suggestion, ...]:
    """`Categorizer.suggest` of the shipped categorizer."""
    return shipped().suggest(lines, country=country, currency=currency, learned=learned)
