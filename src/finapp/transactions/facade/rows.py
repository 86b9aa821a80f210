"""Rows of the ledger, one by one and in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, to_minor
from finapp.kernel.once import Once, require_version
from finapp.platform.memory import Latest
from finapp.transactions.domain import categorizer, taxonomy
from finapp.transactions.domain.abroad import Abroad, abroad
from finapp.transactions.domain.categorizer import Line
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.domain.movement import OwnAccount
from finapp.transactions.facade.alerting import raise_alerts
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import NO_FIGURE, edited
from finapp.transactions.facade.fields import changed_values, values_of
from finapp.transactions.facade.learning import country_of, learned
from finapp.transactions.facade.wholes import keep_files, whole_of
from finapp.transactions.public import (
    Account,
    AlreadySplit,
    Candidate,
    MonthCount,
    NewTransaction,
    Outline,
    Suggestion,
    Transaction,
    TransactionChanges,
    TransactionFilter,
    TransactionPage,
    UnlabelledRow,
)
from finapp.transactions.store import aside, categories, corrections, listing, own_accounts, rows, words
from finapp.transactions.store.pages import Pages

_FEW_ROWS = 100


class Rows(Base):
    """Rows, and what the categorizer says of them."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._pages = Pages(self._database)
        self._suggestions = Latest[tuple[Suggestion, ...]]()

    def transactions(self, *, owner: str, where: TransactionFilter, limit: int, cursor: str | None) -> TransactionPage:
        """Rows that a filter finds, newest first unless it says otherwise. Raises Invalid for a foreign cursor."""
        with self._database.read() as connection:
            wanted = listing.found(connection, owner, where, self._clock.today())
            found, more = listing.page(connection, wanted, limit, cursor)
        return TransactionPage(items=tuple(rows.shown(row) for row in found), next_cursor=more)

    def transactions_as_json(self, *, owner: str, where: TransactionFilter, limit: int, cursor: str | None) -> str:
        """The JSON of `transactions`, to the byte, written without building its rows."""
        return self._pages.page(owner, where, self._clock.today(), limit, cursor)

    def outline(self, *, owner: str, where: TransactionFilter) -> Outline:
        """How many rows of a filter each month has, newest month first."""
        if where == TransactionFilter(account_id=where.account_id, order=where.order):
            self._pages.require_account(owner, where.account_id)
            covered = list(self._covered.now(owner, where.account_id).items())
            found = [(month, count) for month, (_, _, count) in reversed(covered)]
        else:
            found = self._pages.by_month(owner, where, self._clock.today())
        months = tuple(MonthCount(month=month, count=count) for month, count in found)
        return Outline(months=months, total=sum(month.count for month in months))

    def transaction(self, *, owner: str, transaction_id: str) -> Transaction:
        """A row. Raises TransactionNotFound."""
        with self._database.read() as connection:
            return seen(connection, owner, transaction_id)

    def create_transaction(
        self, *, owner: str, person: str, new: NewTransaction, once: Once | None = None
    ) -> Transaction:
        """Enters a row. Raises AccountNotFound, CategoryNotFound, Invalid."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:

            def enter() -> Transaction:
                row = self._entered(unit.connection, owner, person, new)
                changing = self._changing(unit, person, holders)
                step = Step(transaction_id=row.id, before=None, after=Placed(place="ledger", row=row))
                made = changing.make(changing.start("created"), [step])
                new_row = TransactionFilter(query=f"id:{row.id}")
                raise_alerts(unit, new_row, self._clock.now(), self._clock.today())
                return shown(made)

            return unit.once(once, Transaction, enter)

    def change_transaction(
        self, *, owner: str, person: str, transaction_id: str, changes: TransactionChanges, expected: int | None = None
    ) -> Transaction:
        """Changes a row; what a person sets is never changed by the product again. What it is already is no change."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            before = whole(unit.connection, owner, transaction_id)
            require_version(expected, before.version)
            values = changed_values(before, changes, values_of(unit.connection, owner, changes))
            if not (changes.category_id or changes.forget or _differs(before, values)):
                return seen(unit.connection, owner, transaction_id)
            changing = self._changing(unit, person, holders)
            change_id = changing.start("changed")
            if "category_id" in changes.forget:
                corrections.take_back(unit.connection, owner, person, before, self._clock.today(), change_id)
                values |= _said_anew(unit.connection, owner, before, str(values.get("description", before.description)))
            if changes.category_id is not None:
                said = changes.category_id
                corrections.add(unit.connection, owner, person, before, said, self._clock.today(), change_id)
            step = edited(before, values)
            if values and NO_FIGURE.issuperset(values):
                return shown(changing.tell(change_id, step, values))
            return shown(changing.make(change_id, [step]))

    def delete_transaction(self, *, owner: str, person: str, transaction_id: str, expected: int | None = None) -> None:
        """Moves a row to the bin, a split one with its parts; taken back, it has them again.

        Raises TransactionNotFound, AlreadySplit for a part, PreconditionFailed.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            of_part = "a part goes with its whole: delete that, or give it other parts"
            whole = whole_of(unit.connection, owner, transaction_id, of_part=of_part)
            require_version(expected, whole.row.version)
            changing = self._changing(unit, person, holders)
            change_id = changing.start("deleted")
            changing.make(change_id, whole.to_bin())
            if whole.parts:
                changing.note(change_id, keep_files(unit.connection, owner, whole.parts, transaction_id))

    def suggest(
        self, *, owner: str, country: str | None, currency: str | None, rows: tuple[UnlabelledRow, ...]
    ) -> tuple[Suggestion, ...]:
        """What the categorizer says of rows, without storing them; one suggestion a row, in order.

        Without country and currency those of the household are meant.
        """
        household = self._auth.household(owner=owner)
        if country is None and currency in (None, household.currency):
            country, currency = country_of(household), household.currency
        known = self._database.settled(learned, owner, country)
        if len(rows) > _FEW_ROWS:
            return _suggested(rows, country, currency, known)
        # The same few are asked for after every write, by whoever draws on them.
        key = (owner, country, currency, rows)
        return self._suggestions.answer(key, known, lambda: _suggested(rows, country, currency, known))

    def _entered(self, connection: Connection, owner: str, person: str, new: NewTransaction) -> LedgerRow:
        account = own_accounts.one(connection, owner, new.account_id)
        amount = to_minor(new.amount, account.currency)
        if amount == 0:
            raise Invalid("amount", "is zero: nothing was paid")
        line = Line(description=new.description, amount=new.amount)
        said = categorizer.suggest([line], currency=account.currency, learned=learned(connection, owner))[0]
        said = in_book(said, words.merchants(connection, owner))
        given = {"date": new.date, "ordinal": 0, "tags": new.tags, "note": new.note, "status": new.status}
        foreign = Abroad(amount=new.original_amount, currency=new.original_currency, rate=new.rate)
        paid = abroad(foreign, amount=amount, currency=account.currency)
        row = undecided(account, person, said, line, **given, **paid.columns())
        if new.category_id is None:
            return row
        category = categories.one(connection, owner, new.category_id)
        return replace(row, category_id=category.id, category=category.code, decided=True)


def shown(steps: Sequence[Step]) -> Transaction:
    """The one row that steps made or changed, as the others see it."""
    return next(rows.shown(step.after.row) for step in steps if step.after is not None)


def seen(connection: Connection, owner: str, transaction_id: str) -> Transaction:
    """A row as the others see it; a split one with the ids of its parts. Raises TransactionNotFound."""
    found = rows.by_ids(connection, owner, [transaction_id])
    if found:
        return rows.shown(found[0])
    split = aside.one(connection, owner, transaction_id, "split")
    return rows.shown(split, [part.id for part in rows.parts_of(connection, owner, transaction_id)])


def whole(connection: Connection, owner: str, transaction_id: str) -> LedgerRow:
    """A row that is counted itself. Raises TransactionNotFound, AlreadySplit for one whose parts are counted."""
    found = rows.by_ids(connection, owner, [transaction_id])
    if not found:
        aside.one(connection, owner, transaction_id, "split")
        raise AlreadySplit("the row is split: change its parts, or merge them first")
    return found[0]


def _differs(before: LedgerRow, values: Mapping[str, Any]) -> bool:
    return any(getattr(before, name) != value for name, value in values.items())


def _said_anew(connection: Connection, owner: str, before: LedgerRow, description: str) -> dict[str, Any]:
    """What the categorizer says of a row by itself, once the household's word on it is taken back."""
    line = Line(description=description, amount=from_minor(before.amount, before.currency))
    said = categorizer.suggest([line], currency=before.currency, learned=learned(connection, owner))[0]
    return {**categorized(said), "decided": False}


def in_book(said: categorizer.Suggestion, book: Mapping[str, tuple[str, str]]) -> categorizer.Suggestion:
    """The suggestion with the merchant as the household calls it."""
    known = book.get(said.merchant_key)
    return said if known is None else replace(said, merchant_key=known[0], merchant=known[1])


def undecided(
    account: Account | OwnAccount, person: str, said: categorizer.Suggestion, shown: Line, **values: Any
) -> LedgerRow:
    """A row with what the categorizer said of it, before money movement has decided."""
    return LedgerRow(
        id=ids.new_id(),
        account_id=account.id,
        amount=to_minor(shown.amount, account.currency),
        currency=account.currency,
        description=shown.description,
        merchant_id=said.merchant_key,
        merchant=said.merchant,
        **categorized(said),
        decided=False,
        flow_decided=False,
        flow="",
        need="",
        transfer_id=None,
        reason="",
        asks=False,
        person=person,
        **values,
    )


def categorized(said: categorizer.Suggestion) -> dict[str, Any]:
    """What a row keeps of what the categorizer said of its category."""
    code = said.category or taxonomy.UNCATEGORIZED
    found = {"suggested": said.category, "category_id": code, "category": code}
    return {**found, "confidence": _probability(said.confidence), "why": said.why}


@lru_cache(4_096)
def _probability(confidence: float) -> Decimal:
    return Decimal(str(round(confidence, 4)))


def _suggested(
    rows: Sequence[UnlabelledRow], country: str | None, currency: str | None, known: categorizer.Learned
) -> tuple[Suggestion, ...]:
    lines = [Line(description=row.description, amount=row.amount, mcc=row.mcc) for row in rows]
    found = categorizer.suggest(lines, country=country, currency=currency, learned=known)
    # Rows of one payee have one and the same suggestion.
    said = {id(one): one for one in found}
    shown = {key: suggestion(one) for key, one in said.items()}
    return tuple([shown[id(one)] for one in found])


def suggestion(said: categorizer.Suggestion) -> Suggestion:
    """What the categorizer said, as the others see it."""
    candidates = (Candidate(category=one.category, confidence=_probability(one.confidence)) for one in said.candidates)
    return Suggestion(
        category=said.category,
        category_best=said.category_best,
        candidates=tuple(candidates),
        confidence=_probability(said.confidence),
        source=said.source,
        merchant=said.merchant or None,
        why=said.why,
    )
