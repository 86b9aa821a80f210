"""What the rules of a household do to rows: pure, in the order of the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.public import Rule, SplitShare


@dataclass(kw_only=True)
class _Plan:
    values: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    stopped: bool = False


def planned(
    rules: Sequence[Rule],
    found: Mapping[str, Sequence[LedgerRow]],
    categories: Mapping[str, str],
    merchant_ids: Mapping[str, str],
) -> dict[str, dict[str, Any]]:
    """Row id -> the fields that the rules set; rows that stay as they are are left out.

    `found` holds the rows that each rule's condition finds, by rule id, all as they were before any rule ran;
    `categories` the leaf of each category id, `merchant_ids` the id of each merchant name. The first rule that sets a
    field wins, tags add up, and a rule that stops keeps later ones off its rows. What a person decided stays.
    """
    plans: dict[str, _Plan] = {}
    rows: dict[str, LedgerRow] = {}
    for rule in rules:
        for row in found.get(rule.id, ()):
            rows[row.id] = row
            plan = plans.setdefault(row.id, _Plan())
            if not plan.stopped:
                _apply(rule, row, plan, categories, merchant_ids)
    changed = {row_id: _values(plan, rows[row_id]) for row_id, plan in plans.items()}
    return {row_id: values for row_id, values in changed.items() if values}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What rules make of a row besides its fields."""

    split: tuple[SplitShare, ...] = ()
    link_account_id: str | None = None


def shapes(rules: Sequence[Rule], found: Mapping[str, Sequence[LedgerRow]]) -> dict[str, Shape]:
    """Row id -> how rules split and link it, with the first rule that says so, until one stops. `found` as above."""
    made: dict[str, Shape] = {}
    stopped: set[str] = set()
    for rule in rules:
        for row in found.get(rule.id, ()):
            if row.id in stopped:
                continue
            before = made.get(row.id, Shape())
            split = () if row.split_of is not None else before.split or rule.actions.split
            link = before.link_account_id or (None if row.transfer_id else rule.actions.link_account_id)
            made[row.id] = Shape(split=split, link_account_id=link)
            if rule.actions.stop:
                stopped.add(row.id)
    return {row_id: shape for row_id, shape in made.items() if shape != Shape()}


def _apply(
    rule: Rule, row: LedgerRow, plan: _Plan, categories: Mapping[str, str], merchant_ids: Mapping[str, str]
) -> None:
    actions = rule.actions
    if actions.category_id is not None and "category_id" not in plan.values and not row.decided:
        leaf = categories[actions.category_id]
        plan.values |= {"category_id": actions.category_id, "category": leaf, "decided": True}
    if actions.merchant is not None and "merchant" not in plan.values:
        plan.values |= {"merchant": actions.merchant, "merchant_id": merchant_ids[actions.merchant]}
    if actions.note is not None and "note" not in plan.values and not row.note:
        plan.values["note"] = actions.note
    plan.values |= {name: True for name, wanted in (("marked", actions.mark), ("hidden", actions.hide)) if wanted}
    plan.tags = (*plan.tags, *actions.tags)
    plan.stopped = actions.stop


def _values(plan: _Plan, row: LedgerRow) -> dict[str, Any]:
    values = {**plan.values, "tags": tuple(dict.fromkeys((*row.tags, *plan.tags)))}
    return {name: value for name, value in values.items() if getattr(row, name) != value}
