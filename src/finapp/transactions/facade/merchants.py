"""Merchants by the names the household gives them."""

from finapp.kernel.errors import Invalid
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import edited, result
from finapp.transactions.public import ChangeResult, MerchantNotFound, MerchantPage
from finapp.transactions.store import merchants, rows, words


class Merchants(Base):
    """Payees below which spending is grouped."""

    def merchants(self, *, owner: str, limit: int, cursor: str | None) -> MerchantPage:
        """Merchants by what was spent there, the largest first."""
        after = from_cursor(cursor, int, str, str) if cursor is not None else None
        with self._database.read() as connection:
            found, more = merchants.page(connection, owner, limit, after)
        return MerchantPage(items=tuple(found), next_cursor=to_cursor(*more) if more is not None else None)

    def rename_merchant(
        self, *, owner: str, person: str, merchant_id: str, name: str | None, into_id: str | None
    ) -> ChangeResult:
        """Gives a merchant another name, or counts it as another merchant: all its rows, and those to come.

        One change, which can be taken back. Raises MerchantNotFound, Invalid.
        """
        if (name is None) == (into_id is None) or into_id == merchant_id:
            raise Invalid("name", "give either a name, or another merchant to merge into")
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            found = rows.of_merchant(unit.connection, owner, merchant_id)
            if not found:
                raise MerchantNotFound()
            if into_id is not None:
                name = rows.merchant_name(unit.connection, owner, into_id)
                if name is None:
                    raise MerchantNotFound("there is no merchant to merge into")
            changing = self._changing(unit, person, holders)
            change_id = changing.start("merchant")
            values = {"merchant_id": into_id or merchant_id, "merchant": name}
            words.say_merchant(unit.connection, owner, change_id, merchant_id, into_id or merchant_id, str(name))
            made = changing.make(change_id, [edited(row, values) for row in found])
            return result(made, change_id=change_id, matched=len(found), dry_run=False)
