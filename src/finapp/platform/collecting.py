"""When the interpreter looks for garbage in cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked for inside: for work that makes a hundred thousand objects and no cycles among them.

    A look at all of them, every few hundred new ones, costs a quarter of the work and finds nothing.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@contextmanager
def brought_in() -> Iterator[None]:
    """What comes to be inside is a part of the program: nothing is looked for meanwhile, nor in it afterwards."""
    with uncollected():
        yield
        # Imports leave some garbage: frozen with the rest it would stay for ever.
        gc.collect(0)
        gc.freeze()
