"""Rules: kept in order, rehearsed, applied to what is there and to what imports bring."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.kernel.once import Once, require_version
from finapp.transactions.domain.categorizer.knowledge import merchant_key
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.rules import Shape, planned, shapes
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.bulk import MOST_ROWS
from finapp.transactions.facade.changing import Changing, Rehearsed, result
from finapp.transactions.facade.shaping import require_shape, steps_of
from finapp.transactions.public import (
    ChangeResult,
    InvalidQuery,
    NewRule,
    Rule,
    RuleActions,
    RuleChanges,
    RulePage,
    TransactionFilter,
)
from finapp.transactions.store import categories, listing, rules
from finapp.transactions.store import rows as ledger_rows

MOST_RULES = 500


class Rules(Base):
    """The household's rules."""

    def rules(self, *, owner: str, group: str | None = None) -> RulePage:
        """Every rule, or those of a group, in the order they run."""
        with self._database.read() as connection:
            found = rules.of_household(connection, owner)
        return RulePage(items=tuple(rule for rule in found if group in (None, rule.group)), next_cursor=None)

    def rule(self, *, owner: str, rule_id: str) -> Rule:
        """A rule. Raises RuleNotFound."""
        with self._database.read() as connection:
            return rules.one(connection, owner, rule_id)

    def create_rule(self, *, owner: str, person: str, new: NewRule, once: Once | None = None) -> Rule:
        """Adds a rule. Raises InvalidQuery, CategoryNotFound, Invalid."""
        with self._database.write(owner) as unit:

            def add() -> Rule:
                self._require_rule(unit.connection, owner, new.condition, new.actions)
                known = [rule.id for rule in rules.of_household(unit.connection, owner)]
                if len(known) >= MOST_RULES:
                    raise Invalid("rules", f"there are {MOST_RULES} already")
                with self._changing(unit, person, ()).keeping("rule", rules={}):
                    rule_id = rules.add(unit.connection, owner, person, new, len(known) + 1)
                    at = len(known) if new.position is None else max(new.position - 1, 0)
                    known.insert(at, rule_id)
                    rules.place(unit.connection, known)
                return rules.one(unit.connection, owner, rule_id)

            return unit.once(once, Rule, add)

    def change_rule(
        self, *, owner: str, person: str, rule_id: str, changes: RuleChanges, expected: int | None = None
    ) -> Rule:
        """Changes a rule, or moves it. Raises RuleNotFound, InvalidQuery, CategoryNotFound, PreconditionFailed."""
        with self._database.write(owner) as unit:
            before = rules.one(unit.connection, owner, rule_id)
            require_version(expected, before.version)
            after = replace(before, **{name: value for name, value in vars(changes).items() if value is not None})
            self._require_rule(unit.connection, owner, after.condition, after.actions)
            values = {name: getattr(after, name) for name in ("name", "condition", "actions", "active", "group")}
            with self._changing(unit, person, ()).keeping("rule", rules={}):
                rules.change(unit.connection, rule_id, **values)
                if changes.position is not None:
                    others = [rule.id for rule in rules.of_household(unit.connection, owner) if rule.id != rule_id]
                    others.insert(max(changes.position - 1, 0), rule_id)
                    rules.place(unit.connection, others)
            return rules.one(unit.connection, owner, rule_id)

    def delete_rule(self, *, owner: str, person: str, rule_id: str) -> None:
        """Deletes a rule; what it did to rows stays. Raises RuleNotFound."""
        with self._database.write(owner) as unit:
            rules.one(unit.connection, owner, rule_id)
            with self._changing(unit, person, ()).keeping("rule", rules={}):
                rules.remove(unit.connection, rule_id)
                rules.place(unit.connection, [rule.id for rule in rules.of_household(unit.connection, owner)])

    def apply_rules(self, *, owner: str, person: str, group: str | None, dry_run: bool) -> ChangeResult:
        """Runs every active rule, or those of a group, in order over all rows, as one change.

        A dry run answers field by field what would differ.
        """
        return self._run_rules(owner, person, dry_run, lambda connection: self._runnable(connection, owner, group))

    def apply_rule(self, *, owner: str, person: str, rule_id: str, dry_run: bool) -> ChangeResult:
        """Applies one rule to every row it finds, as one change. A dry run answers field by field what would differ.

        Raises RuleNotFound, InvalidQuery when an account or category it names is gone.
        """
        return self._run_rules(owner, person, dry_run, lambda connection: [rules.one(connection, owner, rule_id)])

    def _run_rules(
        self, owner: str, person: str, dry_run: bool, which: Callable[[Connection], Sequence[Rule]]
    ) -> ChangeResult:
        holders = self._holders(owner)
        today = self._clock.today()
        try:
            with self._database.write(owner) as unit:
                ordered = which(unit.connection)
                found, plan = plan_of(unit.connection, owner, ordered, TransactionFilter(), today)
                shaped = shape_of(unit.connection, owner, ordered, TransactionFilter(), today)
                changing = self._changing(unit, person, holders)
                change_id = changing.start("rules")
                made = changing.make(change_id, steps_of(changing, change_id, found, plan, shaped))
                done = result(made, change_id=change_id, matched=len(found), dry_run=dry_run)
                if dry_run or not made:
                    raise Rehearsed(replace(done, change_id=None))
                return done
        except Rehearsed as rehearsed:
            return rehearsed.result

    def _runnable(self, connection: Connection, owner: str, group: str | None) -> list[Rule]:
        """The active rules of a group, in order, whose condition still makes sense."""
        active = [rule for rule in rules.of_household(connection, owner) if rule.active and group in (None, rule.group)]
        return [rule for rule in active if can_run(connection, owner, rule, self._clock.today())]

    def _require_rule(self, connection: Connection, owner: str, condition: str, actions: RuleActions) -> None:
        if not condition.strip():
            raise Invalid("condition", "is empty: a rule says which rows it is for")
        try:
            wanted = listing.found(connection, owner, TransactionFilter(query=condition), self._clock.today())
        except InvalidQuery as refusal:
            raise refusal.of("condition") from None
        if wanted.asks_nothing:
            raise Invalid("condition", "asks nothing of a row: a rule says which rows it is for")
        if actions.category_id is not None:
            categories.one(connection, owner, actions.category_id)
        require_shape(connection, owner, actions)
        if actions == RuleActions():
            raise Invalid("actions", "say what the rule does")


def plan_of(
    connection: Connection, owner: str, ordered: Sequence[Rule], within: TransactionFilter, today: date
) -> tuple[list[LedgerRow], dict[str, dict[str, Any]]]:
    """The rows of a filter that rules find, and the fields that the rules set by row id."""
    found: dict[str, list[LedgerRow]] = {}
    for rule in ordered:
        wanted = listing.found(connection, owner, replace(within, query=rule.condition), today)
        found[rule.id] = listing.every(connection, wanted, MOST_ROWS + 1)
        if len(found[rule.id]) > MOST_ROWS:
            raise Invalid("condition", f"finds more than {MOST_ROWS} rows; narrow it")
    leaves = {category.id: category.code for category in categories.tree(connection, owner)}
    names = {rule.actions.merchant for rule in ordered if rule.actions.merchant is not None}
    # A category that is gone is no reason to lose an import: its rules do the rest.
    usable = [rule if rule.actions.category_id in (None, *leaves) else _without_category(rule) for rule in ordered]
    plan = planned(usable, found, leaves, {name: merchant_key(name) for name in names})
    return list({row.id: row for rows in found.values() for row in rows}.values()), plan


def shape_of(
    connection: Connection, owner: str, ordered: Sequence[Rule], within: TransactionFilter, today: date
) -> dict[str, Shape]:
    """How rules split and link the rows of a filter, by row id."""
    if not any(_shapes(rule) for rule in ordered):
        return {}
    found = {
        rule.id: listing.every(
            connection, listing.found(connection, owner, replace(within, query=rule.condition), today), MOST_ROWS
        )
        for rule in ordered
        if _shapes(rule) or rule.actions.stop
    }
    return shapes(ordered, found)


def shape_arrived(changing: Changing, within: TransactionFilter, today: date) -> None:
    """Splits and links the rows of a filter, which have just come in, as the household's active rules say."""
    connection, owner = changing.ledger.connection, changing.ledger.owner
    active = [rule for rule in rules.of_household(connection, owner) if rule.active]
    usable = [rule for rule in active if can_run(connection, owner, rule, today)]
    made = shape_of(connection, owner, usable, within, today)
    if made:
        change_id = changing.start("rules")
        found = ledger_rows.by_ids(connection, owner, sorted(made))
        changing.make(change_id, steps_of(changing, change_id, found, {}, made))


def _shapes(rule: Rule) -> bool:
    return bool(rule.actions.split) or rule.actions.link_account_id is not None


def can_run(connection: Connection, owner: str, rule: Rule, today: date) -> bool:
    """Whether the condition still makes sense: an account or category it names may be gone."""
    try:
        listing.found(connection, owner, TransactionFilter(query=rule.condition), today)
    except InvalidQuery:
        return False
    return True


def _without_category(rule: Rule) -> Rule:
    return replace(rule, actions=replace(rule.actions, category_id=None))
