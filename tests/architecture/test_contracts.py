"""The import contracts hold, and each of them has been seen red."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

VIOLATIONS = Path(__file__).parent / "violations"
FILES = sorted(VIOLATIONS.glob("*/*.py"))


def declared(file: Path) -> set[str]:
    """The contracts that a violation says it turns red."""
    (line,) = re.findall(r"^# red: (.+)$", file.read_text(), re.MULTILINE)
    return set(line.split(", "))


def parts(file: Path) -> list[tuple[str, str]]:
    """The modules a violation adds to, each with the text."""
    _, *pieces = re.split(r"^# at: (.+)$", file.read_text(), flags=re.MULTILINE)
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def test_the_contracts_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(house.ROOT / "src")}
    result = subprocess.run(command, cwd=house.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_a_house_in_order_keeps_every_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.build(tmp_path)
    assert house.red_contracts(tmp_path, monkeypatch) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_violation_turns_exactly_its_contract_red(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.build(tmp_path)
    for module, text in parts(file):
        house.add(tmp_path, module, text)
    assert house.red_contracts(tmp_path, monkeypatch) == declared(file)


@pytest.mark.parametrize("context", house.CONTEXTS)
@pytest.mark.parametrize("room", ["domain", "facade", "router", "store", "tables"])
def test_every_context_keeps_its_rooms_to_itself(
    context: str, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.build(tmp_path)
    house.add(tmp_path, "finapp/app/main.py", f"from finapp.{context} import {room}")
    red = house.red_contracts(tmp_path, monkeypatch)
    assert red - {"store", "tables"} == {f"front-door-{context}"}


def test_every_contract_has_a_violation_that_breaks_it_alone() -> None:
    alone = {next(iter(declared(file))) for file in FILES if len(declared(file)) == 1}
    tested_above = {f"front-door-{context}" for context in house.CONTEXTS}
    assert house.contract_ids() - tested_above == alone - tested_above
