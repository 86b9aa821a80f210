"""The household's rules."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from finapp.kernel import ids
from finapp.platform import codec
from finapp.transactions.public import NewRule, Rule, RuleActions, RuleNotFound
from finapp.transactions.tables import rules


def of_household(connection: Connection, owner: str) -> list[Rule]:
    """Every rule, in order."""
    query = select(rules).where(rules.c.owner == owner).order_by(rules.c.position, rules.c.id)
    return [_rule(row) for row in connection.execute(query)]


def one(connection: Connection, owner: str, rule_id: str) -> Rule:
    """A rule. Raises RuleNotFound."""
    row = connection.execute(select(rules).where(rules.c.owner == owner, rules.c.id == rule_id)).first()
    if row is None:
        raise RuleNotFound()
    return _rule(row)


def _rule(row: Any) -> Rule:
    return Rule(
        id=row.id,
        position=row.position,
        name=row.name,
        condition=row.condition,
        actions=codec.decode(row.actions, RuleActions),
        active=row.active,
        group=row.group,
        version=row.version,
    )


def add(connection: Connection, owner: str, person: str, new: NewRule, position: int) -> str:
    """A new rule; its id."""
    rule_id = ids.new_id()
    values: dict[str, Any] = {"name": new.name, "condition": new.condition, "active": new.active, "position": position}
    values["group"] = new.group
    actions = codec.encode(new.actions, RuleActions)
    connection.execute(
        insert(rules).values(id=rule_id, owner=owner, person=person, actions=actions, version=1, **values)
    )
    return rule_id


def change(connection: Connection, rule_id: str, **values: Any) -> None:
    """Sets fields of a rule and raises its version."""
    if "actions" in values:
        values["actions"] = codec.encode(values["actions"], RuleActions)
    if "group" in values:
        values["group"] = values["group"] or None
    connection.execute(update(rules).where(rules.c.id == rule_id).values(**values, version=rules.c.version + 1))


def place(connection: Connection, ordered: list[str]) -> None:
    """Numbers rules from 1 in this order."""
    for position, rule_id in enumerate(ordered, 1):
        query = update(rules).where(rules.c.id == rule_id, rules.c.position != position)
        connection.execute(query.values(position=position))


def remove(connection: Connection, rule_id: str) -> None:
    """Deletes a rule."""
    connection.execute(delete(rules).where(rules.c.id == rule_id))
