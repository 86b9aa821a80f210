"""Each context owns its data alone: no table, foreign key or migration reaches into another's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table, Text

from finapp.platform import columns
from finapp.platform.tables import new_metadata
from tests.architecture import contexts

STANDARD = set(new_metadata().tables)
MAKERS = {
    "table",
    "Table",
    "create_table",
    "drop_table",
    "add_column",
    "drop_column",
    "alter_column",
    "batch_alter_table",
}
ALLOWED = ("finapp.platform", "finapp.kernel")


def own_tables(context: str) -> dict[str, Table]:
    """The tables of a context beside those that every context has."""
    metadata: MetaData = contexts.plug(context).metadata()
    return {name: table for name, table in metadata.tables.items() if name not in STANDARD}


def migrations() -> list[Path]:
    return sorted(contexts.MIGRATIONS.glob("*/[0-9]*.py"))


def tables_named(source: str) -> Iterator[str]:
    """The tables that a migration makes or changes, by the first argument of the calls that do so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in MAKERS:
                yield str(node.args[0].value)
            elif called == "ForeignKey":
                yield str(node.args[0].value).rpartition(".")[0]
            elif called in {"execute", "exec_driver_sql", "text"}:
                yield from re.findall(r"\w+", str(node.args[0].value).lower())


def modules_imported(source: str) -> set[str]:
    """Every module that a source file imports, wherever in it."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    return modules


def foreign_targets(table: Table) -> set[str]:
    """The tables that a table's foreign keys point at."""
    return {key.target_fullname.rpartition(".")[0] for key in table.foreign_keys}


def test_no_two_contexts_have_a_table_of_the_same_name() -> None:
    names = [name for context in contexts.names() for name in own_tables(context)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("context", contexts.names())
def test_a_foreign_key_stays_in_its_context(context: str) -> None:
    tables = contexts.plug(context).metadata().tables
    assert not {name: astray for name, table in tables.items() if (astray := foreign_targets(table) - set(tables))}
    assert all(table.schema is None for table in tables.values())


@pytest.mark.parametrize("context", contexts.names())
def test_columns_have_types_that_keep_a_value_exactly_on_both_databases(context: str) -> None:
    known = {kind for kind in vars(columns).values() if getattr(kind, "__module__", "") == columns.__name__} | {Text}
    odd = {
        f"{table.name}.{column.name}"
        for table in own_tables(context).values()
        for column in table.columns
        if type(column.type) not in known
    }
    assert not odd


@pytest.mark.parametrize("context", contexts.names())
def test_every_table_refuses_a_value_of_another_type(context: str) -> None:
    tables = contexts.plug(context).metadata().tables.values()
    assert not [table.name for table in tables if not table.dialect_options["sqlite"]["strict"]]


def leading_columns(table: Table) -> Iterator[Column[Any]]:
    """The columns by which rows of a table are found: the first of its key, of each index and of each unique set."""
    for group in (table.primary_key, *table.indexes, *table.constraints):
        yield from list(getattr(group, "columns", []))[:1]


def is_found_by_household(table: Table) -> bool:
    """Whether rows are found by their household, or by a parent row in the same context."""
    return any(column.name == "owner" or column.foreign_keys for column in leading_columns(table))


@pytest.mark.parametrize("context", contexts.names())
def test_every_table_is_found_by_its_household_or_its_parent(context: str) -> None:
    assert not [name for name, table in own_tables(context).items() if not is_found_by_household(table)]


@pytest.mark.parametrize("file", migrations(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_migration_touches_only_its_own_tables(file: Path) -> None:
    own = set(own_tables(file.parent.name))
    others = {name for context in contexts.names() if context != file.parent.name for name in own_tables(context)}
    assert not set(tables_named(file.read_text())) & (others - own)


@pytest.mark.parametrize("file", migrations(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_migration_is_frozen_and_imports_no_context(file: Path) -> None:
    imported = modules_imported(file.read_text())
    assert not {module for module in imported if module.startswith("finapp") and not module.startswith(ALLOWED)}


def test_a_table_without_its_household_is_noticed() -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("owner", Text, primary_key=True), Column("note", Text))
    assert is_found_by_household(parent)
    assert is_found_by_household(Table("child", metadata, Column("of", ForeignKey("parent.owner"), primary_key=True)))
    assert not is_found_by_household(Table("astray", metadata, Column("id", Text, primary_key=True)))


def test_a_migration_that_reaches_too_far_is_noticed() -> None:
    source = """
import finapp.auth.tables
op.add_column("accounts", sa.Column("note", sa.Text))
table("mine", metadata, sa.Column("x", sa.ForeignKey("theirs.id")))
with op.batch_alter_table("third") as batch: pass
op.execute("DELETE FROM fourth")
"""
    assert set(tables_named(source)) == {"accounts", "mine", "theirs", "third", "delete", "from", "fourth"}
    assert modules_imported(source) == {"finapp.auth.tables"}
