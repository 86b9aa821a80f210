"""A context that some list forgot fails here."""

import ast
import configparser
import re

import pytest

from tests.architecture import contexts, house


def contract(name: str) -> configparser.SectionProxy:
    config = configparser.ConfigParser()
    config.read(house.CONFIG)
    return config[f"importlinter:contract:{name}"]


def named(text: str) -> set[str]:
    """The contexts that a list of modules or layers names."""
    words = re.findall(r"[\w.]+", text)
    return {word.removeprefix("finapp.") for word in words} - contexts.NOT_CONTEXTS


def imported_plugs(source: str) -> set[str]:
    """The contexts whose plug a source file imports."""
    modules = [node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return {found[1] for module in modules if (found := re.fullmatch(r"finapp\.(\w+)\.plug", module))}


def lists() -> dict[str, set[str]]:
    """Every list of contexts in the repository, by where it stands."""
    doors = {name.removeprefix("front-door-") for name in house.contract_ids() if name.startswith("front-door-")}
    return {
        ".importlinter map": named(contract("map")["layers"]),
        ".importlinter inside": named(contract("inside")["containers"]),
        ".importlinter no-side-doors": named(contract("no-side-doors")["source_modules"]),
        ".importlinter front doors": doors,
        "finapp/app/catalogue.py": imported_plugs((contexts.PACKAGE / "app" / "catalogue.py").read_text()),
        "migrations/": {path.name for path in contexts.MIGRATIONS.iterdir() if any(path.glob("[0-9]*.py"))},
        "finapp/*/plug.py": {path.parent.name for path in contexts.PACKAGE.glob("*/plug.py")},
        "tests/": {path.name for path in (house.ROOT / "tests").iterdir() if path.name in contexts.names()},
        "tests/architecture/house.py": set(house.CONTEXTS),
    }


@pytest.mark.parametrize("where", lists())
def test_every_list_names_every_context_and_nothing_else(where: str) -> None:
    assert lists()[where] == set(contexts.names())


def test_a_forgotten_context_is_noticed() -> None:
    assert named("app\nfire\nanalytics | (assets)\nplatform") == {"fire", "analytics", "assets"}
    assert imported_plugs("from finapp.fire.plug import plug\nfrom finapp.assets.public import x") == {"fire"}


@pytest.mark.parametrize("name", contexts.names())
def test_a_plug_says_its_own_name(name: str) -> None:
    assert contexts.plug(name).name == name


def test_a_context_needs_only_what_is_built_before_it() -> None:
    from finapp.app.catalogue import PLUGS

    built: set[str] = set()
    for plug in PLUGS:
        assert set(plug.needs) <= built
        built.add(plug.name)


def test_no_two_contexts_answer_the_same_path() -> None:
    paths = [path for name in contexts.names() for path in contexts.plug(name).paths]
    assert len(paths) == len(set(paths))


def test_whoever_listens_hears_an_event_that_someone_announces() -> None:
    announced = {event for name in contexts.names() for event in contexts.plug(name).announces()}
    heard = {event for name in contexts.names() for event in contexts.plug(name).listeners()}
    assert heard <= announced


def test_an_event_is_known_by_its_name_alone() -> None:
    names = [event.__name__ for name in contexts.names() for event in contexts.plug(name).announces()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", contexts.names())
def test_a_plug_names_the_events_that_its_listeners_are_for(name: str) -> None:
    plug = contexts.plug(name)
    assert sorted(plug.listens) == sorted(event.__name__ for event in plug.listeners())


@pytest.mark.parametrize("name", contexts.names())
def test_every_path_of_a_context_begins_with_a_segment_of_its_plug(name: str) -> None:
    plug = contexts.plug(name)
    assert {operation.path.split("/")[1] for operation in plug.router().operations} == set(plug.paths)
