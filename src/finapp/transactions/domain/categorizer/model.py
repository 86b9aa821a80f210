"""The linear model: multinomial logistic regression over hashed features, eight bits a weight.

Imported only when a row needs it, because it needs numpy. The files are made by `tools/knowledge/train.py`.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from finapp.transactions.domain.categorizer.features import FEATURES, rows_of

_DATA = Path(__file__).parents[2] / "data"
_CHUNK = 1024


class Scores(NamedTuple):
    """Log-odds of every class for every text, before the softmax."""

    logits: NDArray[np.float32]
    """Shape (texts, classes), divided by the fitted temperature."""


class Model:
    """Scores payee cores."""

    def __init__(
        self,
        weights: NDArray[np.int8],
        scale: NDArray[np.float32],
        bias: NDArray[np.float32],
        manifest: dict[str, object],
    ):
        if weights.shape != (FEATURES, len(scale)):
            raise ValueError("the weights do not fit the features")
        self._weights = weights
        self._scale = scale
        self._bias = bias
        self.manifest = manifest
        self.classes: tuple[str, ...] = tuple(str(code) for code in manifest["classes"])  # type: ignore[attr-defined]
        self._temperature = float(str(manifest["temperature"]))

    def scores(self, cores: Sequence[str], directions: Sequence[str]) -> Scores:
        """The log-odds for payee cores with the direction of money."""
        parts = []
        for start in range(0, len(cores), _CHUNK):
            rows = rows_of(cores[start : start + _CHUNK], directions[start : start + _CHUNK])
            counts = np.diff(np.append(rows.starts, len(rows.buckets))).astype(np.float32)
            sums = np.add.reduceat(self._weights[rows.buckets], rows.starts, axis=0, dtype=np.int32)
            # Rows are averaged by the root of their length, as in training, so that long names do not shout.
            parts.append(sums * self._scale / np.sqrt(counts)[:, None] + self._bias)
        logits = np.concatenate(parts) if parts else np.zeros((0, len(self.classes)), dtype=np.float32)
        return Scores((logits / self._temperature).astype(np.float32))

    def likeliest(
        self,
        cores: Sequence[str],
        directions: Sequence[str],
        deltas: Sequence[Mapping[str, float]],
        leaves: Mapping[str, str],
        count: int,
    ) -> list[list[tuple[str, float]]]:
        """The `count` likeliest categories of each core with their probabilities, likeliest first.

        `deltas` are added to the logits; a category outside the classes starts from the logit of its leaf in `leaves`,
        or from the mean logit.
        """
        logits = self.scores(cores, directions).logits
        own = sorted({category for delta in deltas for category in delta} - set(self.classes))
        names = (*self.classes, *own)
        for category in own:
            leaf = leaves.get(category)
            start = logits[:, self.classes.index(leaf)] if leaf in self.classes else logits.mean(axis=1)
            logits = np.concatenate([logits, start[:, None]], axis=1)
        place = {name: index for index, name in enumerate(names)}
        for row, delta in enumerate(deltas):
            for category, shift in delta.items():
                logits[row, place[category]] += shift
        chances = probabilities(logits)
        best = np.argsort(-chances, axis=1, kind="stable")[:, :count]
        return [
            [(names[index], round(float(chances[row, index]), 4)) for index in best[row]] for row in range(len(cores))
        ]


def probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax over the classes of each row."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: NDArray[np.float32] = shifted / shifted.sum(axis=1, keepdims=True)
    return result


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that ships with the product, read once in a process. Raises ValueError when its digest is wrong."""
    manifest = json.loads((_DATA / "model.json").read_text(encoding="utf-8"))
    content = (_DATA / "model.npz").read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
        raise ValueError("model.npz is not the file that model.json describes")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Model(arrays["weights"], arrays["scale"], arrays["bias"], manifest)
