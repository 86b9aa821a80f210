"""Fits how far each layer may be believed and writes `data/calibration.json`.

    python tools/knowledge/calibrate.py            # write
    python tools/knowledge/calibrate.py --check    # fail when the committed file is not what the record gives

`first_sight.csv` records, by source and stated confidence, how many rows of newly written or public sets were right the
first time the product saw them, before anything was repaired because of them. Confidences in bins of at least `FEWEST`
rows are made non-decreasing by pooling adjacent violators (isotonic regression, Barlow et al. 1972), each drawn to its
stated confidence by `DOUBT` rows of doubt, so that a handful of rows moves little.

`open_sets.csv` says how each open set did at first sight; the product shows it to whoever asks how right it is.
"""

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path

LISTS = Path(__file__).parent
TARGET = LISTS.parents[1] / "src" / "finapp" / "transactions" / "data" / "calibration.json"
FEWEST, DOUBT = 20, 10.0


def bins(rows: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """(mean stated confidence, rows, right) in order of confidence, each of at least `FEWEST` rows where there are."""
    found: list[tuple[float, int, int]] = []
    said, count, right = 0.0, 0, 0
    for confidence, more, hits in sorted(rows):
        said, count, right = said + confidence * more, count + more, right + hits
        if count >= FEWEST:
            found.append((said / count, count, right))
            said, count, right = 0.0, 0, 0
    if count:
        if found and count < FEWEST:
            mean, before, hits = found.pop()
            said, count, right = said + mean * before, count + before, right + hits
        found.append((said / count, count, right))
    return found


def isotonic(points: list[tuple[float, int, int]]) -> list[tuple[float, float]]:
    """(stated, believed) knots, non-decreasing."""
    pools: list[list[float]] = []
    for stated, count, right in points:
        weight = count + DOUBT
        pools.append([stated * count, count, (right + DOUBT * stated) / weight, weight])
        while len(pools) > 1 and pools[-2][2] > pools[-1][2]:
            one, other = pools.pop(), pools.pop()
            weight = one[3] + other[3]
            value = (one[2] * one[3] + other[2] * other[3]) / weight
            pools.append([one[0] + other[0], one[1] + other[1], value, weight])
    return [(round(pool[0] / pool[1], 4), round(pool[2], 4)) for pool in pools]


def built() -> str:
    """The text of calibration.json."""
    by_source: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    with (LISTS / "first_sight.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["source"] != "none":
                seen = float(row["confidence"]), int(row["rows"]), int(row["right"])
                by_source[row["source"]].append(seen)
    knots = {source: isotonic(bins(rows)) for source, rows in sorted(by_source.items())}
    rows = {source: sum(row[1] for row in found) for source, found in sorted(by_source.items())}
    right = {source: sum(row[2] for row in found) for source, found in sorted(by_source.items())}
    with (LISTS / "open_sets.csv").open(encoding="utf-8") as file:
        sets = [[row["name"], int(row["rows"]), float(row["first_sight"])] for row in csv.DictReader(file)]
    content = {"knots": knots, "right": right, "rows": rows, "sets": sets}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = built()
    if parser.parse_args().check:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
