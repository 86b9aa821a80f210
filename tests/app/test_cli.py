"""The command line says in one line what is wrong with how it was started."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from finapp.app.cli.main import app
from tests.support import database


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Starting configures logging to the captured standard error, which other tests do not have."""
    yield
    structlog.reset_defaults()


def said(*arguments: str) -> str:
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 2
    assert len(found.output.strip().splitlines()) == 1, found.output
    return found.output


def test_a_file_is_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "the data directory cannot be used" in said("serve", "--data", str(tmp_path / "file"))


def test_a_port_in_use_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in said("serve", "--port", str(port), "--data", str(tmp_path / "d"))
    assert not (tmp_path / "d").exists()


def test_a_directory_in_use_is_refused(tmp_path: Path) -> None:
    held = database("auth", tmp_path)
    assert "another process" in said("serve", "--data", str(tmp_path))
    held.close()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("FINAPP_CORS_ORIGINS", "*", "FINAPP_CORS_ORIGINS: '*' would let any site"),
        ("FINAPP_MAX_BODY", "0", "FINAPP_MAX_BODY: "),
        ("FINAPP_ELSEWHERE", "nobody=http://127.0.0.1:1", "names 'nobody'"),
        ("FINAPP_ELSEWHERE", "assets=somewhere", "is not of the form"),
    ],
)
def test_a_wrong_setting_is_named(
    name: str, value: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert message in said("serve", "--data", str(tmp_path))


def test_the_proxy_passes_lifted_contexts_on_and_nothing_between_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINAPP_ELSEWHERE", "assets=http://127.0.0.1:8001")
    written = CliRunner().invoke(app, ["proxy", "--front", "http://127.0.0.1:8000"]).output
    assert "^/api/v1/(assets|" in written
    assert "proxy_pass http://127.0.0.1:8001;" in written
    assert "location /internal/ { return 404; }" in written
