"""The merchant book: what a household calls its merchants, and which ones are probably the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.categorizer import knowledge

_DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|co|in|de|fr|nl|es|it|ca|app|ai|tv|co\.uk|com\.au|co\.za|ae|sg)\b"
)
_CUT_FROM = 7
"""A payee cut by a bank keeps at least so many letters; shorter beginnings are shared by chance."""


@dataclass(frozen=True, kw_only=True)
class Merchant:
    """Rows with one key belong to one merchant."""

    key: str
    name: str
    initials: str


@dataclass(frozen=True, kw_only=True)
class Book:
    """A household's own view of merchants: renamed and merged."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Merchant key -> the name the household gave it."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Merchant key -> the key it was merged into. Chains are followed; `merge` keeps them free of circles."""

    def of(self, key: str, name: str) -> Merchant:
        """The merchant of a row whose suggestion has `key` and `name`."""
        target = self.target(key)
        shown = self.names.get(target) or (name if target == key else self.names.get(key) or name)
        return Merchant(key=target, name=shown, initials=initials(shown))

    def target(self, key: str) -> str:
        """The key that `key` was merged into at last, itself when it never was."""
        seen = {key}
        while key in self.merged and self.merged[key] not in seen:
            key = self.merged[key]
            seen.add(key)
        return key

    def renamed(self, key: str, name: str) -> "Book":
        """The book after calling a merchant `name`. Raises Invalid for an empty name."""
        if not name.strip():
            raise Invalid("name", "must not be empty")
        return Book(names={**self.names, self.target(key): name.strip()}, merged=self.merged)

    def merge(self, keys: Iterable[str], into: str) -> "Book":
        """The book after merging merchants `into` one. Raises Invalid when nothing but itself is given."""
        target = self.target(into)
        others = {self.target(key) for key in keys} - {target}
        if not others:
            raise Invalid("merchant_ids", "names no other merchant")
        return Book(names=self.names, merged={**self.merged, **dict.fromkeys(others, target)})

    def split(self, key: str) -> "Book":
        """The book after taking `key` out of what it was merged into. Raises Invalid when it never was."""
        if key not in self.merged:
            raise Invalid("merchant_id", "was not merged")
        return Book(names=self.names, merged={one: target for one, target in self.merged.items() if one != key})


def brand_country(key: str) -> str | None:
    """ISO 3166 code of the one country that a known brand trades in; None for an unknown or international one."""
    countries = {entry.countries for entry in knowledge.shipped().entries(key) if entry.kind in ("brand", "bank")}
    if len(countries) != 1:
        return None
    return next((code for code in countries if len(code) == 2), None)


def printed_website(text: str, name: str) -> str | None:
    """The domain of a merchant that a statement line prints, in lower case; None when it prints none of this merchant.

    A domain counts when its name and the merchant's begin alike: `Amzn.com` is Amazon's, `help.uber.com` is Uber's.
    """
    wanted = knowledge.key_of(name)
    for found in _DOMAIN.findall(text.lower()):
        labels = found.split(".")
        own = knowledge.key_of(labels[-3] if len(labels) > 2 and len(labels[-2]) < 4 else labels[-2])
        if len(own) > 2 and (wanted.startswith(own) or own.startswith(wanted)):
            return str(found)
    return None


def initials(name: str) -> str:
    """One or two letters for a badge: `Blue Bottle` -> `BB`, `Netflix` -> `N`, `7-Eleven` -> `7E`; `?` without any."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "?"


def probably_same(keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of merchant keys of which one is the other cut short, the shorter first: a merge to offer, never to do."""
    ordered = sorted(set(keys))
    return tuple((one, other) for one, other in pairwise(ordered) if len(one) >= _CUT_FROM and other.startswith(one))
