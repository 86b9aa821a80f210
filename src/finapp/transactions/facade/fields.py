"""The fields of a row that a person's changes set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.kernel.money import to_minor
from finapp.transactions.domain.abroad import Abroad, abroad, followed
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.public import AlreadySplit, TransactionChanges
from finapp.transactions.store import categories

_PLAIN = ("description", "note", "status", "tags", "flow", "need", "date", "marked", "hidden")


def values_of(connection: Connection, owner: str, changes: TransactionChanges) -> dict[str, Any]:
    """The fields that changes set in the same way for every row. Raises CategoryNotFound."""
    values: dict[str, Any] = {name: getattr(changes, name) for name in _PLAIN if getattr(changes, name) is not None}
    if changes.note == "":
        values["note"] = None
    if changes.flow is not None or changes.need is not None:
        values["flow_decided"] = True
    if {"flow", "need"} & set(changes.forget) and changes.flow is None and changes.need is None:
        values["flow_decided"] = False
    if changes.category_id is not None:
        category = categories.one(connection, owner, changes.category_id)
        values |= {"category_id": category.id, "category": category.code, "decided": True}
    return values


def changed_values(before: LedgerRow, changes: TransactionChanges, of_every: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row that changes set; `of_every` are those of `values_of`.

    Raises Invalid, AlreadySplit for the amount of a part.
    """
    values = dict(of_every)
    if changes.flow is not None and changes.need is None:
        values["need"] = (before.need or "discretionary") if changes.flow in ("expense", "refund") else ""
    if changes.amount is not None:
        values["amount"] = to_minor(changes.amount, before.currency)
        if values["amount"] == 0 != before.amount:
            raise Invalid("amount", "is zero: delete the row instead")
    paid = _abroad_as_changed(before, changes, values.get("amount", before.amount))
    values |= paid
    day, amount = values.get("date", before.date), values.get("amount", before.amount)
    if before.split_of is not None and (day, amount) != (before.date, before.amount):
        raise AlreadySplit("date and amount of a part follow the whole: give the parts anew")
    if before.split_of is not None and paid:
        raise AlreadySplit("what a part was abroad is its share of the whole: change that, and give the parts anew")
    return values


def _abroad_as_changed(before: LedgerRow, changes: TransactionChanges, amount: int) -> dict[str, Any]:
    """What a row was abroad once it is changed: the rate follows the amounts unless it is said. Raises Invalid."""
    unsaid = changes.original_amount is None and changes.original_currency is None and changes.rate is None
    if unsaid and not changes.forget and amount == before.amount:
        return {}
    was = Abroad(amount=before.original_amount, currency=before.original_currency, rate=before.rate)
    said = Abroad(amount=changes.original_amount, currency=changes.original_currency, rate=changes.rate)
    forgotten = {"original", "rate"} & set(changes.forget)
    if unsaid and not forgotten:
        return followed(was, before.amount, amount, before.currency).columns() if amount != before.amount else {}
    if "original" in forgotten:
        was = Abroad()
    elif amount != before.amount or said.amount is not None or said.currency is not None or "rate" in forgotten:
        was = replace(followed(was, before.amount, amount, before.currency), rate=None)
    wanted = {name: value for name, value in vars(said).items() if value is not None}
    return abroad(replace(was, **wanted), amount=amount, currency=before.currency).columns()
