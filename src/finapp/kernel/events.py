"""What contexts tell each other after the fact. Events are delivered at least once and take effect once."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every announcement. `owner` is the household it is about; names are past tense."""

    owner: str
