"""Who may begin a demo household over HTTP; filling one is a journey of tests/web."""

from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.app import visits
from finapp.app.settings import Settings
from finapp.platform import operations, problems

PATH = "/api/v1/demo"


def client(
    demo: bool | None, registration: bool = True, host: str = "127.0.0.1", name: str = "localhost:8000"
) -> TestClient:
    app = FastAPI()
    known = Settings(demo=demo, registration=registration)
    operations.serve(app, [operations.section(visits.operations(known, lambda: date(2026, 7, 15)))], prefix="/api/v1")
    problems.install(app)
    return TestClient(app, client=(host, 50_000), base_url=f"http://{name}")


@pytest.mark.parametrize(
    ("demo", "registration", "host"),
    [(None, True, "192.0.2.7"), (None, False, "127.0.0.1"), (False, True, "127.0.0.1"), (None, True, "unknown")],
)
def test_a_demo_is_for_this_machine_while_registration_is_open(
    demo: bool | None, registration: bool, host: str
) -> None:
    asked = client(demo, registration, host)
    assert asked.post(PATH, json={}).status_code == 403
    assert asked.get(PATH, params={"id": "any"}).status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Via", "X-Forwarded-Proto", "Forwarded"])
def test_whoever_comes_through_a_proxy_is_not_at_this_machine(header: str) -> None:
    assert client(None).post(PATH, json={}, headers={header: "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("finapp.example", 403), ("127.0.0.1:8000", 404), ("[::1]:8000", 404), ("localhost", 404)]
)
def test_a_silent_proxy_gives_itself_away_by_the_name_it_passes_on(name: str, status: int) -> None:
    assert client(None, name=name).get(PATH, params={"id": "any"}).status_code == status


def test_another_site_cannot_begin_one() -> None:
    answer = client(True).post(PATH, json={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_an_unknown_demo_is_not_found() -> None:
    answer = client(None).get(PATH, params={"id": "never"})
    assert (answer.status_code, answer.json()["code"]) == (404, "demo_not_found")


def test_what_is_not_a_profile_or_a_parameter_is_refused_by_name() -> None:
    asked = client(None)
    assert asked.post(PATH, json={"profile": "mars"}).json()["errors"][0]["field"] == "profile"
    assert asked.get(PATH, params={"id": "x", "which": "y"}).json()["errors"][0]["field"] == "which"
