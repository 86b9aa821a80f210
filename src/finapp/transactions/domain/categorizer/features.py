"""Hashed features of payee cores: character 2-5-grams and word 1-2-grams, and the direction.

The same function serves training and use. Imported only where the model is needed, because it needs numpy.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from finapp.transactions.domain.categorizer.knowledge import tokens

CHARACTER_BUCKETS = 1 << 15
WORD_BUCKETS = 1 << 14
DIRECTIONS = ("", "in", "out")
FEATURES = CHARACTER_BUCKETS + WORD_BUCKETS + len(DIRECTIONS)
"""How many buckets there are in all: characters, then words, then directions."""
_GRAMS = range(2, 6)
_LONGEST = 48
_BASE = np.uint32(0x01000193)
_MIX = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - 15)


class Rows(NamedTuple):
    """Features of several texts, one after the other."""

    buckets: NDArray[np.int64]
    """Bucket of every feature."""
    starts: NDArray[np.int64]
    """Where each text's features begin. Every text has at least its direction."""


def rows_of(cores: Sequence[str], directions: Sequence[str]) -> Rows:
    """The features of payee cores with the direction of money."""
    word_lists = [tokens(core) for core in cores]
    characters, owners = _characters([" ".join(words)[:_LONGEST] for words in word_lists])
    extra: list[int] = []
    extra_owners: list[int] = []
    for index, (words, direction) in enumerate(zip(word_lists, directions, strict=True)):
        found = _words(words)
        found.append(CHARACTER_BUCKETS + WORD_BUCKETS + DIRECTIONS.index(direction))
        extra += found
        extra_owners += [index] * len(found)
    buckets = np.concatenate([characters, np.array(extra, dtype=np.int64)])
    owner = np.concatenate([owners, np.array(extra_owners, dtype=np.int64)])
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(cores)))
    return Rows(buckets[order], starts)


def _characters(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Buckets of the character n-grams of all texts at once, and the text each belongs to."""
    # Texts are ASCII here; a zero byte stands between them, and grams over it are left out.
    encoded = [f" {text} ".encode("ascii", "ignore") for text in texts]
    joined = b"\0".join(encoded) + b"\0" * max(_GRAMS)
    letters = np.frombuffer(joined, dtype=np.uint8).astype(np.uint32)
    lengths = np.array([len(text) + 1 for text in encoded], dtype=np.int64)
    owner = np.repeat(np.arange(len(encoded)), lengths)
    count = len(owner)
    buckets, owners = [], []
    rolling = np.zeros(count, dtype=np.uint32)
    whole = np.ones(count, dtype=bool)
    for size in range(1, max(_GRAMS) + 1):
        piece = letters[size - 1 : size - 1 + count]
        rolling = rolling * _BASE + piece
        whole = whole & (piece > 0)
        if size in _GRAMS:
            mixed = (rolling ^ np.uint32(size * 0x1F3D)) * _MIX
            buckets.append((mixed >> _SHIFT)[whole].astype(np.int64))
            owners.append(owner[whole])
    return np.concatenate(buckets), np.concatenate(owners)


def _words(words: Sequence[str]) -> list[int]:
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [CHARACTER_BUCKETS + crc32(word.encode()) % WORD_BUCKETS for word in (*words, *pairs)]
