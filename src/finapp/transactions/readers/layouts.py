"""Known exports by the words of their headings: a name to show, and the conventions of their country."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from finapp.transactions.readers.knowledge import knowledge
from finapp.transactions.readers.words import normalized


class Layout(NamedTuple):
    """A known export.

    `inverted`: spending is printed as positive. `signed`: money out has a minus. `card`: it is of a credit card.
    `accounts`: every row names the account of the household that it is of. `fees`: whether a column of fees comes on
    top of the amount, or is inside it.
    """

    name: str
    institution: str | None
    country: str | None
    headings: tuple[str, ...]
    """Normalised headings that must all be there."""
    inverted: bool = False
    card: bool = False
    signed: bool = False
    accounts: bool = False
    fees: Literal["on_top", "inside"] | None = None


LAYOUTS = tuple(
    Layout(
        name=found["name"],
        institution=found.get("institution"),
        country=found.get("country"),
        headings=tuple(found["headings"]),
        inverted=found.get("inverted", False),
        card=found.get("card", False),
        signed=found.get("signed", False),
        accounts=found.get("accounts", False),
        fees=found.get("fees"),
    )
    for found in knowledge("layouts")["layouts"]
)


def layout_of(headings: tuple[str, ...]) -> Layout | None:
    """The known export these headings belong to; the one with most headings when several fit."""
    found = {normalized(heading) for heading in headings if heading}
    fitting = [layout for layout in LAYOUTS if all(words in found for words in layout.headings)]
    return max(fitting, key=lambda layout: len(layout.headings), default=None)


_WELLS_FARGO = Layout("Wells Fargo account", "Wells Fargo", "US", (), signed=True)
_COMMONWEALTH = Layout("Commonwealth Bank account", "Commonwealth Bank", "AU", (), signed=True)
_SIGNED = re.compile(r"[+-]\d[\d,]*\.\d{2}")


def layout_without_headings(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The known export that prints no headings but has marks of its own in every row."""
    if rows and all(len(row) == 5 and row[2] == "*" for row in rows):
        return _WELLS_FARGO
    if rows and all(len(row) == 4 and _SIGNED.fullmatch(row[1]) and _SIGNED.fullmatch(row[3]) for row in rows):
        return _COMMONWEALTH
    return None
