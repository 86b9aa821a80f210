"""The layers, in order, over rows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import knowledge as built
from finapp.transactions.domain.categorizer import learning, mcc
from finapp.transactions.domain.categorizer.evidence import Finding, finding
from finapp.transactions.domain.categorizer.values import (
    NOTHING,
    SUGGESTS,
    Candidate,
    Learned,
    Line,
    Rule,
    Suggestion,
)
from finapp.transactions.domain.descriptor import Descriptor, parse

_COUNTRY_OF: Final[Mapping[str, str]] = {
    "INR": "IN", "USD": "US", "GBP": "GB", "CAD": "CA", "AUD": "AU", "ZAR": "ZA", "SGD": "SG", "AED": "AE",
}  # fmt: skip


class Categorizer:
    """Suggests categories from built knowledge and from what a household taught."""

    def __init__(self, knowledge: built.Knowledge) -> None:
        self._knowledge = knowledge

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
        recall = learning.Recall(learned.memories)
        known: dict[tuple[str, str, str | None], Suggestion] = {}
        answers = []
        for line in lines:
            key = line.description, line.direction, line.mcc
            base = known.get(key)
            if base is None:
                base = known[key] = self._from_knowledge(line, where)
            answers.append(_by_rule(line, base, learned.rules) or recall.of(line, base) or base)
        return tuple(answers)

    def _from_knowledge(self, line: Line, country: str) -> Suggestion:
        descriptor = parse(line.description, line.direction)
        found = finding(descriptor, country, self._knowledge)
        coded = mcc.leaf_of(line.mcc) if line.mcc else None
        if coded and (found is None or found.source in ("word", "model") or found.strength < mcc.STRENGTH):
            name = found.name if found else ""
            found = Finding(coded, mcc.STRENGTH, "mcc", name, f"merchant category code {line.mcc}")
        return _suggestion(descriptor, found)


def _suggestion(descriptor: Descriptor, found: Finding | None) -> Suggestion:
    key = built.merchant_key(descriptor.core)
    if found is None:
        return Suggestion(
            category=None,
            candidates=(),
            category_best=None,
            confidence=0.0,
            source="none",
            merchant=display_name(descriptor.core),
            merchant_key=key,
            core=descriptor.core,
            why="nothing is known about this payee",
        )
    confidence = round(found.strength, 4)
    return Suggestion(
        category=found.leaf if confidence >= SUGGESTS else None,
        candidates=(Candidate(category=found.leaf, confidence=confidence),),
        category_best=found.leaf,
        confidence=confidence,
        source=found.source,
        merchant=found.name or display_name(descriptor.core),
        merchant_key=built.merchant_key(found.name) if found.name else key,
        core=descriptor.core,
        why=found.why,
    )


def display_name(core: str) -> str:
    """A payee core as a person would write it: `BLUE BOTTLE COFFEE` -> `Blue Bottle Coffee`, `KFC` stays."""
    return " ".join(word if len(word) <= 3 else word.capitalize() for word in core.split(" "))


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
    return Categorizer(built.shipped())


def suggest(
    lines: Sequence[Line], *, country: str | None = None, currency: str | None = None, learned: Learned = NOTHING
) -> tuple[Suggestion, ...]:
    """`Categorizer.suggest` of the shipped categorizer."""
    return shipped().suggest(lines, country=country, currency=currency, learned=learned)


def leaf_names() -> Mapping[str, str]:
    """Leaf code -> display name."""
    return {leaf.code: leaf.name for leaf in taxonomy.LEAVES}
