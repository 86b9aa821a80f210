"""What is done once the server listens."""

import gc

from finapp.platform.allocation import give_back


def warm() -> None:
    """Takes what the program consists of out of garbage collection; what the start left free goes back to the system.

    Nothing is imported or made here: what a question needs comes with the first such question.
    """
    gc.freeze()
    give_back()
