"""What it costs to start the server and have its first answers, beside importing the libraries it is made of."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.households import EMAIL, PASSWORD
from benchmarks.served import API
from benchmarks.servers import running

LIBRARIES = "import fastapi, sqlalchemy, uvicorn"
_TICKS = os.sysconf("SC_CLK_TCK")
_REST_S, _REST_CPU_S = 0.5, 0.05


@dataclass(frozen=True, kw_only=True)
class Start:
    """Seconds of CPU of a server's process since it began, the least of a few starts; `idle_mb` once it rests."""

    libraries_s: float
    """Of a process that imports the libraries and ends."""
    answer_s: float
    dashboard_s: float
    idle_mb: float


def started(data: Path, *, times: int) -> Start:
    """Starts the server on a data directory so many times and asks for its health, then for a dashboard."""
    starts = [_once(data) for _ in range(times)]
    return Start(
        libraries_s=min(_libraries() for _ in range(times)),
        answer_s=min(answer for answer, _, _ in starts),
        dashboard_s=min(dashboard for _, dashboard, _ in starts),
        idle_mb=min(resident for _, _, resident in starts),
    )


def _libraries() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _once(data: Path) -> tuple[float, float, float]:
    with running(data) as (process, _):
        answer = _spent(process.pid)
        idle = _at_rest(process.pid)
    with running(data) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        form = urlencode({"username": EMAIL, "password": PASSWORD})
        told = _asked(connection, "POST", "/auth/token", form, {"content-type": "application/x-www-form-urlencoded"})
        token = told.split(b'"access_token":"')[1].split(b'"')[0].decode()
        _asked(connection, "GET", "/dashboard", None, {"authorization": f"Bearer {token}"})
        return answer, _spent(process.pid), idle


def _at_rest(pid: int) -> float:
    """The megabytes of a server that has done what it does after its start."""
    before = -1.0
    while _spent(pid) - before > _REST_CPU_S:
        before = _spent(pid)
        time.sleep(_REST_S)
    return _resident_mb(pid)


def _asked(connection: HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]) -> bytes:
    connection.request(method, API + path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
    return content


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
