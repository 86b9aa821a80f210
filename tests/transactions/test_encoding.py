"""Rows as the history keeps them are what the codec writes, and come back the same."""

import json
from datetime import date
from decimal import Decimal

import pytest

from finapp.platform import codec
from finapp.transactions.domain.ledger import LedgerRow, Placed
from finapp.transactions.store.encoding import decoded, decoded_place, encoded, encoded_place

ROW = LedgerRow(
    id="1m81qg8r01s01",
    account_id="1m81qg8r01s02",
    date=date(2026, 2, 28),
    amount=-123_450,
    ordinal=2,
    currency="INR",
    description="Käse & Brot 北京",
    merchant_id="KASE",
    merchant="Käse",
    suggested=None,
    category_id="groceries",
    category="groceries",
    decided=True,
    flow_decided=False,
    flow="expense",
    need="essential",
    transfer_id=None,
    confidence=Decimal("0.9800"),
    why="",
    reason="",
    asks=False,
    tags=("a, b", "c"),
    note="",
    person="1m81qg8r01s03",
    original_amount=Decimal("-12.30"),
    original_currency="EUR",
    rate=Decimal("100.365853658536585365853659"),
)
BARE = LedgerRow(**{**vars(ROW), "confidence": None, "tags": (), "note": None, "original_amount": None, "rate": None})


@pytest.mark.parametrize("row", [ROW, BARE])
def test_a_row_is_written_as_the_codec_writes_it(row: LedgerRow) -> None:
    assert json.dumps(encoded(row)) == json.dumps(codec.encode(row, LedgerRow))
    held = Placed(place="split", row=row)
    assert json.dumps(encoded_place(held)) == json.dumps(codec.encode(held, Placed))
    assert encoded_place(None) is None


@pytest.mark.parametrize("row", [ROW, BARE])
def test_a_row_comes_back_as_it_was_with_its_decimals(row: LedgerRow) -> None:
    held = decoded_place(json.loads(json.dumps(encoded_place(Placed(place="bin", row=row)))))
    assert held == Placed(place="bin", row=row)
    assert [str(held.row.confidence), str(held.row.rate)] == [str(row.confidence), str(row.rate)]
    assert type(held.row.tags) is tuple
    assert decoded_place(None) is None


def test_a_row_of_an_older_release_takes_what_it_lacked() -> None:
    kept = encoded(ROW)
    for name in ("hidden", "marked", "rate", "original_amount", "original_currency", "split_of"):
        del kept[name]
    assert decoded(kept) == LedgerRow(**{**vars(ROW), "rate": None, "original_amount": None, "original_currency": None})
