"""A signed-in client on the whole product, and auth alone on a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from finapp.auth.facade import AccessTokens, LocalAuth
from finapp.kernel.clock import FixedClock
from tests.support import NOON, client, database


@pytest.fixture
def household(tmp_path: Path) -> Iterator[TestClient]:
    """The whole product; `household@example.com`, its administrator, is signed in."""
    with client(tmp_path) as signed_in:
        yield signed_in


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def auth(tmp_path: Path, clock: FixedClock) -> Iterator[LocalAuth]:
    data = database("auth", tmp_path, clock)
    yield LocalAuth(database=data, clock=clock, tokens=AccessTokens(tmp_path / "keys"), open_to_newcomers=True)
    data.close()
