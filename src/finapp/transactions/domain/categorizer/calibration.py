"""How far what a layer says may be believed, fitted on rows at first sight.

`tools/knowledge/calibrate.py` writes `finapp/transactions/data/calibration.json`; this module reads it.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[2] / "data"


class Calibration:
    """Maps the confidence that a layer states to the share that was right when it stated so."""

    def __init__(self, knots: Mapping[str, Sequence[tuple[float, float]]], rows: int = 0, right: int = 0) -> None:
        """`knots` are (stated, believed) by source, rising; `rows` and `right` what they were fitted on."""
        self._knots = {
            source: tuple((float(one), float(other)) for one, other in found) for source, found in knots.items()
        }
        self.rows = rows
        """Rows at first sight that the knots were fitted on."""
        self.right = right
        """Of these, how many were right."""

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


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The calibration that ships with the product, read once in a process."""
    content = json.loads((_DATA / "calibration.json").read_text(encoding="utf-8"))
    return Calibration(content["knots"], sum(content["rows"].values()), sum(content["right"].values()))
