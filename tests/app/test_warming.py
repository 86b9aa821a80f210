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


@pytest.mark.usefixtures("thawed")
def test_what_is_kept_is_seldom_looked_through_for_garbage() -> None:
    before, full = gc.get_threshold(), list[object]()

    def count(phase: str, about: dict[str, int]) -> None:
        if phase == "start" and about["generation"] == 2:
            full.append(about)

    warm()
    gc.callbacks.append(count)
    try:
        kept = [[number] for number in range(300_000)]
    finally:
        gc.callbacks.remove(count)
        gc.set_threshold(*before)
    assert len(kept) == 300_000
    assert full == []
