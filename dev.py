#!/usr/bin/env python3
"""Everything a developer or a user does with a checkout: `python3 dev.py help` lists the commands.

Standard library only, because it runs before there is an environment. It makes `.venv` from a hash-locked file and
remembers the file's digest, so that the next start takes no time. Packages come from wherever pip and uv are set up
to fetch them on this machine; no address stands here.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = ENVIRONMENT / "finapp-locks"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
RUN_LOCK, DEV_LOCK, TOOLS_LOCK = "requirements.lock", "requirements-dev.lock", "requirements-tools.lock"
NODE_LOCK = "requirements-node.lock"
EXTRAS = ["--extra", "passkeys", "--extra", "pdf"]
"""What is optional in the wheel and always there in a checkout."""
UNIT_TESTS = "not slow and not acceptance and not postgres and not browser and not hledger"


class Refused(Exception):
    """The command cannot go on; the message is the one line that says why."""


# The environment


def program(name: str) -> str:
    """The path of a program inside the environment."""
    return str(ENVIRONMENT / SCRIPTS / name)


def site_packages() -> Path:
    """Where the environment keeps its packages when it was made by the Python that runs now."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(ENVIRONMENT), "platbase": str(ENVIRONMENT)}))


def say(message: str) -> None:
    """One line of progress, on the error stream so that answers stay clean."""
    print(f"dev.py: {message}", file=sys.stderr, flush=True)


def step(command: list[str], otherwise: str) -> None:
    """Run one step of the set-up in the checkout, or refuse with `otherwise` as the reason."""
    try:
        failed = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode
    except OSError as error:
        raise Refused(f"{otherwise} ({error})") from error
    if failed:
        raise Refused(otherwise)


def uv() -> str:
    """The path of uv. pip puts it into `.tools`, which needs neither the venv package nor a writable system."""
    held = TOOLS / SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
    if not held.exists():
        install_tool("uv", TOOLS_LOCK)
    return str(held)


def install_tool(name: str, lock: str) -> None:
    """Put the packages of `lock` into `.tools`."""
    if not importlib.util.find_spec("pip"):
        raise Refused("pip is missing: install it first (Debian: apt-get install python3-pip)")
    say(f"installing {name} into .tools")
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--root-user-action=ignore",
        "--no-deps",
        "--upgrade",
        "--require-hashes",
    ]
    pip = [sys.executable, "-m", "pip", "install", *options, "--target", str(TOOLS), "-r", lock]
    step(pip, f"pip could not install {name}; is the package index reachable?")


def stamp(lock: str) -> str:
    """The line that says the environment holds `lock` in its present form."""
    try:
        return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"
    except FileNotFoundError:
        raise Refused(f"{lock} is missing; this is not a complete checkout") from None


def ensure(lock: str) -> None:
    """Make the environment hold the packages of `lock`; costs nothing when it already does."""
    usable = site_packages().is_dir() and Path(program("python")).exists()
    held = STAMP.read_text().splitlines() if usable and STAMP.exists() else []
    if stamp(lock) in held:
        return
    installer = uv()
    if not usable:
        version = platform.python_version()
        say(f"making .venv for Python {version}")
        make = [installer, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENVIRONMENT)]
        step(make, f"uv could not make an environment for Python {version} in {ENVIRONMENT}")
    say(f"installing the packages of {lock}")
    options = ["--quiet", "--require-hashes", "--compile-bytecode", "--python", program("python")]
    install = [installer, "pip", "install", *options, "-r", lock]
    step(install, f"the packages of {lock} could not be installed; is the package index reachable?")
    (site_packages() / "finapp.pth").write_text(f"{ROOT / 'src'}\n")
    # The development lock holds every package of the other one at the same version; a test says so.
    now_held = [DEV_LOCK, RUN_LOCK] if lock == DEV_LOCK else [RUN_LOCK]
    STAMP.write_text("".join(f"{stamp(name)}\n" for name in now_held))


def ensure_page(*, required: bool = False) -> None:
    """Build the web page when its sources changed. What is in the way is said; `required` refuses because of it.

    `required` also checks the page's types against the contract of the API.
    """
    place = ROOT / "frontend" / "build.py"
    if not place.exists():
        return
    sys.path.insert(0, str(place.parent))
    import build

    if build.is_current():
        return
    try:
        npm = build.npm() or build.npm(TOOLS)
        if npm is None:
            install_tool("node", NODE_LOCK)
            npm = build.npm(TOOLS)
        say("building the web page")
        build.build(npm, check=required)
    except (Refused, build.BuildFailed) as fault:
        if required:
            raise Refused(f"the web page could not be built: {fault}") from fault
        instead = "the one built before is served" if build.is_built() else "/ leads to the documentation"
        say(f"the web page could not be built, {instead} ({fault})")


# The commands


def run(arguments: list[str]) -> int:
    """run [--host H] [--port P] [--data DIR] [--demo]   migrate and serve, at http://127.0.0.1:8000 unless told"""
    parser = argparse.ArgumentParser(prog="dev.py run", description="Migrate the databases and serve finapp.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", default=8000, type=int, help="port to listen on (default: 8000)")
    parser.add_argument("--data", default="data", help="directory for databases and keys (default: ./data)")
    parser.add_argument("--demo", action="store_true", help="serve a made-up household as well")
    given = parser.parse_args(arguments)
    ensure(RUN_LOCK)
    ensure_page()
    # A person at a terminal wants the address and the sign-in, not a line for each request.
    os.environ.setdefault("FINAPP_LOG_LEVEL", "WARNING")
    serve = ["serve", "--host", given.host, "--port", str(given.port), "--data", given.data]
    command = [program("python"), "-m", "finapp.app.cli", *serve, *(["--demo"] if given.demo else [])]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def test(arguments: list[str]) -> int:
    """test [--full] [pytest arguments]                  all tests; --full fails when a missing tool skips any"""
    ensure(DEV_LOCK)
    ensure_page(required="--full" in arguments)
    # A file's tests stay on one worker, so that what they share (a PostgreSQL, a server) is started once.
    spread = ["--numprocesses", "auto", "--dist", "loadfile"]
    return subprocess.call([program("python"), "-m", "pytest", *spread, *arguments], cwd=ROOT)


def check(arguments: list[str]) -> int:
    """check [--static]                                  lint, format, types, contracts; without --static, unit tests"""
    ensure(DEV_LOCK)
    static = "--static" in arguments
    arguments = [argument for argument in arguments if argument != "--static"]
    steps = {
        "ruff": ["ruff", "check", "--quiet", "."],
        "format": ["ruff", "format", "--check", "--quiet", "."],
        "contracts": ["lint-imports", "--no-logo"],
        "types": ["mypy", "--strict", "--no-error-summary", "src/finapp"],
    }
    if not static:
        steps["tests"] = ["pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", UNIT_TESTS, *arguments]
    # A few examples of each property here; `test` draws many.
    environment = {**os.environ, "HYPOTHESIS_EXAMPLES": "10"}
    started = time.monotonic()
    running = {
        name: subprocess.Popen(
            [program(argv[0]), *argv[1:]],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, argv in steps.items()
    }
    failed = []
    for name, process in running.items():
        output, _ = process.communicate()
        verdict = "ok" if process.returncode == 0 else "FAILED"
        print(f"{name}: {verdict}", flush=True)
        if process.returncode:
            failed.append(name)
            print(output, flush=True)
    print(f"{time.monotonic() - started:.0f} s; " + (f"failed: {', '.join(failed)}" if failed else "all well"))
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """bench [--quick] [names]                           the benchmarks, all or those named"""
    if not (ROOT / "benchmarks").is_dir():
        raise Refused("there is no folder benchmarks/ in this checkout")
    ensure(DEV_LOCK)
    ensure_page()
    return subprocess.call([program("python"), "-m", "benchmarks", *arguments], cwd=ROOT)


def page(arguments: list[str]) -> int:
    """page                                              build the web page, its types checked"""
    ensure_page(required=True)
    return 0


def screenshots(arguments: list[str]) -> int:
    """screenshots [DIR] [pages]                         each page, light and dark, phone and wide (./screenshots)"""
    ensure(DEV_LOCK)
    ensure_page()
    return subprocess.call([program("python"), "-m", "tests.web.screenshots", *arguments], cwd=ROOT)


def lock(arguments: list[str]) -> int:
    """lock [--upgrade]                                  recompile the lock files from pyproject.toml"""
    inputs = {
        RUN_LOCK: ["pyproject.toml", *EXTRAS],
        TOOLS_LOCK: ["--group", "tools"],
        NODE_LOCK: ["--group", "node"],
        DEV_LOCK: ["pyproject.toml", *EXTRAS, "--group", "dev", "--constraint", RUN_LOCK],
    }
    options = [
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--python-version",
        "3.11",
    ]
    for name, sources in inputs.items():
        step([uv(), "pip", "compile", *options, *sources, "-o", name], f"{name} could not be compiled")
    return 0


def show_help(arguments: list[str]) -> int:
    """help                                              this list"""
    print("python3 dev.py COMMAND\n")
    for command in COMMANDS.values():
        print(f"  {command.__doc__}")
    return 0


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "page": page,
    "screenshots": screenshots,
    "lock": lock,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Carry out one command; every refusal is one line on the error stream."""
    name = arguments[0] if arguments else "help"
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
            raise Refused(f"Python 3.11 or newer is needed; this is {platform.python_version()}")
        command = COMMANDS.get("help" if name in {"-h", "--help"} else name)
        if command is None:
            raise Refused(f"there is no command {name!r}; `python3 dev.py help` lists them")
        return command(arguments[1:])
    except Refused as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
