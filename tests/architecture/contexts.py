"""What the architecture tests look at: the contexts as they stand in the source tree, and their parts."""

import importlib
import importlib.util
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.architecture.house import ROOT

PACKAGE = ROOT / "src" / "finapp"
MIGRATIONS = ROOT / "migrations"
NOT_CONTEXTS = {"app", "platform", "kernel"}


def names() -> list[str]:
    """Every context: each package of finapp but the three that are not one."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return sorted(packages - NOT_CONTEXTS)


def room(context: str, name: str) -> ModuleType | None:
    """A room of a context, or None where the context has none."""
    full = f"finapp.{context}.{name}"
    return importlib.import_module(full) if importlib.util.find_spec(full) else None


def plug(context: str) -> Any:
    """What the context plugs in."""
    return importlib.import_module(f"finapp.{context}.plug").plug


def public_classes(context: str) -> Iterator[type]:
    """Every class that a context defines in its public words."""
    for value in vars(room(context, "public")).values():
        if inspect.isclass(value) and value.__module__.startswith(f"finapp.{context}.public"):
            yield value


def sources(*folders: str) -> list[Path]:
    """The Python files of the package, or of the named folders in it."""
    return sorted(path for folder in folders or ("",) for path in (PACKAGE / folder).rglob("*.py"))


def relative(path: Path) -> str:
    """How a file of the package is named in messages and lists."""
    return path.relative_to(PACKAGE).as_posix()
