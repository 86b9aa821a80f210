"""Real processes of the product, as environment variables alone shape them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2

START_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One process; it may be killed and started again on the same data."""

    def __init__(self, port: int, environment: Mapping[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process and waits until it answers."""
        command = [sys.executable, "-m", "finapp.app.cli", "serve", "--port", str(self._port)]
        self._process = subprocess.Popen(command, env=self._environment, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server stopped with exit code {self._process.returncode}")
            try:
                httpx2.get(self.url + "/health/live", timeout=2)
            except httpx2.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not start in time")

    def kill(self) -> None:
        """Ends the process at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Starts the servers in order and kills them at the end."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.kill()


def lifted(context: str, contexts: tuple[str, ...], directory: Path) -> tuple[Server, Server]:
    """(front, lifted): one context in a process of its own, everything else behind the front's base URL."""
    front_port, lifted_port = free_port(), free_port()
    front_url, lifted_url = f"http://127.0.0.1:{front_port}", f"http://127.0.0.1:{lifted_port}"
    shared = {"FINAPP_KEYS": str(directory / "keys")}
    others = ",".join(f"{name}={front_url}" for name in contexts if name != context)
    front = {**shared, "FINAPP_DATA": str(directory / "front"), "FINAPP_ELSEWHERE": f"{context}={lifted_url}"}
    alone = {**shared, "FINAPP_DATA": str(directory / context), "FINAPP_HERE": context, "FINAPP_ELSEWHERE": others}
    return Server(front_port, front), Server(lifted_port, alone)
