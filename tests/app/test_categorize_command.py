"""`finapp categorize` reads a statement as an import would and writes what would be said of its rows."""

import csv
import io
import subprocess
import sys
from pathlib import Path

STATEMENT = """Date,Description,Amount
2026-06-01,SHELL OIL 12345678 EVANSTON IL,-52.10
2026-06-03,NETFLIX.COM 866-579-7172 CA,-15.49
2026-06-04,QXZV WJQ,-5.00
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    # In a process of its own, because tests may not open sockets.
    command = [sys.executable, "-m", "finapp.app.cli", "categorize", *arguments]
    environment = {"PYTHONPATH": "src"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_every_row_comes_with_category_confidence_source_and_reason(tmp_path: Path) -> None:
    statement, out = tmp_path / "statement.csv", tmp_path / "out.csv"
    statement.write_text(STATEMENT)
    done = run(str(statement), "--out", str(out), "--country", "US")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["category"] for row in rows] == ["fuel", "subscriptions", ""]
    assert [row["source"] for row in rows] == ["brand", "brand", "model"]
    assert rows[0]["why"] == "brand: Shell, fuel, US"
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)


def test_an_output_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    statement = tmp_path / "statement.csv"
    statement.write_text(STATEMENT)
    assert run(str(statement), "--out", str(statement)).returncode != 0
    assert statement.read_text() == STATEMENT
