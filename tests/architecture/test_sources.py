"""Rules over the text of the sources: money stays exact, the clock stays outside, and rooms stay small."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import contexts, exceptions, house

MONEY = ["kernel", *(f"{context}/{room}" for context in ("transactions", "assets") for room in ("domain", "store"))]
FILE_LINES, FUNCTION_LINES = 300, 40
HEAVY = {"numpy", "scipy", "sklearn", "pyxirr", "holidays", "alembic", "pdfplumber", "xlsxwriter"}
TEXT_FILES = set(".py .md .toml .yml .yaml .json .ini .lock .sh .txt .csv .html .css .js .ts .tsx".split()) | {""}
MADE_HERE = {".git", ".venv", ".tools", ".hypothesis", "data", "dist", "build"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions_of(file: Path) -> tuple[tuple[str, ast.AST], ...]:
    """The functions of a file, parsed once for all the rules."""
    return tuple(functions(file.read_text()))


def functions(source: str) -> Iterator[tuple[str, ast.AST]]:
    """Every function of a source file by its dotted name, and the module itself as `module`."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            is_named = isinstance(child, ast.ClassDef | Function)
            name = f"{prefix}{child.name}" if is_named else ""
            if isinstance(child, Function):
                yield name, child
            yield from walk(child, f"{name}." if is_named else prefix)

    tree = ast.parse(source)
    yield "module", tree
    yield from walk(tree, "")


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or module without those of the functions in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function):
            yield child
            yield from own_nodes(child)


def calls_float(node: ast.AST) -> bool:
    """Whether money could lose its exactness here."""
    calls = [each for each in own_nodes(node) if isinstance(each, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "float" for call in calls)


def is_long(node: ast.AST) -> bool:
    """Whether a function has more lines than a reader holds in view; its docstring does not count."""
    if not isinstance(node, Function):
        return False
    first = node.body[0]
    has_promise = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    promise = first.end_lineno - first.lineno + 1 if has_promise and first.end_lineno else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - promise > FUNCTION_LINES


def reads_clock(node: ast.AST) -> bool:
    """Whether the day or the time is looked up rather than given."""
    asked = {(each.value.id, each.attr) for each in own_nodes(node) if is_attribute_of_name(each)}
    return bool(asked & {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow")})


def is_attribute_of_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)


UNSEEN_NAMES = {"eval", "exec", "__import__"}
UNSEEN_MODULES = {"pickle", "dill", "cloudpickle", "shelve", "urllib.request", "urllib.error"}


def hides_imports(node: ast.AST) -> bool:
    """Whether code is run, imported, unpickled or fetched in a way the import contracts cannot see."""
    found = set()
    for each in own_nodes(node):
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Import):
            found |= {alias.name for alias in each.names}
        elif isinstance(each, ast.ImportFrom):
            found |= {each.module or "", *(f"{each.module}.{alias.name}" for alias in each.names)}
    return bool(found & (UNSEEN_NAMES | UNSEEN_MODULES))


def opens_file(node: ast.AST) -> bool:
    """Whether a file is opened without an import that the contracts would see."""
    calls = [each for each in own_nodes(node) if isinstance(each, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "open" for call in calls)


def asks_flag_by_is(node: ast.AST) -> bool:
    """Whether a query says `column IS false` of a number: SQLite takes that, PostgreSQL does not."""
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("is_", "is_not")
        and any(isinstance(each, ast.Constant) and isinstance(each.value, bool) for each in call.args)
        for call in own_nodes(node)
    )


def found_in(files: list[Path], is_found: Callable[[ast.AST], bool]) -> set[str]:
    """`file::function` wherever the question is answered yes."""
    return {
        f"{contexts.relative(file)}::{name}" for file in files for name, node in functions_of(file) if is_found(node)
    }


def python_files(*places: str) -> list[Path]:
    """The files of rooms that may be a module or a package."""
    modules = [contexts.PACKAGE / f"{place}.py" for place in places]
    return [*contexts.sources(*places), *(file for file in modules if file.exists())]


def test_no_float_comes_near_money() -> None:
    assert found_in(python_files(*MONEY), calls_float) == set(exceptions.FLOATS)


def test_functions_are_short_or_say_why_not() -> None:
    assert found_in(contexts.sources(), is_long) == set(exceptions.LONG_FUNCTIONS)


def test_files_are_short_or_say_why_not() -> None:
    long = {contexts.relative(file) for file in contexts.sources() if len(file.read_text().splitlines()) > FILE_LINES}
    assert long == set(exceptions.LONG_FILES)


def test_every_exception_has_a_reason() -> None:
    for reasons in (exceptions.FLOATS, exceptions.LONG_FILES, exceptions.LONG_FUNCTIONS):
        assert all(len(reason.split()) > 3 for reason in reasons.values())


def test_contexts_are_told_the_day_and_the_time() -> None:
    assert found_in(contexts.sources(*contexts.names()), reads_clock) == set()


def test_words_and_rules_open_no_file() -> None:
    pure = [f"{context}/{room}" for context in contexts.names() for room in ("domain", "public")]
    assert found_in(python_files("kernel", *pure), opens_file) == set()


def test_nothing_is_unpickled_and_no_import_is_hidden() -> None:
    assert found_in(contexts.sources(), hides_imports) == set()


def test_queries_compare_flags_as_both_databases_do() -> None:
    assert found_in(contexts.sources(), asks_flag_by_is) == set()


def test_what_breaks_a_rule_is_noticed() -> None:
    source = """
class Ledger:
    def total(self):
        return float(self.sum)

    def age(self):
        return datetime.now() - self.born

    def load(self):
        import pickle

    def read(self):
        with open(self.path) as file:
            return file

    def query(self):
        return select(rows).where(rows.c.decided.is_(False))

def long():
    '''A promise
    over lines.'''
"""
    source += "    x = 1\n" * FUNCTION_LINES
    answers = dict(functions(source))
    assert [name for name, node in answers.items() if calls_float(node)] == ["Ledger.total"]
    assert [name for name, node in answers.items() if reads_clock(node)] == ["Ledger.age"]
    assert [name for name, node in answers.items() if hides_imports(node)] == ["Ledger.load"]
    assert [name for name, node in answers.items() if opens_file(node)] == ["Ledger.read"]
    assert [name for name, node in answers.items() if asks_flag_by_is(node)] == ["Ledger.query"]
    assert [name for name, node in answers.items() if is_long(node)] == ["long"]


def committed_texts() -> Iterator[Path]:
    """The text files of the checkout, without what is made or installed in it."""
    for path in house.ROOT.rglob("*"):
        top, *below = path.relative_to(house.ROOT).parts
        is_made = top in MADE_HERE or top.endswith("_cache") or {"__pycache__", "node_modules"} & {top, *below}
        if path.is_file() and not is_made and path.suffix in TEXT_FILES:
            yield path


def test_nothing_refers_to_a_place_on_someones_machine() -> None:
    somewhere = re.compile(r"(?<![\w.])/(work|home|Users|root)/\w")
    assert not [str(path) for path in committed_texts() if somewhere.search(path.read_text(errors="replace"))]


@pytest.mark.parametrize("module", ["finapp.app.main", "finapp.app.cli.main"])
def test_starting_imports_nothing_heavy(module: str) -> None:
    command = [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"]
    environment = {"PYTHONPATH": str(house.ROOT / "src")}
    loaded = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    heavy = HEAVY & set(loaded)
    assert not heavy
