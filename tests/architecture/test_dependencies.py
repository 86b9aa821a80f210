"""The lock files name versions and hashes and nothing else, and no version has a fault we know of."""

import re
import tomllib
from importlib.metadata import version

import pytest

from tests.architecture.house import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
FLOORS = {
    "python-multipart": (0, 0, 30),  # Older ones can be made to use up the processor by an upload.
    "python-jose": (3, 5),  # Older ones confuse algorithms (CVE-2024-33663) and unpack without limit (CVE-2024-33664).
    "pdfplumber": (0, 11, 9),  # Older ones bring a pdfminer.six that unpickles character maps from disk.
    "pydantic": (2, 14),
    "sqlalchemy": (2, 1, 9),
    "starlette": (1, 6),
    "fastapi": (0, 164),
    "uvicorn": (0, 54),
    "argon2-cffi": (25, 1),
    "cryptography": (44,),
    "defusedxml": (0, 7, 1),
}
"""What may not be undercut: an audit tool is silent where its data cannot be reached."""


def locked(name: str) -> dict[str, str]:
    """Package -> version of a lock file."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


def number(text: str) -> tuple[int, ...]:
    """A version as a tuple that compares."""
    return tuple(int(part) for part in re.findall(r"\d+", text))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not [word for word in ("://", "--index", "--extra-index", "--find-links", "--trusted") if word in text]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_a_hash_for_every_package(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert entries
    assert not [entry for entry in entries if not re.search(r"==\S+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", entry)]


def test_the_development_lock_holds_the_other_one() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("package", FLOORS)
def test_no_version_is_below_its_floor(package: str) -> None:
    found = locked("requirements.lock").get(package)
    assert found is not None
    assert number(found) >= FLOORS[package]
    assert number(version(package)) >= FLOORS[package]


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}  # type: ignore[index]
    assert names <= locked("requirements.lock").keys()


def test_what_is_installed_is_what_is_locked() -> None:
    wanted = {name: locked("requirements.lock")[name] for name in FLOORS}
    assert {name: version(name) for name in wanted} == wanted


def test_no_recipe_names_a_place_to_fetch_packages_from() -> None:
    recipes = ["dev.py", ".ci/run", ".github/workflows/ci.yml", ".pre-commit-config.yaml", "pyproject.toml"]
    assert not [
        name for name in recipes if re.search(r"index-url|find-links|://\S*(pypi|npm)", (ROOT / name).read_text())
    ]


def test_a_version_compares_by_its_numbers() -> None:
    assert number("0.0.9") < number("0.0.30") < number("0.1")
