"""What decides categories, how right it proved, and what a household has taught it."""

from collections import Counter
from decimal import Decimal

from finapp import __version__
from finapp.transactions.domain import categorizer, taxonomy
from finapp.transactions.domain.categorizer import calibration, knowledge
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.learning import country_of, learned
from finapp.transactions.public import CategorizationModel, OpenSet
from finapp.transactions.store import rules

_LAYERS = (
    "a person's decision",
    "rules",
    "memory of corrections: payee, merchant, told apart by amount",
    "pairs of own accounts",
    "merchant category code",
    "brands, wording and words of the country",
    "linear model with the household's own shift",
)


class Knowing(Base):
    """The categorizer's own account of itself."""

    def categorization_model(self, *, owner: str) -> CategorizationModel:
        """What decides categories, how right it proved, and what this household has taught it."""
        country = country_of(self._auth.household(owner=owner))
        with self._database.read() as connection:
            taught = learned(connection, owner, country)
            active = [rule for rule in rules.of_household(connection, owner) if rule.active]
        known, record = knowledge.shipped(), calibration.record()
        by_category = Counter(correction.category for correction in taught.corrections)
        return CategorizationModel(
            release=__version__,
            knowledge_version=known.version,
            names=len(known),
            model_version=record.model_version,
            classes=taxonomy.LEAF_CODES,
            layers=_LAYERS,
            categories=len(taxonomy.BY_CODE),
            applies=Decimal(str(categorizer.APPLIES)),
            suggests=Decimal(str(categorizer.SUGGESTS)),
            evaluation=tuple(
                OpenSet(name=one.name, rows=one.rows, first_sight=Decimal(str(one.first_sight))) for one in record.sets
            ),
            first_sight_rows=record.rows,
            first_sight_right=record.right,
            corrections=len(taught.corrections),
            newest_correction=max((one.on for one in taught.corrections), default=None),
            learned_merchants=sum(memory.kind == "merchant" for memory in taught.memories),
            learned_categories=dict(sorted(by_category.items())),
            rules=len(active),
        )
