"""What the first questions would otherwise wait for, made once the server listens."""

import gc
from collections.abc import Sequence
from datetime import date

import structlog
from fastapi import FastAPI

from finapp.app.catalogue import PLUGS
from finapp.kernel.errors import FinappError
from finapp.platform.collecting import uncollected
from finapp.platform.exchange import ecb_rates
from finapp.platform.operations import every_route
from finapp.platform.plugs import Plug

log = structlog.get_logger()


def warm(app: FastAPI, plugs: Sequence[Plug] = PLUGS) -> None:
    """Makes the models of every operation, reads the table of exchange rates and what the contexts of this process
    want at hand, and takes what the program consists of out of garbage collection.

    FastAPI makes a router's models when a request first looks there, a quarter of a second for a large one. A full
    collection looks through everything that was imported, a fifth of a second each time, and none of it is garbage.
    """
    with uncollected():
        for _ in every_route(app):
            pass
        ecb_rates().rate(currency="EUR", to="USD", on=date(2000, 1, 3))
        gc.freeze()
    for plug in plugs:
        if plug.prepare is not None and plug.name not in app.state.settings.contexts_elsewhere:
            try:
                plug.prepare(app.state.facades[plug.name])
            except FinappError as refusal:  # a neighbour that does not answer yet: the first question will read it
                log.info("not_prepared", context=plug.name, reason=refusal.detail)
