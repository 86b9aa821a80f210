"""What the start leaves is not looked through again."""

import gc
from collections.abc import Iterator

import pytest

from finapp.app.warming import warm


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_was_imported_is_not_looked_through_again() -> None:
    warm()
    assert gc.get_freeze_count() > 10_000
    assert gc.isenabled()
