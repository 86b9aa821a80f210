"""Changes of many rows leave what looking for every other side anew would leave, and go back to what was."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.facade import settling
from finapp.transactions.public import BulkChanges, NewTransaction, Selection, TransactionChanges
from finapp.transactions.store import rows
from tests.transactions.ledger import OWNER, PERSON, Ledger

_TEXTS = (
    "UPI-SWIGGY-swiggy@ybl", "UPI-RAMESH KUMAR-ramesh@ybl", "IMPS-SELF TRANSFER", "BILLPAY HDFC CREDIT CARD 4321",
    "REFUND SWIGGY", "PAYMENT RECEIVED", "SOMETHING UNKNOWN", "NEFT RAMESH KUMAR", "SALARY ACME", "EMI CONVERSION",
)  # fmt: skip
_rows = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 40), st.sampled_from([-500, 500, -70, 70]), st.sampled_from(_TEXTS)),
    min_size=4,
    max_size=24,
)
_WHAT = {
    "tags": BulkChanges(values=TransactionChanges(), add_tags=("trip",)),
    "note": BulkChanges(values=TransactionChanges(note="said of all", status="reconciled", marked=True)),
    "description": BulkChanges(values=TransactionChanges(description="UPI-RAMESH KUMAR-ramesh@ybl")),
    "flow": BulkChanges(values=TransactionChanges(flow="expense", need="essential")),
    "hidden": BulkChanges(values=TransactionChanges(hidden=True)),
    "category": BulkChanges(values=TransactionChanges(category_id="groceries")),
    "transfer": BulkChanges(values=TransactionChanges(category_id="transfer")),
}


def _stored(ledger: Ledger) -> dict[str, LedgerRow]:
    with ledger.database.read() as connection:
        return {row.id: row for row in rows.where(connection, OWNER)}


def _meant(row: LedgerRow) -> tuple[object, ...]:
    return row.flow, row.need, row.category, row.category_id, row.transfer_id, row.reason, row.asks, row.merchant_id


def _all_meant(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    return {key: _meant(row) for key, row in _stored(ledger).items()}


def _filled(ledger: Ledger, lines: list[tuple[int, int, int, str]]) -> None:
    accounts = [ledger.account(), ledger.account("Savings", "savings"), ledger.account("Card", "credit_card")]
    for where, day, amount, text in lines:
        on = date(2025, 1, 1) + timedelta(days=day * 6 if day % 2 else day)
        new = NewTransaction(account_id=accounts[where].id, date=on, amount=Decimal(amount), description=text)
        ledger.facade.create_transaction(owner=OWNER, person=PERSON, new=new)


@settings(max_examples=10, deadline=None)
@given(_rows, st.sampled_from([*_WHAT, "merge", "name"]), st.integers(0, 7), st.integers(1, 3))
def test_rows_that_keep_their_other_side_mean_what_they_mean_decided_anew(
    lines: list[tuple[int, int, int, str]], what: str, which: int, step: int
) -> None:
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(Path(home))
        try:
            _filled(ledger, lines)
            before = _all_meant(ledger)
            with patch.object(settling, "unmoved", lambda *_: frozenset()):
                change_id = _changed(ledger, what, which, step)
                anew = _all_meant(ledger)
                _taken_back(ledger, change_id)
            assume(_all_meant(ledger) == before)
            change_id = _changed(ledger, what, which, step)
            assert _all_meant(ledger) == anew
            _taken_back(ledger, change_id)
            assert _all_meant(ledger) == before
            assert not any(ledger.recounted().values())
        finally:
            ledger.database.close()


def _taken_back(ledger: Ledger, change_id: str | None) -> None:
    if change_id is not None:
        ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=change_id)


def _changed(ledger: Ledger, what: str, which: int, step: int) -> str | None:
    if what in _WHAT:
        chosen = Selection(ids=tuple(sorted(_stored(ledger))[which % 3 :: step]))
        rehearsed = ledger.facade.change_transactions(
            owner=OWNER, person=PERSON, selection=chosen, changes=_WHAT[what], dry_run=True
        )
        done = ledger.facade.change_transactions(
            owner=OWNER, person=PERSON, selection=chosen, changes=_WHAT[what], dry_run=False
        )
        assert (rehearsed.matched, rehearsed.changed, rehearsed.rows) == (done.matched, done.changed, done.rows)
        return done.change_id
    known = sorted({row.merchant_id for row in _stored(ledger).values()} - {""})
    if len(known) < 2:
        return None
    one, other = known[which % len(known)], known[(which + step) % len(known)]
    if what == "merge" and one == other:
        return None
    name, into = ("By another name", None) if what == "name" else (None, other)
    return ledger.facade.rename_merchant(owner=OWNER, person=PERSON, merchant_id=one, name=name, into_id=into).change_id


def test_either_side_of_a_transfer_keeps_the_other_when_it_gets_a_tag(ledger: Ledger) -> None:
    here, there = ledger.account(), ledger.account("Savings", "savings")
    out = ledger.row(here, date(2026, 1, 3), "-500", "IMPS-SELF TRANSFER")
    into = ledger.row(there, date(2026, 1, 4), "500", "NEFT FROM SELF")
    before = _all_meant(ledger)
    assert before[out.id][4] == before[into.id][4] is not None
    for side in (out, into):
        ledger.facade.change_transactions(
            owner=OWNER, person=PERSON, selection=Selection(ids=(side.id,)), changes=_WHAT["tags"], dry_run=False
        )
        assert _all_meant(ledger) == before
