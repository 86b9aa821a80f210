"""A start reads what it must, and says what is wrong with it then, not with the first question."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from finapp.app.main import create_app
from finapp.app.settings import Settings
from finapp.platform import key_files, keys
from finapp.platform.engines import DataUnreadable
from finapp.platform.facades import Facades
from tests.support import application, sign_up

STARTED = """
import sys
from pathlib import Path
from finapp.app.cli import main
settings, app = main._application(Path(sys.argv[1]))
app.state.stop()
rooms = {"domain", "facade", "public", "router", "schemas", "store"}
print(*(name for name in sys.modules if name.startswith("finapp.") and rooms.intersection(name.split(".")[2:3])))
print(*({"alembic", "cryptography", "huey", "limits", "numpy", "rich", "xlsxwriter"} & sys.modules.keys()))
"""


def test_a_start_imports_no_room_of_a_context(tmp_path: Path) -> None:
    create_app(Settings(data=tmp_path)).state.stop()
    asked = [sys.executable, "-c", STARTED, str(tmp_path)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, env={**os.environ}).stdout
    assert said.split("\n")[:2] == ["", ""]


def test_a_context_is_opened_by_the_first_question_to_it(tmp_path: Path) -> None:
    with application(tmp_path) as http:
        facades: Facades = http.app.state.facades  # type: ignore[attr-defined]
        assert http.get("/health/ready").status_code == 200
        assert http.get("/api/v1/accounts").status_code == 401
        assert set(facades) <= {"auth"}
        sign_up(http, "household@example.com")
        assert set(facades) == {"auth"}
        assert http.get("/api/v1/accounts").json()["items"] == []
        assert "transactions" in facades
        assert "fire" not in facades


def test_a_context_whose_data_cannot_be_read_is_opened_by_a_later_question(tmp_path: Path) -> None:
    with application(tmp_path) as http:
        sign_up(http, "household@example.com")
        locked = OperationalError("SELECT 1", {}, sqlite3.OperationalError("database is locked"))
        with patch("finapp.transactions.store.imports.waiting_uploads", side_effect=locked):
            refused = http.get("/api/v1/accounts")
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert "Retry-After" in refused.headers
        assert http.get("/api/v1/accounts").status_code == 200


def test_a_key_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    create_app(Settings(data=tmp_path)).state.stop()
    keys.ensure_private(tmp_path / "keys", "people")
    key = tmp_path / "keys" / "people.key"
    key_files.check_keys(tmp_path / "keys", ["people"])
    key.chmod(0o640)
    with pytest.raises(PermissionError, match="chmod 600"):
        create_app(Settings(data=tmp_path))
    key.chmod(0o600)
    key.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    with pytest.raises(ValueError, match=r"people\.key is not a private key"):
        create_app(Settings(data=tmp_path))


def test_what_a_stopped_process_left_is_gone_on_with_before_anybody_asks(tmp_path: Path) -> None:
    with application(tmp_path) as http:
        sign_up(http, "household@example.com")
        assert http.get("/api/v1/imports").status_code == 200
    spool = tmp_path / "transactions" / "spool"
    spool.mkdir(exist_ok=True)
    (spool / "left").write_text("of an import that nobody knows")
    with application(tmp_path) as http:
        assert "transactions" in http.app.state.facades  # type: ignore[attr-defined]
    assert not list(spool.iterdir())


def test_data_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    create_app(Settings(data=tmp_path)).state.stop()
    kept = tmp_path / "fire.sqlite3"
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DataUnreadable, match="fire are of a newer release"):
        create_app(Settings(data=tmp_path))
    kept.write_bytes(bytes(range(256)) * 16)
    with pytest.raises(DataUnreadable, match="the data of fire cannot be opened: file is not a database"):
        create_app(Settings(data=tmp_path))


def test_another_database_than_those_that_are_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="database_url"):
        Settings(database_url="mysql://somewhere/finapp")
