"""Scores count what is right once, and a stream is a series only when most of both agree."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from finapp.app.demo.household import simulate
from finapp.app.demo.scoring import Booked, Score, matched, pairs, score, series_of
from finapp.app.demo.truth import Row


@cache
def rows() -> tuple[Row, ...]:
    return tuple(simulate(seed=1, profile="in", until=date(2026, 6, 30), months=12).rows())


def ledger(rows: Iterable[Row]) -> list[Booked]:
    return [Booked(f"t{row.key}", row.account_id, row.date, row.amount, row.description) for row in rows]


def test_an_honest_ledger_matches_row_by_row_in_any_order() -> None:
    found = matched(rows(), reversed(ledger(rows())))
    assert len(found) == len(rows())
    assert all(row.description == found[f"t{row.key}"].description for row in rows())


def test_a_lost_row_stays_unmatched_and_a_doubled_one_finds_nothing() -> None:
    lost, doubled = rows()[7], rows()[11]
    booked = [item for item in ledger(rows()) if item.id != f"t{lost.key}"]
    booked.append(booked[-1]._replace(id="again", date=doubled.date.replace(year=2019)))
    found = matched(rows(), booked)
    assert len(found) == len(rows()) - 1
    assert "again" not in found


def test_pairs_are_the_two_sides_of_a_movement() -> None:
    by_key = {row.key: row for row in rows()}
    found = pairs(rows(), kinds=("transfer", "card", "wallet"))
    assert found
    for pair in found:
        one, other = (by_key[key] for key in pair)
        assert one.amount + other.amount == 0
    assert not found & pairs(rows(), kinds=("refund", "reversal"))


def test_a_stream_is_its_series_while_most_of_both_agree() -> None:
    counted = Counter(row.series_id for row in rows() if row.series_id)
    series_id, _ = counted.most_common(1)[0]
    mine = [row for row in rows() if row.series_id == series_id]
    truth = matched(rows(), ledger(rows()))
    ids, counts = [f"t{row.key}" for row in mine], {series_id: len(mine)}
    strangers = [f"t{row.key}" for row in rows() if row.series_id is None]
    assert len(ids) > 9
    assert series_of(ids, truth, counts) == series_id
    assert series_of(ids[: len(ids) // 2], truth, counts) is None
    assert series_of(ids + strangers[: len(ids)], truth, counts) is None
    assert series_of(strangers[:5], truth, counts) is None


def test_scores_are_shares_of_what_was_found_and_of_what_is_true() -> None:
    first = score({1, 2, 3, 4}, {3, 4, 5})
    assert first.precision == 0.5
    assert first.recall == pytest.approx(2 / 3)
    both = first + score({9}, {9})
    assert both == Score(right=3, found=5, true=4)


def test_a_share_of_nothing_is_none() -> None:
    assert score(set[int](), {1}).precision is None
    assert score({1}, set[int]()).recall is None
