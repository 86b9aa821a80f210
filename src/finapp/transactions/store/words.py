"""What the household said of pairs and of merchants. A word that was taken back does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, insert, select

from finapp.kernel import ids
from finapp.platform.standing import standing
from finapp.transactions.domain.movement.refunds import LinkKind
from finapp.transactions.store import changes
from finapp.transactions.tables import merchant_words, pair_words

_LINKS: dict[str, LinkKind] = {kind: kind for kind in get_args(LinkKind)}


@dataclass(frozen=True, kw_only=True)
class PairWords:
    """Pairs of row ids that are, and that are not, one movement."""

    confirmed: frozenset[frozenset[str]]
    rejected: frozenset[frozenset[str]]
    linked: Mapping[frozenset[str], LinkKind]
    """Purchases with what came back of them, as a person said."""


def say_pair(connection: Connection, owner: str, change_id: str, pair: frozenset[str], verdict: str) -> None:
    """Keeps a word on two rows."""
    low, high = sorted(pair)
    values = {"low": low, "high": high, "verdict": verdict, "change_id": change_id}
    connection.execute(insert(pair_words).values(id=ids.new_id(), owner=owner, **values))


@standing("pair_words", "changes.undone_by")
def pairs(connection: Connection, owner: str) -> PairWords:
    """The newest word on every pair that has one."""
    query = select(pair_words).where(pair_words.c.owner == owner).order_by(pair_words.c.id)
    newest: dict[frozenset[str], str] = {}
    for row in changes.holding(connection, owner, connection.execute(query)):
        newest[frozenset((row.low, row.high))] = row.verdict
    return PairWords(
        confirmed=frozenset(pair for pair, verdict in newest.items() if verdict == "confirmed"),
        rejected=frozenset(pair for pair, verdict in newest.items() if verdict == "rejected"),
        linked={pair: _LINKS[verdict] for pair, verdict in newest.items() if verdict in _LINKS},
    )


def say_merchant(connection: Connection, owner: str, change_id: str, merchant_id: str, into_id: str, name: str) -> None:
    """Keeps what a merchant is called, and under which merchant its rows stand."""
    values = {"merchant_id": merchant_id, "into_id": into_id, "name": name, "change_id": change_id}
    connection.execute(insert(merchant_words).values(id=ids.new_id(), owner=owner, **values))


@standing("merchant_words", "changes.undone_by")
def merchants(connection: Connection, owner: str) -> dict[str, tuple[str, str]]:
    """Merchant as the categorizer finds it -> (merchant it stands under, its name)."""
    query = select(merchant_words).where(merchant_words.c.owner == owner).order_by(merchant_words.c.id)
    found: dict[str, tuple[str, str]] = {}
    for row in changes.holding(connection, owner, connection.execute(query)):
        # Whatever stood under this merchant moves with it.
        for known, (stands_under, _) in list(found.items()):
            if stands_under == row.merchant_id:
                found[known] = row.into_id, row.name
        found[row.merchant_id] = row.into_id, row.name
    return found
