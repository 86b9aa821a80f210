"""The product as a server of its own, started as its users start it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

_LOOK_S = 0.005


@contextmanager
def running(data: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A server on a data directory that has just given its first answer, and its port on this machine.

    Raises RuntimeError when it ends before it answers.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "finapp.app.cli", "serve", "--port", str(port), "--data", str(data)]
    environment = {**os.environ, "FINAPP_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(process, port)
        yield process, port
    finally:
        process.terminate()
        process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    while process.poll() is None:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(_LOOK_S)
    raise RuntimeError(f"the server ended with {process.returncode} before it answered")
