"""What the README and the guide to the API tell a reader to type does what it says.

A fenced `sh` block is tested when the line above it is `<!-- tested: NAME -->`. The block that starts with
`python3 dev.py run` is started as it stands, on a free port with a fresh data directory; the other blocks with
`python3 dev.py` must name commands that exist; the rest run in order as one bash script against that server. A `json`
block right after a tested one holds fields that its answer must have, a `text` block the exact output.
"""

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.servers import free_port

pytestmark = [pytest.mark.acceptance, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[1]
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "api.md"
ADDRESS = "http://127.0.0.1:8000"
BETWEEN = "-----next block-----"
BLOCK = re.compile(
    r"^<!-- tested: (?P<name>.+?) -->\n```sh\n(?P<text>.*?)^```\n(?:\n?```(?P<kind>json|text)\n(?P<answer>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
START_SECONDS = 300  # The first start on a machine may have to install the packages.


@dataclass(frozen=True, kw_only=True)
class Block:
    """One tested block, with the answer the README shows for it."""

    name: str
    text: str
    kind: str | None
    answer: str | None


def blocks(readme: str) -> list[Block]:
    """The tested blocks of a README, in order."""
    return [Block(**found.groupdict()) for found in BLOCK.finditer(readme)]


def commands(readme: str) -> list[str]:
    """The `dev.py` commands in tested blocks."""
    return [
        found for block in blocks(readme) for found in re.findall(r"^python3 dev\.py (\w+)", block.text, re.MULTILINE)
    ]


def holds(answer: Any, promised: Any) -> bool:
    """Whether an answer has everything that is promised; it may have more fields."""
    if isinstance(promised, dict):
        return isinstance(answer, dict) and all(key in answer and holds(answer[key], promised[key]) for key in promised)
    if isinstance(promised, list):
        return isinstance(answer, list) and len(answer) == len(promised) and all(map(holds, answer, promised))
    return bool(answer == promised)


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the server accepts connections; fails with its output when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of the server that the README's own command starts."""
    command = next(block.text.strip() for block in blocks(README.read_text()) if "dev.py run" in block.text)
    port, log = free_port(), tmp_path / "server.log"
    words = [*command.split(), "--port", str(port), "--data", str(tmp_path / "data")]
    with log.open("wb") as output:
        process = subprocess.Popen(words, cwd=ROOT, stdout=output, stderr=output)
    try:
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_the_commands_of_the_readme_exist() -> None:
    named = commands(README.read_text())
    listed = subprocess.run(["python3", "dev.py", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"run", "test"} <= set(named)
    assert not [name for name in named if f"\n  {name} " not in listed]


def test_what_is_to_be_typed_runs_as_it_is_written(server: str, tmp_path: Path) -> None:
    read = README.read_text() + GUIDE.read_text()
    used = [block for block in blocks(read) if "python3 dev.py" not in block.text]
    assert used
    script = f"\necho; echo '{BETWEEN}'\n".join(block.text for block in used).replace(ADDRESS, server)
    # An answer of 400 or more must fail the script, without the reader having to type an option for it.
    (tmp_path / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    environment = {**os.environ, "CURL_HOME": str(tmp_path)}
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for block, answer in zip(used, done.stdout.split(BETWEEN), strict=True):
        if block.kind == "json":
            assert holds(json.loads(answer), json.loads(block.answer or "")), f"{block.name}: {answer}"
        elif block.kind == "text":
            assert answer.strip() == (block.answer or "").strip()


def test_a_block_an_answer_and_a_missing_field_are_told_apart() -> None:
    readme = '<!-- tested: a -->\n```sh\npython3 dev.py run\n```\n\n```json\n{"x": [1]}\n```\n\n```sh\nuntested\n```\n'
    assert blocks(readme) == [Block(name="a", text="python3 dev.py run\n", kind="json", answer='{"x": [1]}\n')]
    assert commands(readme) == ["run"]
    assert holds({"x": [{"y": 1, "z": 2}]}, {"x": [{"y": 1}]})
    assert not holds({"x": [{"y": 1}]}, {"x": [{"z": 1}]})
    assert not holds({"x": []}, {"x": [1]})
