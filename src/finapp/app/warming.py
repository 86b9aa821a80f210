"""What is done once the server listens."""

import gc
import time

from finapp.platform.allocation import give_back

_NEW_OBJECTS, _YOUNG_LOOKS, _FULL_LOOKS = 10_000, 10, 50
"""New objects, looks at the youngest and looks at the younger ones after which garbage is looked for.

What is kept of a household between questions is hundreds of thousands of references, and a full look follows each: of a
million rows a seventh of a second, on whichever question it falls. By default that was one dashboard in twenty.
"""
_GIVEN_BACK_S = 60.0
"""A large answer leaves some megabytes free between what it has made others keep."""


def keep_tidy() -> None:
    """Warms, then gives free memory back to the system once a minute, for ever."""
    warm()
    while True:
        time.sleep(_GIVEN_BACK_S)
        give_back()


def warm() -> None:
    """Takes what the program consists of out of garbage collection; what the start left free goes back to the system.

    Nothing is imported or made here: what a question needs comes with the first such question.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_LOOKS, _FULL_LOOKS)
    give_back()
