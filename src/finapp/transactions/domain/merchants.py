"""What is known of merchants besides their rows."""

import re

from finapp.transactions.domain.categorizer import knowledge

_DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:co\.uk|com\.au|co\.za|com|net|org|io|co|in|de|fr|nl|es|it|ca|app|ai|tv|ae|sg)\b"
)


def brand_country(key: str) -> str | None:
    """ISO 3166 code of the one country that a known brand trades in; None for an unknown or international one."""
    countries = {entry.countries for entry in knowledge.shipped().entries(key) if entry.kind in ("brand", "bank")}
    if len(countries) != 1:
        return None
    return next((code for code in countries if len(code) == 2), None)


def printed_website(text: str, name: str) -> str | None:
    """The domain of a merchant that a statement line prints, in lower case; None when it prints none of this merchant.

    A domain counts when its name and the merchant's begin alike; `help.uber.com` gives `uber.com`.
    """
    wanted = knowledge.key_of(name)
    for found in _DOMAIN.findall(text.lower()):
        labels = found.split(".")
        own = -3 if len(labels) > 2 and len(labels[-2]) < 4 else -2
        key = knowledge.key_of(labels[own])
        if len(key) > 2 and (wanted.startswith(key) or key.startswith(wanted)):
            return ".".join(labels[own:])
    return None


def initials(name: str) -> str:
    """One or two letters for a badge: `Blue Bottle` -> `BB`, `Netflix` -> `N`, `7-Eleven` -> `7E`; `?` without any."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "?"
