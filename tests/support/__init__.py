"""What tests of several folders share: migrated databases and a signed-in client on the whole product."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from finapp.kernel.clock import Clock, FixedClock
from finapp.platform.database import Database
from finapp.platform.engines import SqliteEngines
from finapp.platform.migrating import migrate

TODAY = date(2026, 7, 15)
NOON = datetime(2026, 7, 15, 12, tzinfo=UTC)
PASSWORD = "violet-anchor-tundra-42"


def database(context: str, directory: Path, clock: Clock | None = None) -> Database:
    """A context's own migrated SQLite database, announcing to nobody."""
    engines = SqliteEngines(directory, context)
    migrate(engines)
    metadata = import_module(f"finapp.{context}.tables").metadata
    return Database(engines, clock or FixedClock(NOON), {}, lambda: metadata)


@contextmanager
def application(directory: Path, **settings: Any) -> Iterator[TestClient]:
    """The whole product in this process, with its background threads; nobody is signed in."""
    from finapp.app.main import create_app
    from finapp.app.settings import Settings

    app = create_app(Settings(**{"data": directory, "today": TODAY, **settings}))
    with TestClient(app, base_url="http://testserver", raise_server_exceptions=False) as client:
        yield client


@contextmanager
def client(directory: Path, **settings: Any) -> Iterator[TestClient]:
    """The whole product with a registered, signed-in person."""
    with application(directory, **settings) as anonymous:
        sign_up(anonymous, "household@example.com")
        yield anonymous


def sign_up(client: TestClient, email: str, currency: str = "INR") -> None:
    """Registers a person and makes the client speak for them."""
    body = {"email": email, "password": PASSWORD, "display_name": "The Household", "currency": currency}
    answer = client.post("/api/v1/auth/register", json={**body, "locale": "en-IN"})
    assert answer.status_code == 201, answer.text
    sign_in(client, email)


def sign_in(client: TestClient, email: str, password: str = PASSWORD) -> dict[str, Any]:
    """Signs in and makes the client send the access token."""
    answer = client.post("/api/v1/auth/token", data={"username": email, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return dict(answer.json())
