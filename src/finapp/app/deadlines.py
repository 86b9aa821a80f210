"""An absolute deadline for receiving a request: uvicorn waits for ever on a client that sends a byte at a time."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 15.0
"""From the connection, or the first byte of a further request, to the end of its headers."""
BODY_SECONDS = 60.0
SLOWEST_BYTES_A_SECOND = 50_000
"""A declared body may take this long on top of `BODY_SECONDS`."""


class Deadlines(HttpToolsProtocol):
    """uvicorn's protocol, which closes the connection of a client that is too slow."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Starts the clock for the first request."""
        super().connection_made(transport)
        self._within(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._stop()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Starts the clock for the headers."""
        super().on_message_begin()
        self._within(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Starts the clock for the body."""
        super().on_headers_complete()
        declared = dict(self.headers).get(b"content-length", b"0")
        self._within(BODY_SECONDS + (int(declared) if declared.isdigit() else 0) / SLOWEST_BYTES_A_SECOND)

    def on_message_complete(self) -> None:
        """Stops the clock: the request is here."""
        self._stop()
        super().on_message_complete()

    def _within(self, seconds: float) -> None:
        self._stop()
        self._timer = self.loop.call_later(seconds, self._give_up)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self.transport.close()
