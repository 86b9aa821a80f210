"""Categories."""

from finapp.kernel.once import Once, require_version
from finapp.transactions.domain import taxonomy
from finapp.transactions.facade.base import Base
from finapp.transactions.public import (
    BuiltInCategory,
    Category,
    CategoryChanges,
    CategoryInUse,
    CategoryNotFound,
    CategoryPage,
    NewCategory,
)
from finapp.transactions.store import categories, rows


class Categories(Base):
    """The tree."""

    def categories(self, *, owner: str) -> CategoryPage:
        """The whole tree, parents first."""
        return CategoryPage(items=self._database.settled(categories.tree, owner), next_cursor=None)

    def create_category(self, *, owner: str, person: str, new: NewCategory, once: Once | None = None) -> Category:
        """A category of the household's own. Raises CategoryNotFound for the parent."""
        with self._database.write(owner) as unit:

            def add() -> Category:
                parent = categories.one(unit.connection, owner, new.parent_id)
                if parent.code not in taxonomy.BY_CODE:
                    raise CategoryNotFound("a category of your own stands below a leaf, not below a heading")
                with self._changing(unit, person, ()).keeping("category", categories={}):
                    return categories.add(unit.connection, owner, person, new, parent.code)

            return unit.once(once, Category, add)

    def change_category(
        self, *, owner: str, person: str, category_id: str, changes: CategoryChanges, expected: int | None = None
    ) -> Category:
        """Changes a category; a changed need is applied to its rows. Raises CategoryNotFound, BuiltInCategory."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            before = categories.one(unit.connection, owner, category_id)
            require_version(expected, before.version)
            changing = self._changing(unit, person, holders)
            with changing.keeping("category", **_kept_of(before)):
                if before.id != before.code:
                    values = {name: value for name, value in vars(changes).items() if value is not None}
                    categories.change(unit.connection, owner, category_id, values)
                elif changes.name is not None or before.need is None:
                    raise BuiltInCategory("only the need of a built-in spending category can be changed")
                elif changes.need is not None:
                    categories.set_need(unit.connection, owner, before.code, changes.need)
            if changes.need is not None:
                affected = rows.of_leaf(unit.connection, owner, before.code)
                changing.ledger.settle(new=affected, gone=affected)
            return categories.one(unit.connection, owner, category_id)

    def delete_category(self, *, owner: str, person: str, category_id: str) -> None:
        """Deletes an unused category of the household's own. Raises CategoryNotFound, CategoryInUse."""
        with self._database.write(owner) as unit:
            before = categories.one(unit.connection, owner, category_id)
            if before.id == before.code:
                raise BuiltInCategory()
            if categories.is_used(unit.connection, owner, category_id):
                raise CategoryInUse("move its rows and children first")
            with self._changing(unit, person, ()).keeping("category", **_kept_of(before)):
                categories.remove(unit.connection, owner, category_id)


def _kept_of(category: Category) -> dict[str, dict[str, str]]:
    """Where the household keeps what it says of a category."""
    if category.id != category.code:
        return {"categories": {"id": category.id}}
    return {"category_needs": {"leaf": category.code}}
