"""What can be said of the page's sources without building them."""

import json
import re
from pathlib import Path

import pytest

from tests.web.pages import FRONTEND

SOURCES = FRONTEND / "src"
LANGUAGES = ("en", "hi", "de", "es")
FORMS = re.compile(r"_(zero|one|two|few|many|other)$")
LONGEST = 300


def keys(texts: dict[str, object], before: str = "") -> set[str]:
    """The keys of a text file, whatever plural forms its language has."""
    found = set()
    for name, value in texts.items():
        path = f"{before}{name}"
        found |= keys(value, f"{path}.") if isinstance(value, dict) else {FORMS.sub("", path)}
    return found


def folders() -> list[Path]:
    return sorted({path.parent for path in SOURCES.rglob("texts/*.json")})


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(SOURCES)))
def test_every_language_has_every_text(folder: Path) -> None:
    read = {language: keys(json.loads((folder / f"{language}.json").read_text())) for language in LANGUAGES}
    assert {language: found ^ read["en"] for language, found in read.items() if found != read["en"]} == {}


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(SOURCES)))
def test_every_language_fills_in_the_same_values(folder: Path) -> None:
    def values(language: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}

        def walk(texts: dict[str, object], before: str) -> None:
            for name, value in texts.items():
                if isinstance(value, dict):
                    walk(value, f"{before}{name}.")
                else:
                    found.setdefault(FORMS.sub("", before + name), set()).update(re.findall(r"{{(\w+)}}", str(value)))

        walk(json.loads((folder / f"{language}.json").read_text()), "")
        return found

    english = values("en")
    assert {language: values(language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, english)


def test_no_source_file_is_long() -> None:
    files = [path for suffix in ("ts", "tsx", "css") for path in SOURCES.rglob(f"*.{suffix}")]
    long = {str(path.relative_to(SOURCES)): len(path.read_text().splitlines()) for path in files}
    assert {name: lines for name, lines in long.items() if lines > LONGEST and not name.endswith("schema.d.ts")} == {}


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_nothing_that_runs_in_the_page_comes_with_the_repository_ready_made() -> None:
    own = {"public/start.js"}
    found = {str(path.relative_to(FRONTEND)) for path in FRONTEND.rglob("*.js") if "node_modules" not in path.parts}
    assert found == own
