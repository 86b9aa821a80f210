"""What the categorizer learns from a household, and how well it groups merchants.

A household is drawn from the payees of an open set: some are visited often and most seldom (their shares fall as one
over the rank), each with ever other reference numbers and amounts, and one in eight stands in another category than the
set says, as households have their own ways. Rows come in order; whoever sees a wrong or empty category corrects it
before the next row comes.
"""

import csv
import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from benchmarks.bench_categorizer import SETS, Row
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import Learned, Line, Suggestion, suggest
from finapp.transactions.domain.categorizer.learning import remember
from finapp.transactions.domain.categorizer.values import Correction

_ROWS, _OWN_WAYS = 400, 0.125
_DAY = date(2025, 1, 1)
_EXPENSES = [leaf.code for leaf in taxonomy.LEAVES if leaf.kind == "expense"]


class Curve(NamedTuple):
    """How a household's rows fared, as shares of rows."""

    early: float
    """Rows 11 to 50 whose category was right as it stood."""
    late: float
    """Rows after the 300th, as a part of what one category for each payee could reach."""
    corrections: int
    """Corrections among the first 100 rows."""
    new_payees: float
    """Payees at their first visit whose first candidate was right, from the eleventh row on."""
    again: float
    """Rows of a payee after its correction that were right."""


def household(rows: Sequence[Row], seed: int) -> list[tuple[int, Row]]:
    """(payee, row) of a household's stream."""
    draw = random.Random(seed)
    payees = draw.sample(list(rows), min(len(rows), 90))
    leaves = [
        draw.choice(_EXPENSES) if row.leaf in _EXPENSES and draw.random() < _OWN_WAYS else row.leaf for row in payees
    ]
    weights = [1 / (rank + 1) for rank in range(len(payees))]
    stream = []
    for payee in draw.choices(range(len(payees)), weights, k=_ROWS):
        row = payees[payee]
        amount = (row.line.amount * Decimal(draw.randrange(70, 140)) / 100).quantize(Decimal("0.01"))
        text = f"{row.line.description} {draw.randrange(10**6, 10**9)}"
        stream.append((payee, Row(Line(description=text, amount=amount), leaves[payee], row.country)))
    return stream


def curve(stream: Sequence[tuple[int, Row]]) -> Curve:
    """The learning curve of a stream that is corrected as it comes."""
    decided: list[Correction] = []
    cold: list[Suggestion] = []
    learned = Learned()
    seen: set[int] = set()
    corrected: set[int] = set()
    right, first, again, needed = [], [], [], 0
    for number, (payee, row) in enumerate(stream):
        said = suggest([row.line], country=row.country, learned=learned)[0]
        right.append(said.category == row.leaf)
        if payee in corrected:
            again.append(said.category == row.leaf)
        if payee not in seen and number >= 10:
            first.append(said.category_best == row.leaf)
        seen.add(payee)
        if said.category != row.leaf:
            needed += number < 100
            corrected.add(payee)
            line = row.line
            decided.append(Correction(description=line.description, amount=line.amount, category=row.leaf, on=_DAY))
            cold.append(suggest([line], country=row.country)[0])
            learned = Learned(memories=remember(zip(decided, cold, strict=True)), corrections=tuple(decided))
    return Curve(
        early=_share(right[10:50]),
        late=_share(right[300:]),
        corrections=needed,
        new_payees=_share(first),
        again=_share(again),
    )


def _share(found: Sequence[bool]) -> float:
    return sum(found) / max(len(found), 1)


def grouping() -> tuple[int, float]:
    """(rows, B-cubed F1 of the merchants that spellings are put under; Bagga and Baldwin 1998)."""
    with (SETS / "merchants.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = [Line(description=row["description"], amount=Decimal(-5)) for row in rows]
    found = [suggest([line], country=row["country"])[0].merchant_key for line, row in zip(lines, rows, strict=True)]
    truth = [row["merchant"] for row in rows]
    precision = recall = 0.0
    for key, name in zip(found, truth, strict=True):
        both = sum(other == key and real == name for other, real in zip(found, truth, strict=True))
        precision += both / found.count(key) / len(rows)
        recall += both / truth.count(name) / len(rows)
    return len(rows), 2 * precision * recall / (precision + recall)


def show(sets: Sequence[tuple[str, Sequence[Row]]], seeds: int) -> None:
    """Print the curves, the mean of several households of each set, and the grouping."""
    print(f"{'household':20}{'11-50':>7}{'>300':>7}{'first 100':>11}{'new':>7}{'again':>7}")
    for name, rows in sets:
        curves = [curve(household(rows, seed)) for seed in range(seeds)]
        mean = [sum(values) / seeds for values in zip(*curves, strict=True)]
        print(f"{name:20}{mean[0]:7.3f}{mean[1]:7.3f}{mean[2]:11.1f}{mean[3]:7.3f}{mean[4]:7.3f}")
    count, score = grouping()
    print(f"grouping of {count} spellings into merchants: B-cubed F1 {score:.3f}")
