"""What a household taught the categorizer, rebuilt from its decisions."""

from sqlalchemy import Connection

from finapp.transactions.domain import categorizer
from finapp.transactions.domain.categorizer import Learned, Line
from finapp.transactions.domain.categorizer.learning import remember
from finapp.transactions.store import corrections


def learned(connection: Connection, owner: str) -> Learned:
    """Memories made by replaying every correction, oldest first: the same corrections give the same memories."""
    decided = corrections.of_household(connection, owner)
    if not decided:
        return Learned()
    lines = [Line(description=one.description, amount=one.amount) for one in decided]
    cold = categorizer.suggest(lines)
    return Learned(memories=remember(zip(decided, cold, strict=True)), corrections=tuple(decided))
