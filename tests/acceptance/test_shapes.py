"""The story in one process, through the wire format, with each context lifted out, and on PostgreSQL."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from finapp.app.catalogue import PLUGS
from tests.acceptance import servers, story
from tests.support import application

CONTEXTS = tuple(plug.name for plug in PLUGS)
LISTENING = tuple(plug.name for plug in PLUGS if plug.listens)


def rotation() -> tuple[str, ...]:
    """Every context when FINAPP_LIFT is `all`, the one it names, or another one each day."""
    asked = os.environ.get("FINAPP_LIFT", "")
    if asked == "all":
        return CONTEXTS
    return (asked,) if asked else (CONTEXTS[int(time.time() // 86_400) % len(CONTEXTS)],)


@contextmanager
def client_of(server: servers.Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, timeout=60, trust_env=False) as client:
        yield client


def test_the_story_runs_in_one_process(tmp_path: Path) -> None:
    with application(tmp_path) as client:
        story.whole(client)


def test_the_story_runs_with_every_facade_call_through_the_wire_format(tmp_path: Path) -> None:
    with application(tmp_path, wire=True) as client:
        story.whole(client)


@pytest.mark.acceptance
@pytest.mark.parametrize("context", rotation())
def test_the_story_runs_with_a_context_lifted_out(context: str, tmp_path: Path) -> None:
    front, alone = servers.lifted(context, CONTEXTS, tmp_path)
    with servers.running(front, alone), client_of(front) as client:
        story.whole(client)


@pytest.mark.acceptance
@pytest.mark.parametrize("context", rotation())
def test_the_rest_answers_while_a_lifted_context_is_down(context: str, tmp_path: Path) -> None:
    front, alone = servers.lifted(context, CONTEXTS, tmp_path)
    with servers.running(front, alone), client_of(front) as client:
        story.arrive(client)
        story.read_dashboard(client)
        alone.kill()
        dashboard = client.get(f"{story.API}/dashboard")
        others = {"transactions": "/net-worth", "dashboard": "/accounts"}
        other = client.get(story.API + others.get(context, "/accounts"))
        if context == "dashboard":
            assert dashboard.status_code == 503
            assert dashboard.json()["code"] == "unavailable"
        else:
            assert dashboard.status_code == 200
        if context != "transactions":
            assert other.status_code == 200
        alone.start()
        assert client.get(f"{story.API}/dashboard").status_code == 200


@pytest.mark.acceptance
@pytest.mark.parametrize("context", [name for name in rotation() if name in LISTENING] or ["transactions"])
def test_an_event_for_a_dead_context_takes_effect_when_it_is_back(context: str, tmp_path: Path) -> None:
    import sqlite3

    front, alone = servers.lifted(context, CONTEXTS, tmp_path)
    with servers.running(front, alone), client_of(front) as client:
        story.sign_up(client, "leaver@example.com")
        alone.kill()
        assert client.delete(f"{story.API}/auth/me").status_code == 204
        alone.start()
        database = tmp_path / context / f"{context}.sqlite3"
        received, until = 0, time.monotonic() + 60
        while received == 0 and time.monotonic() < until:
            time.sleep(0.2)
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
                (received,) = connection.execute("SELECT count(*) FROM inbox").fetchone()
        time.sleep(3)
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (1,)
