"""Operations are made when they are first asked for, and answer as those of FastAPI do."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from finapp.platform import operations, problems
from finapp.platform.operations import Router, every_route
from finapp.platform.parameters import KnownOnly


class Named(str):
    """A text that tells how often a model of it was made."""

    made = 0

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        cls.made += 1
        return handler(str)


@pytest.fixture
def app() -> FastAPI:
    inner, outer = Router(prefix="/things", tags=["inner"]), Router(tags=["outer"], dependencies=[KnownOnly])

    @inner.get("/newest")
    def newest() -> str:
        return "the newest"

    @inner.get("/{thing_id}")
    def thing(thing_id: Named, word: str = "") -> str:
        return f"{thing_id}{word}"

    @inner.put("/{thing_id}", status_code=201)
    def put(thing_id: str) -> str:
        return f"put {thing_id}"

    @inner.delete("/{thing_id}/parts/{part_id}", status_code=204)
    def delete(thing_id: str, part_id: str) -> None:
        return None

    outer.include_router(inner)
    application = FastAPI()
    operations.serve(application, [operations.section(outer)], prefix="/api")
    problems.install(application)
    Named.made = 0
    return application


def test_an_operation_is_made_when_it_is_first_asked_for(app: FastAPI) -> None:
    http = TestClient(app)
    assert http.get("/api/things/newest").json() == "the newest"
    assert Named.made == 0
    assert http.get("/api/things/a%20b?word=!").json() == "a b!"
    made = Named.made
    assert made > 0
    http.get("/api/things/c")
    assert Named.made == made


def test_the_first_operation_of_a_path_answers(app: FastAPI) -> None:
    http = TestClient(app)
    assert http.get("/api/things/newest").json() == "the newest"
    assert http.put("/api/things/newest").json() == "put newest"
    assert http.delete("/api/things/a/parts/b").status_code == 204


def test_another_method_is_told_every_method_there_is(app: FastAPI) -> None:
    answer = TestClient(app).post("/api/things/newest")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, PUT"
    assert TestClient(app).get("/api/things/a/parts/b").headers["allow"] == "DELETE"


@pytest.mark.parametrize(
    "path", ["/api/things", "/api/thing/a", "/things/a", "/api/things/a/b", "/api/things//parts/b"]
)
def test_another_path_is_not_found(app: FastAPI, path: str) -> None:
    assert TestClient(app).get(path).status_code == 404


def test_a_slash_too_many_leads_to_the_path_without_it(app: FastAPI) -> None:
    answer = TestClient(app).get("/api/things/a/", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].endswith("/api/things/a")


def test_the_parameters_of_a_router_hold_for_the_routers_in_it(app: FastAPI) -> None:
    assert TestClient(app).get("/api/things/a?wrod=x").status_code == 422


def test_every_operation_stands_in_the_document(app: FastAPI) -> None:
    from fastapi.openapi.utils import get_openapi

    document = get_openapi(title="-", version="-", routes=list(every_route(app)))
    assert set(document["paths"]["/api/things/{thing_id}"]) == {"get", "put"}
    assert document["paths"]["/api/things/newest"]["get"]["tags"] == ["outer", "inner"]
