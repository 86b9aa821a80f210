"""How far what a layer says may be believed, fitted on rows at first sight.

`tools/knowledge/calibrate.py` writes `finapp/transactions/data/calibration.json`; this module reads it.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from finapp.transactions.domain.categorizer.knowledge import built_text


class Calibration:
    """Maps the confidence that a layer states to the share that was right when it stated so."""

    def __init__(self, knots: Mapping[str, Sequence[tuple[float, float]]]) -> None:
        """`knots` are (stated, believed) by source, rising."""
        self._knots = {source: tuple(at) for source, at in knots.items()}

    def of(self, source: str, stated: float) -> float:
        """The confidence to show for `stated`: between two knots on the line between them, outside in proportion."""
        knots = self._knots.get(source)
        if not knots or stated <= 0:
            return stated
        first, last = knots[0], knots[-1]
        if stated <= first[0]:
            return stated * first[1] / first[0]
        for (low, believed_low), (high, believed_high) in pairwise(knots):
            if stated <= high:
                return believed_low + (believed_high - believed_low) * (stated - low) / (high - low)
        return min(last[1] + (stated - last[0]), 0.995)


class OpenSet(NamedTuple):
    """How one set of lines did that the categorizer was not made from."""

    name: str
    rows: int
    first_sight: float
    """Share right before anything was changed because of the set."""


class Record(NamedTuple):
    """How right the categorizer proved, and how far its layers may be believed because of it."""

    calibration: Calibration
    rows: int
    """Rows at first sight that the calibration was fitted on."""
    right: int
    """Of these, how many were right."""
    sets: tuple[OpenSet, ...]
    model_version: str
    """Digest of the linear model's weights."""


@lru_cache(maxsize=1)
def record() -> Record:
    """The record that ships with the product, read once in a process."""
    content = json.loads(built_text("calibration.json"))
    manifest = json.loads(built_text("model.json"))
    return Record(
        calibration=Calibration(content["knots"]),
        rows=sum(content["rows"].values()),
        right=sum(content["right"].values()),
        sets=tuple(OpenSet(*row) for row in content["sets"]),
        model_version=manifest["sha256"][:16],
    )


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration that ships with the product, read once in a process."""
    return record().calibration
