"""Every sum lists rows that add up to it, and every formula follows from its inputs."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.sums import Sum, totals
from finapp.analytics.public import CategoryFigure, Scope
from tests.analytics.household_rows import OWNER, D, Row, row, six_equal_months
from tests.analytics.support import Ledger, analytics

AS_OF = date(2026, 7, 15)
OUTGOING = {"expenses", "essential", "discretionary", "debt_service", "invested"}
CATEGORIES = {
    "income": ["income_salary"],
    "expense": ["housing", "dining", "groceries"],
    "refund": ["dining", "groceries"],
    "debt": ["loan"],
    "investment": ["investment"],
    "transfer": ["transfer"],
}


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """Any row of the year before the question."""
    flow = draw(st.sampled_from(sorted(CATEGORIES)))
    return Row(
        day=AS_OF - timedelta(days=draw(st.integers(-20, 400))),
        amount=Decimal(draw(st.integers(-500_000, 500_000))).scaleb(-2),
        category=draw(st.sampled_from(CATEGORIES[flow])),
        flow=flow,
        account=draw(st.sampled_from(["main", "other"])),
        merchant=draw(st.sampled_from(["Shop", "Cafe"])),
        tags=draw(st.sampled_from([(), ("trip",), ("a b&c", "trip")])),
    )


def total(ledger: Ledger, query: str) -> Decimal:
    """What the rows that a query lists add up to."""
    return sum((item.amount for item in ledger.listed(query)), D("0.00"))


@given(
    found=st.lists(rows(), max_size=30),
    scope=st.sampled_from(
        [
            Scope(),
            Scope(first=date(2026, 2, 10), last=date(2026, 6, 3)),
            Scope(first=date(2026, 1, 1), last=date(2026, 12, 31), account_id="other"),
            Scope(first=date(2025, 1, 1), tag="a b&c"),
        ]
    ),
)
def test_the_rows_of_every_sum_add_up_to_it(found: list[Row], scope: Scope) -> None:
    ledger = Ledger(found)
    answer = analytics(ledger).summary(owner=OWNER, scope=scope, as_of=AS_OF)
    assume(answer.reason is None)
    sums = {name: figure for name, figure in answer.basis.figures.items() if figure.kind == "sum"}
    assert set(sums) == OUTGOING | {"income"}
    for name, figure in sums.items():
        assert figure.transactions_query is not None
        sign = -1 if name in OUTGOING else 1
        assert sign * total(ledger, figure.transactions_query) == getattr(answer, name)
    assert answer.essential + answer.discretionary == answer.expenses
    assert answer.income - answer.expenses - answer.debt_service == answer.saved


def test_every_median_names_the_months_it_is_made_of() -> None:
    ledger = Ledger(six_equal_months())
    answer = analytics(ledger).typical_month(owner=OWNER, as_of=AS_OF)
    for name in ("income", *sorted(OUTGOING)):
        inputs = answer.basis.figures[name].inputs
        assert [item.id for item in inputs] == [f"{name}.{month}" for month in answer.months]
        for item in inputs:
            assert abs(total(ledger, item.source)) == D(item.value or "0") == getattr(answer, name)


@given(found=st.lists(rows(), max_size=30), by=st.sampled_from(["month", "week", "day"]))
def test_the_periods_of_the_cash_flow_sum_to_the_whole(found: list[Row], by: Literal["month", "week", "day"]) -> None:
    ledger = Ledger(found)
    facade = analytics(ledger)
    scope = Scope(first=date(2026, 1, 20), last=date(2026, 7, 15), include_transfers=True)
    flow = facade.cash_flow(owner=OWNER, scope=scope, by=by, as_of=AS_OF)
    whole = facade.summary(owner=OWNER, scope=scope, as_of=AS_OF)
    assume(whole.reason is None)
    for name in ("income", "expenses", "essential", "discretionary", "debt_service", "invested", "saved"):
        assert sum((getattr(item, name) for item in flow.items), D(0)) == getattr(whole, name)
    for item in flow.items:
        place = Place(first=item.first, last=item.last)
        assert -total(ledger, place.of("expenses")) == item.expenses
        assert total(ledger, place.of("transfers")) == item.transfers
    ends = [(item.first, item.last) for item in flow.items]
    assert ends[0][0] == scope.first
    assert ends[-1][1] == scope.last
    assert all(after == before + timedelta(days=1) for (_, before), (after, _) in pairwise(ends))


def every(items: tuple[CategoryFigure, ...]) -> list[CategoryFigure]:
    return [each for item in items for each in (item, *every(item.children))]


@given(found=st.lists(rows(), max_size=30))
def test_categories_sum_to_the_whole_at_every_depth(found: list[Row]) -> None:
    ledger = Ledger(found)
    facade = analytics(ledger)
    scope = Scope(first=date(2026, 1, 20), last=date(2026, 7, 15), include_transfers=True)
    tree = facade.categories(owner=OWNER, scope=scope, as_of=AS_OF)
    whole = facade.summary(owner=OWNER, scope=scope, as_of=AS_OF)
    assume(whole.reason is None)
    expected = {"income": whole.income, "expense": whole.expenses, "debt": whole.debt_service}
    for kind, amount in expected.items():
        assert sum((item.amount for item in tree.items if item.kind == kind), D(0)) == amount
    for item in every(tree.items):
        sign = 1 if item.kind in ("income", "transfer") else -1
        assert sign * total(ledger, item.transactions_query) == item.amount
        if item.children:
            assert sum((child.amount for child in item.children), D(0)) == item.amount


def test_a_category_is_compared_with_the_months_before() -> None:
    rows = [*six_equal_months(), row("2026-06-13", "-600.00", "groceries")]
    facade = analytics(Ledger(rows))
    june = facade.categories(owner=OWNER, scope=Scope(first=date(2026, 6, 1), last=date(2026, 6, 30)), as_of=AS_OF)
    found = {item.id: item for item in every(june.items)}
    assert (june.previous_first, june.previous_last) == (date(2026, 5, 1), date(2026, 5, 31))
    assert (found["groceries"].amount, found["groceries"].previous) == (D("6600.00"), D("6000.00"))
    assert (found["g_food"].amount, found["g_food"].previous) == (D("7800.00"), D("7200.00"))
    assert found["g_food"].share == (D("7800") / D("50600")).quantize(D("1e-10"))
    half = facade.categories(owner=OWNER, scope=Scope(), as_of=AS_OF)
    assert {item.previous_reason for item in every(half.items)} == {"ledger_starts_later"}
    assert {item.previous for item in every(half.items)} == {None}


@pytest.mark.parametrize("scope", [Scope(), Scope(first=date(2026, 1, 2), last=date(2026, 6, 30))])
def test_merchants_come_by_what_was_spent_there(scope: Scope) -> None:
    ledger = Ledger(six_equal_months())
    found = analytics(ledger).merchants(owner=OWNER, scope=scope, as_of=AS_OF, limit=3)
    assert [item.merchant for item in found.items] == ["Landlord", "Card", "Grocer"]
    for item in found.items:
        assert -total(ledger, item.transactions_query) == item.amount
        assert item.per_visit * item.count == item.amount
    assert found.items[0].share == D("0.5")


def test_weeks_and_gaps_are_periods_of_their_own() -> None:
    ledger = Ledger([row("2025-12-29", "-10.00", "dining"), row("2026-01-31", "-20.00", "dining")])
    scope = Scope(first=date(2025, 12, 29), last=date(2026, 1, 31))
    weeks = analytics(ledger).cash_flow(owner=OWNER, scope=scope, by="week", as_of=AS_OF).items
    assert [item.period for item in weeks] == ["2026-W01", "2026-W02", "2026-W03", "2026-W04", "2026-W05"]
    assert [item.expenses for item in weeks] == [D("10.00"), D("0.00"), D("0.00"), D("0.00"), D("20.00")]
    assert [item.complete for item in weeks] == [True, True, True, True, False]


@given(st.text(max_size=20))
def test_a_tag_of_any_letters_survives_the_query(tag: str) -> None:
    from urllib.parse import parse_qs, urlsplit

    query = Place(first=AS_OF, last=AS_OF, tag=tag.encode("utf-8", "ignore").decode()).of("income")
    found = parse_qs(urlsplit(query).query, keep_blank_values=True)
    assert found["tag"] == [tag.encode("utf-8", "ignore").decode()]


def test_totals_of_nothing_are_zero_of_the_currency() -> None:
    nothing: list[Sum] = []
    assert str(totals(nothing, "INR").expenses) == "0.00"
    assert str(totals(nothing, "JPY").saved) == "0"
