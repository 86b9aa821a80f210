"""Drills and chances computed at once are what month after month, and path by path, give."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from finapp.reports.domain.chances import _Spent
from finapp.reports.domain.drills import drills
from finapp.reports.public.emergency import Drill, EmergencyQuestion, Liquid, LiquidSource

AS_OF = date(2026, 8, 31)
AMOUNTS = st.integers(0, 60_000).map(lambda minor: Decimal(minor).scaleb(-2))


def _walked(held: Sequence[Decimal], need: Decimal, once: Decimal) -> tuple[Decimal, list[tuple[Decimal, int, int]]]:
    """Months that money lasts, and what every source gives from which month to which: a month after the other."""
    left, taken = list(held), [list[tuple[int, Decimal]]() for _ in held]
    lasts = Decimal(0)
    for month in range(1, 121):
        due = wanted = need + (once if month == 1 else 0)
        for place, holds in enumerate(left):
            part = min(wanted, holds)
            if part:
                taken[place].append((month, part))
                left[place], wanted = holds - part, wanted - part
        lasts += 1 if not wanted else ((due - wanted) / due).quantize(Decimal("1e-6"))
        if wanted:
            break
    drawn = [(sum((part for _, part in each), Decimal(0)), each[0][0], each[-1][0]) for each in taken if each]
    return lasts, drawn


def _shown(drill: Drill) -> tuple[Decimal | None, list[tuple[Decimal, int, int]]]:
    return drill.lasts_months, [(draw.amount, draw.first_month, draw.last_month) for draw in drill.draws]


@given(
    held=st.lists(AMOUNTS.filter(bool), max_size=5),
    need=st.one_of(AMOUNTS.filter(bool), st.sampled_from([Decimal("100.00"), Decimal("0.50")])),
    bill=AMOUNTS,
)
def test_a_drill_draws_what_is_needed_month_after_month(held: list[Decimal], need: Decimal, bill: Decimal) -> None:
    question = EmergencyQuestion(
        currency="INR",
        liquid=Liquid(today=sum(held, Decimal(0)), days=Decimal(0), months=Decimal(0), locked=Decimal(0)),
        sources=tuple(
            LiquidSource(id=str(place), name=str(place), tier="today", amount=amount)
            for place, amount in enumerate(held)
        ),
        essential=need,
        medical_bill=bill,
    )
    job_loss, _, medical = drills(question, need, AS_OF)
    for drill, once in ((job_loss, Decimal(0)), (medical, bill)):
        lasts, drawn = _walked(held, need, once)
        assert _shown(drill) == (None if lasts == 120 else lasts, drawn)


@given(
    paths=st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=1, max_size=12),
    fund=st.integers(0, 60),
)
def test_a_path_lasts_as_many_months_as_the_fund_is_enough_for(paths: list[list[int]], fund: int) -> None:
    until = np.cumsum(np.array(paths, dtype=float), axis=1)
    ranks = tuple({0, len(paths) // 2, len(paths) - 1})
    spent = _Spent(until=until.T, by_target=until[:, 2], in_search=until[:, 5], enough=0.0, ranks=ranks)
    lasting = sorted(int((path <= fund).sum()) for path in until)
    assert spent.lasting(fund) == tuple(lasting[rank] for rank in ranks)
    assert spent.share(spent.by_target, fund) == np.mean(until[:, 2] <= fund)
