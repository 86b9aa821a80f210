"""Trains the linear model from the built knowledge and writes `data/model.npz` and `data/model.json`.

    python tools/knowledge/train.py            # write
    python tools/knowledge/train.py --check    # fail when training again gives other bytes

Examples are spellings of names and phrases, and local-business words beside family names and places, as small shops
call themselves. A tenth of the names, whole names at a time, is kept out to fit the temperature. The same knowledge
gives the same bytes.
"""

import argparse
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy import sparse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from finapp.transactions.domain import taxonomy  # noqa: E402  # the path above must come first
from finapp.transactions.domain.categorizer.features import FEATURES, rows_of  # noqa: E402
from finapp.transactions.domain.descriptor.cleaning import CITIES  # noqa: E402

DATA = ROOT / "src" / "finapp" / "transactions" / "data"
SEED, EPOCHS, BATCH, RATE, DECAY = 20250101, 14, 1024, 0.5, 2e-5
FILLERS = 6
# How spending at payees that no list knows is spread, by count of rows: small restaurants first. Our own estimate.
PRIOR = {
    "dining": 0.30, "shopping": 0.14, "groceries": 0.10, "health": 0.08, "services": 0.06, "home": 0.05, "travel": 0.05,
    "entertainment": 0.05, "personal_care": 0.05, "transport": 0.03, "auto": 0.03, "fuel": 0.02, "education": 0.02,
}  # fmt: skip


def examples() -> Iterator[tuple[str, str, str, float, bool]]:
    """(text, direction, leaf, weight, whether it is kept out for calibration)."""
    people, words = [], []
    text = (DATA / "knowledge.txt").read_text(encoding="utf-8")
    spelled = [line.split("\t")[1:] for line in text.splitlines() if not line.startswith("#")]
    for meaning in sorted({meaning for meanings in spelled for meaning in meanings}):
        kind, leaf, _, direction, name = meaning.split("|")
        if kind == "n":
            people.append(name)
        elif kind == "w":
            words.append((leaf, direction, name))
        elif leaf in taxonomy.LEAF_CODES:
            kept_out = kind == "b" and crc32(name.encode()) % 10 == 0
            way = direction or ("in" if leaf.startswith("income") else "out")
            yield name, way, leaf, 1.0, kept_out
    places = sorted(CITIES)
    for leaf, direction, name in words:
        yield name, direction or "out", leaf, 2.0, False
        for number in range(FILLERS):
            seed = crc32(f"{leaf}{name}{number}".encode())
            filler = people[seed % len(people)] if number % 2 else places[seed % len(places)].capitalize()
            text = f"{filler} {name}" if seed & 64 else f"{name} {filler}"
            yield text, direction or "out", leaf, 0.5, False
    for index, name in enumerate(people):
        for way in ("in", "out"):
            yield f"{name} {people[(index * 7 + 3) % len(people)]}", way, "transfer", 0.5, False


def matrix(texts: list[str], ways: list[str]) -> sparse.csr_matrix:
    """Rows of feature counts, each divided by the root of how many it has."""
    rows = rows_of(texts, ways)
    indptr = np.append(rows.starts, len(rows.buckets))
    counts = np.diff(indptr)
    values = np.repeat(1 / np.sqrt(counts), counts).astype(np.float32)
    return sparse.csr_matrix((values, rows.buckets, indptr), shape=(len(texts), FEATURES))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows that sum to one."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def trained(features: sparse.csr_matrix, leaf: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias by Adagrad in a fixed order."""
    classes = len(taxonomy.LEAF_CODES)
    weights, bias = np.zeros((FEATURES, classes), dtype=np.float32), np.zeros(classes, dtype=np.float32)
    seen, seen_bias = np.full_like(weights, 1e-2), np.full_like(bias, 1e-2)
    order_of = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        order = order_of.permutation(len(leaf))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows = features[batch]
            error = softmax(rows @ weights + bias)
            error[np.arange(len(batch)), leaf[batch]] -= 1
            error *= (weight[batch] / len(batch))[:, None]
            slope = (rows.T @ error).astype(np.float32) + DECAY * weights
            slope_bias = error.sum(axis=0)
            seen += slope * slope * BATCH
            seen_bias += slope_bias * slope_bias * BATCH
            weights -= RATE * slope * np.float32(BATCH**0.5) / np.sqrt(seen)
            bias -= RATE * slope_bias * np.float32(BATCH**0.5) / np.sqrt(seen_bias)
    return weights, bias


def temperature(logits: np.ndarray, leaf: np.ndarray) -> float:
    """The divisor of the logits that makes kept-out names likeliest, on a grid of hundredths."""
    grid = np.arange(0.5, 6.0, 0.05)
    losses = [-np.log(softmax(logits / t)[np.arange(len(leaf)), leaf] + 1e-12).mean() for t in grid]
    return round(float(grid[int(np.argmin(losses))]), 2)


def built() -> tuple[bytes, str]:
    """The bytes of model.npz and the text of model.json."""
    rows = sorted(set(examples()))
    index = {code: number for number, code in enumerate(taxonomy.LEAF_CODES)}
    leaf = np.array([index[row[2]] for row in rows])
    weight = np.array([row[3] for row in rows], dtype=np.float32)
    # Rare leaves would drown among shops and restaurants: half the way to equal shares.
    share = np.bincount(leaf, weights=weight, minlength=len(index))
    weight *= (share.mean() / share[leaf]) ** 0.5
    kept_out = np.array([row[4] for row in rows])
    features = matrix([row[0] for row in rows], [row[1] for row in rows])
    weights, bias = trained(features[~kept_out], leaf[~kept_out], weight[~kept_out])
    # The bias learned from lists says how many names we know, not how often people pay them.
    share = np.bincount(leaf, weights=weight, minlength=len(index)) / weight.sum()
    for code, expected in PRIOR.items():
        bias[index[code]] += np.log(expected / share[index[code]])
    scale = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    small = np.round(weights / scale).astype(np.int8)
    fitted = temperature(features[kept_out] @ (small * scale) + bias, leaf[kept_out])
    file = io.BytesIO()
    np.savez_compressed(file, weights=small, scale=scale, bias=bias.astype(np.float32))
    content = file.getvalue()
    knowledge = (DATA / "knowledge.txt").read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# version ")
    manifest = {
        "classes": list(taxonomy.LEAF_CODES),
        "examples": int((~kept_out).sum()),
        "features": FEATURES,
        "knowledge": knowledge,
        "sha256": hashlib.sha256(content).hexdigest(),
        "temperature": fitted,
    }
    return content, json.dumps(manifest, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write or check the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    content, manifest = built()
    if parser.parse_args().check:
        same = (DATA / "model.npz").read_bytes() == content and (DATA / "model.json").read_text() == manifest
        return 0 if same else 1
    (DATA / "model.npz").write_bytes(content)
    (DATA / "model.json").write_text(manifest, encoding="utf-8")
    sys.stdout.write(f"model.npz: {len(content)} bytes\n{manifest}" + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
