"""What the first question would wait for is there before it."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from finapp.app.catalogue import PLUGS
from finapp.app.settings import Settings
from finapp.app.warming import warm
from finapp.kernel.errors import Unavailable


@pytest.fixture
def app() -> Iterator[FastAPI]:
    application = FastAPI()
    application.state.settings = Settings()
    application.state.facades = {plug.name: plug.name for plug in PLUGS}
    yield application
    gc.unfreeze()


def test_what_was_imported_is_not_looked_through_again(app: FastAPI) -> None:
    warm(app, plugs=())
    assert gc.get_freeze_count() > 10_000
    assert gc.isenabled()


def test_a_context_is_asked_to_prepare_itself_and_may_refuse(app: FastAPI) -> None:
    prepared = []

    def prepare(facade: Any) -> None:
        prepared.append(facade)
        raise Unavailable("its neighbour does not answer yet")

    warm(app, plugs=[replace(plug, prepare=prepare) for plug in PLUGS[:2]])
    assert prepared == [plug.name for plug in PLUGS[:2]]
