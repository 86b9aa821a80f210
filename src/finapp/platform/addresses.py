"""Texts inside addresses and headers."""

from urllib.parse import quote


def percent_encoded(text: str) -> str:
    """A text for an address or a header: all but letters, digits and `_.-~` by their bytes."""
    return quote(text, safe="")
