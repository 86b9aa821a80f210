"""What the first questions would otherwise wait for, made once the server listens."""

import gc
from collections.abc import Sequence
from datetime import date

import structlog
from fastapi import FastAPI

from finapp.app.catalogue import PLUGS
from finapp.kernel.errors import FinappError
from finapp.platform.allocation import give_back
from finapp.platform.collecting import uncollected
from finapp.platform.exchange import ecb_rates
from finapp.platform.plugs import Plug

log = structlog.get_logger()
_NEW_OBJECTS, _YOUNG_LOOKS, _FULL_LOOKS = 10_000, 10, 50
"""New objects, looks at the youngest and looks at the younger ones after which garbage is looked for.

What is kept of a household between questions is hundreds of thousands of references, and a full look follows each: of a
million rows a seventh of a second, on whichever question it falls. By default that was one in twenty.
"""


def warm(app: FastAPI, plugs: Sequence[Plug] = PLUGS) -> None:
    """Reads the table of exchange rates and what the contexts of this process want at hand, and takes what the program
    consists of out of garbage collection; what the start left free goes back to the system.

    A full collection looks through everything that was imported, a fifth of a second each time, and none of it is
    garbage. Operations are not made here: each takes a few milliseconds when it is first asked for, and all of them
    18 MB that most households never need.
    """
    with uncollected():
        ecb_rates().rate(currency="EUR", to="USD", on=date(2000, 1, 3))
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS, _YOUNG_LOOKS, _FULL_LOOKS)
    give_back()
    for plug in plugs:
        if plug.prepare is not None and plug.name not in app.state.settings.contexts_elsewhere:
            try:
                plug.prepare(app.state.facades[plug.name])
            except FinappError as refusal:  # a neighbour that does not answer yet: the first question will read it
                log.info("not_prepared", context=plug.name, reason=refusal.detail)
