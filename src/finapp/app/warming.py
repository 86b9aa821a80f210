"""What the first questions would otherwise wait for, made once the server listens."""

import gc

from fastapi import FastAPI

from finapp.platform.identity import API

_NOWHERE = {"type": "http", "method": "GET", "path": f"{API}/-", "root_path": "", "headers": []}


def warm(app: FastAPI) -> None:
    """Makes the models of every operation, and takes what the program consists of out of garbage collection.

    FastAPI makes a router's models when a request first looks there, a quarter of a second for a large one. A full
    collection looks through everything that was imported, a fifth of a second each time, and none of it is garbage.
    """
    for route in app.routes:
        route.matches(_NOWHERE)
    gc.freeze()
