"""Rows of an import that are decided alike are decided once, and as each would be by itself."""

from pathlib import Path
from typing import Any

import pytest

from finapp.transactions.domain import movement
from finapp.transactions.facade import gathering, settling
from finapp.transactions.public import TransactionFilter
from tests.acceptance.story import statement
from tests.transactions.ledger import OWNER, Ledger

OTHER = b"""Date,Description,Amount
2026-01-06,UPI-SWIGGY REFUND-0001,250.00
2026-01-31,NEFT FROM SELF TO SAVINGS,-500.00
2026-02-02,POS DMART 2231,-810.50
2026-02-02,POS DMART 2231,-810.50
2026-02-05,POS DMART 1180,-90.00
2026-02-09,POS DMART 1180 REFUND,90.00
"""


def taken(directory: Path) -> list[tuple[Any, ...]]:
    directory.mkdir()
    ledger = Ledger(directory)
    for content, name in ((statement(), "Salary account"), (OTHER, "Savings")):
        assert ledger.take(content, ledger.account(name)).status == "done"
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None).items
    assert set(ledger.recounted().values()) == {0}
    ledger.database.close()
    return sorted(
        (row.date, row.amount, row.description, row.category, row.flow, row.need or "", row.asks, row.why or "")
        for row in found
    )


def test_rows_decided_together_are_as_each_would_be_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    def watched(*given: Any) -> gathering.Gathered:
        found = gathering.gather(*given)
        looked_at.append((len(found.rows), len(found.follows)))
        return found

    monkeypatch.setattr(settling, "gather", watched)
    together = taken(tmp_path / "together")
    assert sum(looked for looked, _ in looked_at) < sum(rows for _, rows in looked_at) == len(together)
    monkeypatch.setattr(movement, "stands_alone", lambda row: False)
    assert taken(tmp_path / "alone") == together
