"""Rules that a household's corrections speak for."""

from collections import Counter, defaultdict

from sqlalchemy import Connection

from finapp.platform.addresses import percent_encoded
from finapp.transactions.domain import categorizer, taxonomy
from finapp.transactions.domain.categorizer import Line
from finapp.transactions.facade.base import Base
from finapp.transactions.public import NewRule, RuleActions, RuleSuggestion, RuleSuggestions, TransactionFilter
from finapp.transactions.store import categories, corrections, listing, rules

_LEAST = 2
"""So many corrections of a merchant say the same, and none otherwise, before a rule is suggested."""
_MOST = 20


class Suggesting(Base):
    """Rules made of corrections."""

    def rule_suggestions(self, *, owner: str) -> RuleSuggestions:
        """Rules that the household's corrections speak for, and that it does not have."""
        with self._database.read() as connection:
            names = {category.id: category.name for category in categories.tree(connection, owner)}
            usable = names.keys() - {taxonomy.UNCATEGORIZED}
            known = {rule.condition for rule in rules.of_household(connection, owner)}
            found = [
                self._suggestion(connection, owner, merchant, way, category_id, count, names)
                for (merchant, way), (category_id, count) in _said(connection, owner).items()
                if category_id in usable and _condition(merchant, way) not in known
            ]
        found.sort(key=lambda each: (-each.corrections, -each.would_change, each.rule.name))
        return RuleSuggestions(items=tuple(found[:_MOST]))

    def _suggestion(
        self, connection: Connection, owner: str, merchant: str, way: str, category_id: str, count: int,
        names: dict[str, str],
    ) -> RuleSuggestion:  # fmt: skip
        condition = _condition(merchant, way)
        other = f"{condition} -is:decided -category:{category_id}"
        today = self._clock.today()
        totals = [
            sum(total for _, total in listing.outline(connection, owner, where, today))
            for where in (TransactionFilter(query=condition), TransactionFilter(query=other))
        ]
        actions = RuleActions(category_id=category_id)
        name = f"{merchant}: {names[category_id]}"[:200]
        return RuleSuggestion(
            rule=NewRule(name=name, condition=condition, actions=actions),
            corrections=count,
            rows=totals[0],
            would_change=totals[1],
            transactions_query="/api/v1/transactions?" + f"q={percent_encoded(other)}",
        )


def _condition(merchant: str, way: str) -> str:
    spelled = merchant.replace("\\", "\\\\").replace('"', '\\"')
    return f'merchant=="{spelled}" is:{way}'


def _said(connection: Connection, owner: str) -> dict[tuple[str, str], tuple[str, int]]:
    """Merchant and direction -> the category that all of its corrections say, and how many there are."""
    decided = corrections.of_household(connection, owner)
    lines = [Line(description=one.description, amount=one.amount) for one in decided]
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one, cold in zip(decided, categorizer.suggest(lines), strict=True):
        if cold.merchant:
            counts[cold.merchant, "in" if one.amount > 0 else "out"][one.category] += 1
    return {key: said.most_common(1)[0] for key, said in counts.items() if len(said) == 1 and said.total() >= _LEAST}
