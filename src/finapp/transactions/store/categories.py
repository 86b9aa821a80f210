"""The category tree: built-in leaves, their needs in this household, and its own categories below them."""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from finapp.kernel import ids
from finapp.platform.columns import Id
from finapp.platform.database import insert_into
from finapp.platform.prepared import Query
from finapp.platform.standing import standing
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.ledger import OwnCategory
from finapp.transactions.public import Category, CategoryNotFound, NewCategory
from finapp.transactions.tables import categories, category_needs, monthly_sums, transactions

_KEPT = ("categories", "category_needs")
_OF: Any = bindparam("of", None, type_=Id())
_OWN = Query(select(categories).where(categories.c.owner == _OF).order_by(categories.c.id))
_NEEDS = Query(select(category_needs.c.leaf, category_needs.c.need).where(category_needs.c.owner == _OF))


@standing(*_KEPT)
def tree(connection: Connection, owner: str) -> tuple[Category, ...]:
    """Groups, leaves and own categories, parents first."""
    needs = _needs(connection, owner)
    built_in = [
        Category(id=group.code, code=group.code, name=group.name, parent_id=None, kind=group.kind, need=None, version=1)
        for group in taxonomy.GROUPS
    ]
    built_in += [_leaf(code, needs) for code in taxonomy.BY_CODE]
    unknown = taxonomy.UNCATEGORIZED
    built_in.append(
        Category(
            id=unknown,
            code=unknown,
            name="Uncategorized",
            parent_id=None,
            kind="expense",
            need="discretionary",
            version=1,
        )
    )
    by_id = {category.id: category for category in built_in}
    for row in _OWN.rows(connection, of=owner):
        leaf = by_id[row.leaf]
        by_id[row.id] = Category(
            id=row.id,
            code=row.leaf,
            name=row.name,
            parent_id=row.parent_id,
            kind=leaf.kind,
            need=row.need or leaf.need,
            version=row.version,
        )
    return tuple(by_id.values())


def one(connection: Connection, owner: str, category_id: str) -> Category:
    """A category. Raises CategoryNotFound."""
    for category in tree(connection, owner):
        if category.id == category_id:
            return category
    raise CategoryNotFound()


@standing(*_KEPT)
def own(connection: Connection, owner: str) -> dict[str, OwnCategory]:
    """Category id -> leaf and need, for own categories and for leaves whose need the household changed."""
    found = {leaf: OwnCategory(leaf=leaf, need=need) for leaf, need in _needs(connection, owner).items()}
    for row in _OWN.rows(connection, of=owner):
        need = row.need or (found[row.leaf].need if row.leaf in found else None)
        found[row.id] = OwnCategory(leaf=row.leaf, need=need)
    return found


@standing(*_KEPT)
def leaves(connection: Connection, owner: str) -> dict[str, str]:
    """Own category id -> its leaf."""
    return {row.id: row.leaf for row in _OWN.rows(connection, of=owner)}


def add(connection: Connection, owner: str, person: str, new: NewCategory, leaf: str) -> Category:
    """A category of the household's own."""
    category_id = ids.new_id()
    values = {"parent_id": new.parent_id, "leaf": leaf, "name": new.name, "need": new.need, "person": person}
    connection.execute(insert(categories).values(id=category_id, owner=owner, version=1, **values))
    return one(connection, owner, category_id)


def change(connection: Connection, owner: str, category_id: str, values: dict[str, Any]) -> None:
    """Sets columns of an own category and raises its version."""
    query = update(categories).where(categories.c.owner == owner, categories.c.id == category_id)
    connection.execute(query.values(**values, version=categories.c.version + 1))


def set_need(connection: Connection, owner: str, leaf: str, need: str) -> None:
    """Sets the need of a built-in leaf for this household."""
    statement = insert_into(connection, category_needs).values(owner=owner, leaf=leaf, need=need)
    keys = [category_needs.c.owner, category_needs.c.leaf]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"need": need}))


def is_used(connection: Connection, owner: str, category_id: str) -> bool:
    """Whether rows or children carry the category."""
    in_rows = select(monthly_sums.c.period).where(monthly_sums.c.owner == owner)
    in_rows = in_rows.where(monthly_sums.c.category_id == category_id).limit(1)
    suggested = select(transactions.c.id).where(transactions.c.owner == owner)
    suggested = suggested.where(transactions.c.suggested == category_id).limit(1)
    children = select(categories.c.id).where(categories.c.owner == owner, categories.c.parent_id == category_id)
    return any(connection.execute(query).first() is not None for query in (in_rows, children.limit(1), suggested))


def remove(connection: Connection, owner: str, category_id: str) -> None:
    """Deletes an own category."""
    connection.execute(delete(categories).where(categories.c.owner == owner, categories.c.id == category_id))


def _needs(connection: Connection, owner: str) -> dict[str, Any]:
    return {row.leaf: row.need for row in _NEEDS.rows(connection, of=owner)}


def _leaf(code: str, needs: dict[str, Any]) -> Category:
    leaf = taxonomy.BY_CODE[code]
    need = needs.get(code, leaf.need)
    return Category(id=code, code=code, name=leaf.name, parent_id=leaf.group, kind=leaf.kind, need=need, version=1)


def below(tree: tuple[Category, ...], category_id: str) -> list[str]:
    """A category and everything below it. Raises CategoryNotFound."""
    if all(category.id != category_id for category in tree):
        raise CategoryNotFound()
    return sorted(with_children(tree, {category_id}))


def with_children(tree: tuple[Any, ...], ids: set[str]) -> set[str]:
    """The categories and everything below them."""
    below = set(ids)
    # Parents come before children, so one pass finds the whole branch.
    for category in tree:
        if category.parent_id in below:
            below.add(category.id)
    return below
