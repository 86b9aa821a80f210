"""A small finapp that keeps every contract, to be broken on purpose one wall at a time."""

import configparser
import importlib
import sys
from pathlib import Path

import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".importlinter"
CONTEXTS = ("auth", "transactions", "assets", "analytics", "reports", "fire", "dashboard")

# Every import that the rooms are meant to have stands here, so that the whole house proves what stays allowed.
ROOMS = {
    "public.py": "import dataclasses\nfrom finapp.kernel import money",
    "domain/__init__.py": "import numpy\nfrom finapp.kernel import money\nfrom finapp.{context} import public",
    "domain/rules.py": "from finapp.{context}.domain import amounts",
    "domain/amounts.py": "import decimal",
    "tables.py": "import sqlalchemy\nfrom finapp.platform import tables",
    "store.py": "from finapp.{context} import domain, public, tables",
    "schemas.py": "import pydantic\nfrom finapp.{context} import public",
    "facade/__init__.py": "from finapp.{context} import domain, public, store\nfrom finapp.platform import database",
    "listeners.py": "from finapp.{context} import public, store",
    "jobs.py": "from finapp.{context} import public, store",
    "router.py": "import fastapi\nfrom finapp.{context} import public, schemas",
    "plug.py": "from finapp.{context} import facade, jobs, listeners, public, router, tables",
}
REST = {
    "kernel/money.py": "import decimal, secrets, time",
    "platform/tables.py": "import sqlalchemy\nfrom finapp.kernel import money",
    "platform/database.py": "import sqlite3, socket\nfrom finapp.platform import tables",
    "app/catalogue.py": "\n".join(f"from finapp.{name}.plug import plug as {name}" for name in CONTEXTS),
    "app/main.py": "from finapp.app import catalogue\nfrom finapp.transactions.public import Transactions",
    "assets/facade/desk.py": "from finapp.assets import tables",
    "analytics/facade/__init__.py": "from finapp.transactions.public import Transactions",
    "auth/domain/people.py": "import email_validator, zxcvbn",
    "reports/domain/highs.py": "import time",
    "reports/domain/recurring/working_days.py": "import pathlib",
    "transactions/domain/categorizer/knowledge.py": "import pathlib",
    "transactions/domain/categorizer/model.py": "import numpy, pathlib",
    "assets/listeners.py": "from finapp.auth.public import HouseholdDeleted",
}


def build(sources: Path) -> None:
    """Writes the house, so that `sources` can stand on the import path."""
    for context in CONTEXTS:
        for room, imports in ROOMS.items():
            add(sources, f"finapp/{context}/{room}", imports.format(context=context))
    for path, imports in REST.items():
        add(sources, f"finapp/{path}", imports)


def add(sources: Path, module: str, text: str) -> None:
    """Adds `text` to a module, making it and the packages it lies in where they are missing."""
    path = sources / module
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(sources).parents[:-1]:
        (sources / folder / "__init__.py").touch()
    with path.open("a") as file:
        file.write(f"{text}\n")


def contract_ids() -> set[str]:
    """The ids of all contracts in `.importlinter`."""
    config = configparser.ConfigParser()
    config.read(CONFIG)
    return {name.removeprefix("importlinter:contract:") for name in config.sections() if ":contract:" in name}


def red_contracts(sources: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the contracts that the package in `sources` breaks, found by import-linter itself."""
    monkeypatch.syspath_prepend(str(sources))
    monkeypatch.delitem(sys.modules, "finapp", raising=False)
    importlib.invalidate_caches()
    configure()
    options = use_cases.read_user_options(str(CONFIG))
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=None)
    assert not report.could_not_run
    return {contract.contract_options["id"] for contract, check in report.get_contracts_and_checks() if not check.kept}
