"""What a household taught the categorizer, rebuilt from its decisions."""

from collections.abc import Sequence

from sqlalchemy import Connection

from finapp.auth.public import Household
from finapp.platform.standing import standing
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Correction, Learned
from finapp.transactions.domain.categorizer.replay import replayed
from finapp.transactions.store import categories, corrections, words

_Pairs = tuple[tuple[str, str], ...]


@standing("corrections", "changes.undone_by", "merchant_words", "categories", "category_needs")
def learned(connection: Connection, owner: str, country: str | None = None) -> Learned:
    """Memories made by replaying every correction, oldest first: the same corrections give the same memories.

    `country` is where the rows to be looked up belong; corrected rows are looked up there too, so that both find the
    same merchants.
    """
    decided = tuple(corrections.of_household(connection, owner))
    if not decided:
        return Learned()
    book = words.merchants(connection, owner)
    merged = tuple(sorted((known, into) for known, (into, _) in book.items() if known != into))
    return replayed(decided, merged, _leaves(connection, owner, decided), country)


def _leaves(connection: Connection, owner: str, decided: Sequence[Correction]) -> _Pairs:
    """The household's own categories among those decided, each with the leaf it stands below."""
    own = {one.category for one in decided}.difference(taxonomy.LEAF_CODES)
    if not own:
        return ()
    return tuple((each.id, each.code) for each in categories.tree(connection, owner) if each.id in own)


def country_of(household: Household) -> str | None:
    """Where a household is at home, as its locale says: `en-IN` -> `IN`; None when it names no country."""
    _, dash, country = household.locale.replace("_", "-").rpartition("-")
    return country.upper() if dash and len(country) == 2 else None
