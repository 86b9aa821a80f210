"""Statements are imported from a shell, through a server or by opening the data."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from finapp.app.cli.importing import FAILED, OK, ImportRefused, Session, Wanted, run
from tests.acceptance.story import statement
from tests.support import PASSWORD, client

UNSURE = b"Date,Text,Amount,Value\n2026-05-03,TEA,10.00,7.00\n2026-05-04,CAB,20.00,8.00\n"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield Session(client=found, headers={})


def imported(session: Session, tmp_path: Path, content: bytes, **said: Any) -> tuple[int, str]:
    (tmp_path / "statement.csv").write_bytes(content)
    console = Console(file=io.StringIO(), width=200)
    code = run(session, Wanted(files=(tmp_path / "statement.csv",), **said), console)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


def test_a_dry_run_stores_nothing_and_an_import_tells_what_became_of_the_rows(session: Session, tmp_path: Path) -> None:
    code, shown = imported(session, tmp_path, statement(), dry_run=True)
    assert (code, "dry run" in shown) == (OK, True)
    assert session.get("/accounts")["items"] == []
    for known in ("0", "60"):
        code, shown = imported(session, tmp_path, statement())
        row = next(line for line in shown.splitlines() if "│ statement.csv" in line)
        cells = [cell.strip() for cell in row.split("│")]
        assert (code, cells[4], cells[6], cells[8]) == (OK, "60", known, "as printed")


def test_a_question_and_a_refusal_end_with_another_exit_code(session: Session, tmp_path: Path) -> None:
    body = {"name": "Broker", "kind": "investment", "currency": "INR"}
    session.client.post("/api/v1/accounts", json=body)
    code, shown = imported(session, tmp_path, UNSURE, account="broker")
    assert (code, "needs mapping" in shown, "nothing tells which" in shown) == (FAILED, True, True)
    code, shown = imported(session, tmp_path, b"\x00\x01\x02" * 999)
    assert (code, "not text" in shown) == (FAILED, True)


def test_every_file_of_an_archive_is_told_and_one_that_is_refused_is_no_success(
    session: Session, tmp_path: Path
) -> None:
    session.client.post("/api/v1/accounts", json={"name": "Packed", "kind": "checking", "currency": "INR"})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2026/good.csv", b"Date,Description,Amount\n2025-01-05,RENT,-100.00\n")
        archive.writestr("2026/odd.csv", b"\x00\x01\x02" * 999)
    code, shown = imported(session, tmp_path, packed.getvalue(), account="packed")
    said = {line.split("│")[1].strip(): line.split("│")[2].strip() for line in shown.splitlines() if "│" in line}
    assert (code, said) == (FAILED, {"good.csv": "done", "odd.csv": "failed"})


def test_an_account_that_is_not_there_is_refused_with_those_that_are(session: Session, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="Broker"):
        imported(session, tmp_path, UNSURE, account="nobody")


def test_the_command_opens_the_data_itself(tmp_path: Path) -> None:
    with client(tmp_path / "data"):
        pass
    (tmp_path / "statement.csv").write_bytes(statement())
    # In a process of its own, because tests may not open sockets.
    environment = {"PYTHONPATH": "src", "FINAPP_EMAIL": "household@example.com", "FINAPP_PASSWORD": PASSWORD}
    command = ["import", str(tmp_path / "statement.csv"), "--data", str(tmp_path / "data")]
    done = subprocess.run(
        [sys.executable, "-m", "finapp.app.cli", *command], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "60" in done.stdout) == (OK, True), done.stderr
