"""Continuous piecewise-linear curves: no cliffs, exact in Decimal."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from finapp.dashboard.public import Knot


def at(knots: Sequence[Knot], value: Decimal) -> Decimal:
    """The curve's height at `value`: linear between knots, flat beyond the outer ones. `knots` rise in `value`."""
    if value <= knots[0].value:
        return knots[0].score
    for left, right in pairwise(knots):
        if value <= right.value:
            share = (value - left.value) / (right.value - left.value)
            return left.score + share * (right.score - left.score)
    return knots[-1].score


def curve(*corners: tuple[str, str]) -> tuple[Knot, ...]:
    """Knots from (value, score) as text."""
    return tuple(Knot(value=Decimal(value), score=Decimal(score)) for value, score in corners)
