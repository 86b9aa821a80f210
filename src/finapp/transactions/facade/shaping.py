"""What rules do to rows besides setting fields: rows split into shares, and paired with rows of another account."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.money import allocate
from finapp.transactions.domain.abroad import Abroad, shared
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.domain.movement.scoring import WINDOW
from finapp.transactions.domain.rules import Shape
from finapp.transactions.facade.changing import Changing, edited
from finapp.transactions.public import RuleActions
from finapp.transactions.store import accounts, categories, links, words


def steps_of(
    changing: Changing,
    change_id: str,
    found: Sequence[LedgerRow],
    plan: Mapping[str, Mapping[str, object]],
    shapes: Mapping[str, Shape],
) -> list[Step]:
    """What rules do to rows: set fields, and pair or split them. A row that is linked is not split as well."""
    connection, owner = changing.ledger.connection, changing.ledger.owner
    steps: dict[str, Step] = {}
    for row in found:
        values, shape = plan.get(row.id, {}), shapes.get(row.id, Shape())
        other = _other_side(connection, owner, row, shape.link_account_id)
        if other is not None and other.id not in steps:
            words.say_pair(connection, owner, change_id, frozenset((row.id, other.id)), "confirmed")
            steps[other.id] = edited(other, plan.get(other.id, {}))
            steps[row.id] = edited(row, values)
        elif shape.split and row.split_of is None and row.id not in steps:
            steps |= {step.transaction_id: step for step in _split(connection, owner, row, values, shape)}
        elif values and row.id not in steps:
            steps[row.id] = edited(row, values)
    return list(steps.values())


def _split(
    connection: Connection, owner: str, row: LedgerRow, values: Mapping[str, object], shape: Shape
) -> list[Step]:
    leaves = {category.id: category.code for category in categories.tree(connection, owner)}
    amounts = allocate(row.amount, [part.share for part in shape.split])
    if 0 in amounts:
        return [edited(row, values)] if values else []
    after = edited(row, values).after
    row_after = row if after is None else after.row
    whole = Placed(place="split", row=row_after)
    steps = [Step(transaction_id=row.id, before=Placed(place="ledger", row=row), after=whole)]
    foreign = Abroad(amount=row.original_amount, currency=row.original_currency, rate=row.rate)
    for part, amount, paid in zip(shape.split, amounts, shared(foreign, amounts), strict=True):
        lone: dict[str, Any] = {"bank_id": None, "balance_after": None, "transfer_id": None, **paid.columns()}
        fresh = replace(row_after, id=ids.new_id(), split_of=row.id, amount=amount, version=1, **lone)
        if part.category_id in leaves:
            code = leaves[part.category_id]
            fresh = replace(fresh, category_id=part.category_id, category=code, decided=True)
        fresh = replace(fresh, note=part.note or row_after.note)
        steps.append(Step(transaction_id=fresh.id, before=None, after=Placed(place="ledger", row=fresh)))
    return steps


def _other_side(connection: Connection, owner: str, row: LedgerRow, account_id: str | None) -> LedgerRow | None:
    """The only row of an account that can be the other side of a row."""
    if account_id is None or account_id == row.account_id:
        return None
    found = links.opposite(connection, owner, row, account_id, WINDOW)
    return found[0] if len(found) == 1 else None


def require_shape(connection: Connection, owner: str, actions: RuleActions) -> None:
    """Raises Invalid for shares that do not sum to 1, AccountNotFound, CategoryNotFound."""
    if actions.split:
        if len(actions.split) < 2:
            raise Invalid("actions.split", "a split has at least two parts")
        if sum((part.share for part in actions.split), Decimal(0)) != 1:
            raise Invalid("actions.split", "the shares sum to 1")
        for part in actions.split:
            if part.category_id is not None:
                categories.one(connection, owner, part.category_id)
    if actions.link_account_id is not None:
        accounts.one(connection, owner, actions.link_account_id)
