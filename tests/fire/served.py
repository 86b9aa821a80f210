"""The routes of this context on its facade, with small neighbours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets
from finapp.auth.public import Auth
from finapp.fire.facade import LocalFire
from finapp.fire.router import router
from finapp.kernel import ids
from finapp.kernel.clock import FixedClock
from finapp.kernel.who import Who
from finapp.platform import operations, problems
from finapp.platform.answers import Answers
from tests.fire.neighbours import KnownAnalytics, KnownAssets, KnownAuth, month
from tests.support import NOON, database


@contextmanager
def served(directory: Path) -> Iterator[TestClient]:
    """A client whose person is signed in."""
    storage = database("fire", directory)
    clock = FixedClock(NOON)
    facade = LocalFire(
        database=storage,
        clock=clock,
        auth=cast("Auth", KnownAuth()),
        assets=cast("Assets", KnownAssets()),
        analytics=cast("Analytics", KnownAnalytics(month())),
    )
    who = Who(
        person=ids.new_id(), household=ids.new_id(), session="s", administrator=False, scopes=None, expires_at=4e9
    )
    app = FastAPI()
    operations.serve(app, [operations.section(router)])
    app.state.facades, app.state.clock, app.state.answers = {"fire": facade}, clock, Answers()
    problems.install(app)

    @app.middleware("http")
    async def signed_in(request: Any, go_on: Any) -> Any:
        request.state.who = who
        return await go_on(request)

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    storage.close()
