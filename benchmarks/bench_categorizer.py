"""How right, how sure and how fast the categorizer is, on the open evaluation sets.

    python -m benchmarks.bench_categorizer [--quick]

Accuracy counts the first candidate. Coverage at 95 % precision is the largest share of rows, the surest first, of which
95 % are right. ECE is the expected calibration error over ten equal bins of confidence. The learning curve corrects one
household's rows in order, as a person would: a row that was wrong or unsure is corrected before the next is read.
"""

import argparse
import csv
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Learned, Line, Suggestion, shipped, suggest
from finapp.transactions.domain.categorizer.knowledge import shipped as knowledge
from finapp.transactions.domain.categorizer.learning import remember
from finapp.transactions.domain.categorizer.values import Correction
from finapp.transactions.domain.descriptor import parse

SETS = Path(__file__).parents[1] / "tests" / "transactions" / "categorizer" / "evaluation"
COUNTRY = {"us_household": "US", "us_cards": "US", "uk": "GB", "india": "IN"}
MORE = (
    "europe", "unseen", "overseas", "us_second", "us_third", "uk_second", "india_second", "europe_second",
    "overseas_second", "south_africa_public", "us_fourth", "us_fifth", "uk_third", "india_third", "europe_third",
    "overseas_third",
)  # fmt: skip
"""Sets that name the country of each line."""
SETS_BY_AGE = (*COUNTRY, *MORE)
PRECISION = 0.95


class Row(NamedTuple):
    """One labelled line."""

    line: Line
    leaf: str
    country: str


class Scored(NamedTuple):
    """What came out for one labelled line."""

    leaf: str
    said: str | None
    confidence: float
    key: str


def rows_of(name: str) -> list[Row]:
    """The labelled lines of a set."""
    with (SETS / f"{name}.csv").open(encoding="utf-8") as file:
        return [
            Row(
                Line(description=row["description"], amount=Decimal(row["amount"])),
                row["leaf"],
                row.get("country") or COUNTRY[name],
            )
            for row in csv.DictReader(file)
        ]


def scored(rows: Sequence[Row]) -> list[Scored]:
    """The suggestions for rows, without anything learned."""
    answers = []
    for row in rows:
        found: Suggestion = suggest([row.line], country=row.country)[0]
        answers.append(Scored(row.leaf, found.category_best, found.confidence, found.merchant_key))
    return answers


def accuracy(answers: Sequence[Scored]) -> float:
    """Share whose first candidate is the leaf."""
    return sum(one.said == one.leaf for one in answers) / len(answers)


def group_accuracy(answers: Sequence[Scored]) -> float:
    """Share whose first candidate is in the leaf's group."""
    groups = taxonomy.GROUP_OF
    return sum(groups.get(one.said or "") == groups[one.leaf] for one in answers) / len(answers)


def macro_f1(answers: Sequence[Scored]) -> float:
    """Mean over the leaves that occur of the harmonic mean of precision and recall."""
    scores = []
    for leaf in sorted({one.leaf for one in answers}):
        hits = sum(one.leaf == leaf == one.said for one in answers)
        wrong = sum((one.leaf == leaf) != (one.said == leaf) for one in answers)
        scores.append(2 * hits / (2 * hits + wrong))
    return sum(scores) / len(scores)


def coverage(answers: Sequence[Scored]) -> float:
    """Largest share, the surest first, of which 95 % are right."""
    best = right = 0
    for count, one in enumerate(sorted(answers, key=lambda one: -one.confidence), 1):
        right += one.said == one.leaf
        if right / count >= PRECISION:
            best = count
    return best / len(answers)


def calibration_error(answers: Sequence[Scored]) -> float:
    """Expected calibration error over ten equal bins of confidence."""
    bins: dict[int, list[Scored]] = defaultdict(list)
    for one in answers:
        bins[min(int(one.confidence * 10), 9)].append(one)
    return sum(
        abs(accuracy(inside) - sum(one.confidence for one in inside) / len(inside)) * len(inside) / len(answers)
        for inside in bins.values()
    )


def listed(rows: Sequence[Row]) -> float:
    """Share of rows whose payee contains a brand of the lists, in any country."""
    known = knowledge()
    hits = 0
    for row in rows:
        words = [word for word in parse(row.line.description, row.line.direction).core.split(" ") if word]
        hits += any(entry.kind == "brand" for match in known.matches(words) for entry in match.entries)
    return hits / len(rows)


def corrected_stream(rows: Sequence[Row]) -> tuple[int, float]:
    """(corrections needed, share right from the eleventh row on) when a person corrects each wrong or unsure row."""
    corrections: list[Correction] = []
    cold: list[Suggestion] = []
    right = 0
    for number, row in enumerate(rows):
        learned = Learned(memories=remember(zip(corrections, cold, strict=True)), corrections=tuple(corrections))
        found = suggest([row.line], country=row.country, learned=learned)[0]
        right += number >= 10 and found.category_best == row.leaf
        if found.category != row.leaf:
            corrections.append(
                Correction(
                    description=row.line.description, amount=row.line.amount, category=row.leaf, on=date(2025, 1, 1)
                )
            )
            cold.append(suggest([row.line], country=row.country)[0])
    return len(corrections), right / max(len(rows) - 10, 1)


def speed(quick: bool) -> tuple[float, float, float]:
    """(distinct lines parsed a second, seconds for the batch with 30 % distinct, milliseconds for one row)."""
    draw = random.Random(1)
    texts = [row.line.description for name in (*COUNTRY, "europe") for row in rows_of(name)]
    size = 10_000 if quick else 100_000
    distinct = [f"{draw.choice(texts)} {draw.randrange(10**4, 10**8)}" for _ in range(size * 3 // 10)]
    lines = [Line(description=draw.choice(distinct), amount=Decimal(-5)) for _ in range(size)]
    suggest(lines[:1], country="US")
    start = time.process_time()
    for text in distinct:
        parse(text + " X", "out")
    parsed = len(distinct) / (time.process_time() - start)
    start = time.process_time()
    suggest(lines, country="US")
    batch = time.process_time() - start
    start = time.process_time()
    for text in distinct[:200]:
        suggest([Line(description=text + " Y", amount=Decimal(-5))], country="US")
    return parsed, batch, (time.process_time() - start) * 5


def main(quick: bool = False) -> None:
    """Print the figures."""
    start = time.process_time()
    categorizer = shipped()
    suggest([Line(description="ZQ XV", amount=Decimal(-1))])
    loaded = (time.process_time() - start) * 1000
    print(f"load knowledge and model: {loaded:.0f} ms, version {categorizer.knowledge_version}")
    heads = "".join(f"{head:>7}" for head in ("rows", "leaf", "group", "F1", "cov95", "ECE", "listed"))
    print(f"{'set':19}{heads}  corrections, right after ten rows")
    everything: list[Scored] = []
    for name in SETS_BY_AGE:
        rows = rows_of(name)
        answers = scored(rows)
        everything += answers
        taught, right = corrected_stream(rows[:40] if quick else rows)
        print(
            f"{name:20} {len(rows):5} {accuracy(answers):6.3f} {group_accuracy(answers):6.3f} {macro_f1(answers):6.3f} "
            f"{coverage(answers):6.3f} {calibration_error(answers):6.3f} {listed(rows):7.3f}  {taught}, {right:.3f}"
        )
    print(f"{'all':20} {len(everything):5} {accuracy(everything):6.3f} ECE {calibration_error(everything):.3f}")
    # Imported here because it reads the sets through this module.
    from benchmarks import categorizer_streams

    streams = [(name, rows_of(name)) for name in ("us_third", "uk_second", "india_second", "south_africa_public")]
    categorizer_streams.show(streams, 1 if quick else 4)
    parsed, batch, one = speed(quick)
    size = "10,000" if quick else "100,000"
    print(f"parse {parsed:,.0f} distinct lines/s; batch of {size} rows {batch:.2f} s; one row {one:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    main(parser.parse_args().quick)
