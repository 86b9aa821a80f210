"""A ledger for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transactions.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path)
    yield made
    made.database.close()
