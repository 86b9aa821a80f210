"""The command line of the checkout: it says in one line what is missing, and a full run allows no skip."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock", "requirements-node.lock")


def dev(place: Path, *arguments: str, interpreter: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *interpreter, "dev.py", *arguments]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which nothing has been run yet."""
    for name in ("dev.py", *LOCKS):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_help_lists_every_command(checkout: Path) -> None:
    listed = dev(checkout, "help").stdout
    assert all(f"\n  {command} " in listed for command in ("run", "test", "check", "bench", "lock", "help"))


@pytest.mark.parametrize(
    ("spoil", "arguments", "expected"),
    [
        (None, ["frob"], "there is no command 'frob'"),
        ("requirements.lock", ["run"], "requirements.lock is missing"),
        ("requirements-dev.lock", ["test"], "requirements-dev.lock is missing"),
        (None, ["bench"], "there is no folder benchmarks/"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    checkout: Path, spoil: str | None, arguments: list[str], expected: str
) -> None:
    if spoil:
        (checkout / spoil).unlink()
    result = dev(checkout, *arguments)
    assert result.returncode == 1
    assert result.stderr.startswith(f"dev.py: {expected}")
    assert result.stderr.count("\n") == 1


def test_a_python_without_pip_is_told_how_to_get_it(checkout: Path) -> None:
    result = dev(checkout, "run", interpreter=("-I", "-S"))
    assert result.returncode == 1
    assert result.stderr == "dev.py: pip is missing: install it first (Debian: apt-get install python3-pip)\n"


SAMPLE = """
import pytest

@pytest.mark.hledger
def test_needs_a_tool(): pass

def test_needs_nothing(): pass
"""


def run_sample(place: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs a small test file under this suite's own rules, on a machine without any of the optional tools."""
    shutil.copy(ROOT / "tests" / "conftest.py", place / "conftest.py")
    shutil.copy(ROOT / "pyproject.toml", place / "pyproject.toml")
    (place / "test_sample.py").write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_sample.py", *arguments]
    environment = {**os.environ, "PATH": str(place)}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_missing_tool_skips_its_group_and_says_so_in_one_line(tmp_path: Path) -> None:
    result = run_sample(tmp_path)
    assert result.returncode == 0, result.stdout
    groups = [line for line in result.stdout.splitlines() if line.startswith("SKIPPED GROUP")]
    assert groups == ["SKIPPED GROUP hledger: hledger is not installed (1 tests)"]


@pytest.mark.slow
def test_a_full_run_fails_when_anything_was_skipped(tmp_path: Path) -> None:
    result = run_sample(tmp_path, "--full")
    assert result.returncode == 1
    assert "FAILED --full: 1 tests were skipped" in result.stdout


def test_a_unit_test_cannot_connect_anywhere() -> None:
    with socket.socket() as connection:
        for connect in (connection.connect, connection.connect_ex):
            with pytest.raises(AssertionError, match=r"tried to connect to \('127.0.0.1', 9\)"):
                connect(("127.0.0.1", 9))


def test_the_hooks_and_the_workflow_run_the_same_recipes_as_a_developer() -> None:
    def recipes(file: str, key: str) -> list[str]:
        return re.findall(rf"^[ -]*{key}: (.+)$", (ROOT / file).read_text(), re.MULTILINE)

    assert recipes(".github/workflows/ci.yml", "run") == [".ci/run"]
    assert recipes(".pre-commit-config.yaml", "entry") == ["python3 dev.py check", "python3 dev.py test"]
    assert "python3 dev.py test --full" in (ROOT / ".ci" / "run").read_text()
