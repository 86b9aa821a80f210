"""Jobs run once each, in order, on huey, and what the queue keeps is JSON."""

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finapp.platform.jobs import Every, Jobs


@pytest.mark.parametrize("stored", [True, False])
def test_each_job_runs_once_and_in_order(tmp_path: Path, stored: bool) -> None:
    jobs = Jobs(tmp_path / "jobs.sqlite3" if stored else None)
    seen: list[str] = []
    ended = threading.Event()
    jobs.register("note", seen.append)
    jobs.register("end", lambda _: ended.set())
    jobs.submit("note", "before the start")
    jobs.submit("note", "before the start")
    jobs.start()
    for name in ("one", "two"):
        jobs.submit("note", name)
    jobs.submit("end", "")
    assert ended.wait(10)
    jobs.stop()
    assert seen == ["before the start", "one", "two"]


def test_a_job_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "jobs.sqlite3")
    ended = threading.Event()
    jobs.register("end", lambda _: ended.set())
    jobs.submit("unknown", "x")
    jobs.submit("end", "")
    jobs.start()
    assert ended.wait(10)
    jobs.stop()


def test_the_queue_keeps_json(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path / "jobs.sqlite3")
    jobs.register("note", lambda _: None)
    jobs.submit("note", "an argument")
    connection = sqlite3.connect(tmp_path / "jobs.sqlite3")
    (kept,) = connection.execute("SELECT data FROM task").fetchone()
    connection.close()
    assert bytes(kept).startswith(b'{"id"')
    assert b"an argument" in bytes(kept)


def test_what_a_stopped_process_left_in_the_queue_is_not_run_twice(tmp_path: Path) -> None:
    left = Jobs(tmp_path / "jobs.sqlite3")
    left.register("note", lambda _: None)
    left.submit("note", "by the first process")
    seen: list[str] = []
    ended = threading.Event()
    jobs = Jobs(tmp_path / "jobs.sqlite3")
    jobs.register("note", seen.append)
    jobs.register("end", lambda _: ended.set())
    jobs.submit("note", "found again by its row")
    jobs.submit("end", "")
    jobs.start()
    assert ended.wait(10)
    jobs.stop()
    assert seen == ["found again by its row"]


def test_jobs_run_by_the_clock() -> None:
    noon = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
    assert Every(minutes=15).is_due(noon.replace(minute=45))
    assert not Every(minutes=15).is_due(noon.replace(minute=46))
    assert Every(hour=12).is_due(noon)
    assert not Every(hour=12, minute=30).is_due(noon)
    for wrong in ({}, {"minutes": 7}, {"minutes": 5, "hour": 3}):
        with pytest.raises(ValueError, match="minutes"):
            Every(**wrong)


def test_a_job_of_the_clock_runs_when_its_minute_comes() -> None:
    jobs = Jobs()
    ran = threading.Event()
    jobs.every("sweep", Every(minutes=1), ran.set)
    jobs.start()
    assert ran.wait(10)
    jobs.stop()
