"""What the first question would wait for is there before it."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from finapp.app.settings import Settings
from finapp.app.warming import warm
from finapp.platform import operations
from finapp.platform.identity import API
from finapp.platform.operations import Router


class Named(str):
    """A text that tells how often a model of it was made."""

    made = 0

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        cls.made += 1
        return handler(str)


@pytest.fixture
def app() -> Iterator[FastAPI]:
    application, inner, outer = FastAPI(), Router(), Router()

    @inner.get("/named")
    def named(name: Named) -> str:
        return name

    outer.include_router(inner)
    operations.serve(application, [outer], prefix=API)
    application.state.settings = Settings()
    Named.made = 0
    yield application
    gc.unfreeze()


def test_the_models_of_every_operation_are_made_before_the_first_question(app: FastAPI) -> None:
    warm(app, plugs=())
    made = Named.made
    assert made > 0
    assert TestClient(app).get(f"{API}/named?name=Asha").json() == "Asha"
    assert Named.made == made


def test_what_was_imported_is_not_looked_through_again(app: FastAPI) -> None:
    warm(app, plugs=())
    assert gc.get_freeze_count() > 10_000
