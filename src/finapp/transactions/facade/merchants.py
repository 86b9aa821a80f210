"""Merchants by the names the household gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.platform.addresses import percent_encoded
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain import categorizer
from finapp.transactions.domain.categorizer import Line
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.lookalikes import Known, Lookalike, lookalikes
from finapp.transactions.domain.merchants import brand_country, initials
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import edited, result
from finapp.transactions.facade.learning import country_of
from finapp.transactions.public import ChangeResult, Merchant, MerchantNotFound, MerchantPage
from finapp.transactions.public.categorization import MerchantOffer, MerchantOffers, OfferedMerchant
from finapp.transactions.store import merchants, rows, words

_OFFERED = 50
_WHY = {
    "longer": "{0} and {1} begin with the same words, in the same category",
    "cut": "one of {0} and {1} is the other cut short, in the same category",
    "spelled_alike": "{0} and {1} differ in a few letters, in the same category",
}


class Merchants(Base):
    """Payees below which spending is grouped."""

    def merchants(self, *, owner: str, limit: int, cursor: str | None) -> MerchantPage:
        """Merchants by what was spent there, the largest first."""
        after = from_cursor(cursor, int, str, str) if cursor is not None else None
        with self._database.read() as connection:
            found, more = merchants.page(connection, owner, limit, after)
            book = words.merchants(connection, owner)
        items = tuple(_described(each, book) for each in found)
        return MerchantPage(items=items, next_cursor=to_cursor(*more) if more is not None else None)

    def merchant_offers(self, *, owner: str) -> MerchantOffers:
        """Merchants that look like one under two spellings, with the evidence; at most fifty."""
        with self._database.read() as connection:
            totals = merchants.totals(connection, owner)
            facts = merchants.known(connection, owner, [one.id for one in totals])
            book = words.merchants(connection, owner)
        apart = frozenset(known for known, (into, _) in book.items() if known == into)
        known = [
            Known(
                id=one.id,
                name=facts[one.id].name,
                count=one.count,
                category_id=facts[one.id].category_id,
                currency=one.currency,
            )
            for one in totals
            if one.id in facts
        ]
        found = lookalikes(known, apart)[:_OFFERED]
        return MerchantOffers(items=tuple(_offer(pair, facts) for pair in found))

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

    def split_merchant(self, *, owner: str, person: str, merchant_id: str) -> ChangeResult:
        """Takes a merchant out of the one it was counted as, with its rows: those whose own text names it.

        One change, which can be taken back. Raises MerchantNotFound, Invalid when it is counted as itself.
        """
        household = self._auth.household(owner=owner)
        with self._database.write(owner) as unit:
            into, _ = words.merchants(unit.connection, owner).get(merchant_id, (None, ""))
            if into is None:
                if not rows.of_merchant(unit.connection, owner, merchant_id):
                    raise MerchantNotFound()
                raise Invalid("merchant_id", "is not counted as another merchant")
            if into == merchant_id:
                raise Invalid("merchant_id", "is not counted as another merchant")
            own = _named(rows.of_merchant(unit.connection, owner, into), merchant_id, country_of(household))
            name = own[0][1] if own else merchant_id
            changing = self._changing(unit, person, household.members)
            change_id = changing.start("merchant")
            words.say_merchant(unit.connection, owner, change_id, merchant_id, merchant_id, name)
            values = {"merchant_id": merchant_id, "merchant": name}
            made = changing.make(change_id, [edited(row, values) for row, _ in own])
            return result(made, change_id=change_id, matched=len(own), dry_run=False)


def _offer(pair: Lookalike, facts: Mapping[str, merchants.Facts]) -> MerchantOffer:
    return MerchantOffer(
        merchant=_offered(pair.merchant, facts[pair.merchant.id]),
        into=_offered(pair.into, facts[pair.into.id]),
        reason=pair.reason,
        similarity=Decimal(str(pair.similarity)),
        category_id=pair.merchant.category_id,
        why=_WHY[pair.reason].format(pair.merchant.name, pair.into.name),
    )


def _offered(known: Known, facts: merchants.Facts) -> OfferedMerchant:
    return OfferedMerchant(
        id=known.id,
        name=known.name,
        count=known.count,
        first_on=facts.first_on,
        last_on=facts.last_on,
        printed=facts.printed,
        transactions_query=f"/api/v1/transactions?merchant_id={percent_encoded(known.id)}",
    )


def _named(found: Sequence[LedgerRow], merchant_id: str, country: str | None) -> list[tuple[LedgerRow, str]]:
    """The rows whose text names a merchant by itself, each with the merchant's name as the text gives it."""
    lines = [Line(description=row.description, amount=from_minor(row.amount, row.currency)) for row in found]
    own = []
    for row, line in zip(found, lines, strict=True):
        said = categorizer.suggest([line], country=country, currency=row.currency)[0]
        if said.merchant_key == merchant_id:
            own.append((row, said.merchant))
    return own


def _described(found: Merchant, book: Mapping[str, tuple[str, str]]) -> Merchant:
    """A merchant with what is known of it besides its rows."""
    counted = (known for known, (into, _) in book.items() if into == found.id and known != found.id)
    return replace(found, initials=initials(found.name), country=brand_country(found.id), merged=tuple(sorted(counted)))
