"""What the basis of an answer lists adds up to the answer when its rows are in several currencies."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finapp.analytics.public import CategoryFigure, Scope
from finapp.kernel.basis import Basis, Figure
from finapp.kernel.money import rounded
from tests.analytics.household_rows import OWNER, D, Row, row, six_equal_months
from tests.analytics.support import Ledger, analytics

AS_OF = date(2026, 7, 15)
JUNE = Scope(first=date(2026, 6, 1), last=date(2026, 6, 30))
RATES = {("USD", "2026-06-03"): "80.005", ("USD", "2026-06-20"): "90.1234", ("USD", "2026-06-21"): "90.4321"}
OUT = ("expenses", "essential", "discretionary", "debt_service", "invested")


def rows() -> list[Row]:
    """A household with a main account in its own currency, one in dollars, and one whose rates nobody knows."""
    return [
        *six_equal_months(),
        row("2026-06-03", "-10.01", "dining", currency="USD", account="dollars", merchant="Cafe"),
        row("2026-06-03", "-7.77", "groceries", currency="USD", account="dollars"),
        row("2026-06-03", "-5.55", "dining", currency="USD", account="dollars", tags=("trip",)),
        row("2026-06-20", "3.33", "dining", flow="refund", currency="USD", account="dollars"),
        row("2026-06-20", "1000.03", "income_salary", flow="income", currency="USD", account="dollars"),
        row("2026-06-20", "-20.00", "loan", flow="debt", currency="USD", account="dollars"),
        row("2026-06-21", "-99.99", "investment", flow="investment", currency="USD", account="dollars"),
        row("2026-06-21", "-50.00", "transfer", flow="transfer", currency="USD", account="dollars"),
        row("2026-06-21", "-99.000", "dining", currency="BHD", account="dinars"),
    ]


LEDGER = Ledger(rows())
FACADE = analytics(LEDGER, RATES)


def worth(figure: Figure, figures: Mapping[str, Figure]) -> Decimal:
    """What the rows of a figure come to, signed, from what its basis alone says."""
    if figure.kind == "sum":
        return listed(figure.transactions_query or "")
    if all(each.kind == "figure" for each in figure.inputs):
        return sum((worth(figures[each.id], figures) for each in figure.inputs), D(0))
    rates = {each.id: each for each in figure.inputs if each.kind == "assumption"}
    total = D(0)
    for each in figure.inputs:
        if each.kind != "rows":
            continue
        assert listed(each.source) == D(each.value or "")
        rate = rates.get(f"rate.{each.name}")
        if rate is not None:
            assert rate.source.startswith("European Central Bank")
        total += rounded(D(each.value or "") * D(rate.value or "" if rate else "1"), "INR")
    return total


def listed(query: str) -> Decimal:
    found = LEDGER.listed(query)
    assert len({item.currency for item in found}) <= 1
    return sum((item.amount for item in found), D(0))


def test_every_figure_of_a_summary_adds_up_in_two_currencies() -> None:
    found = FACADE.summary(owner=OWNER, scope=JUNE, as_of=AS_OF)
    for name in ("income", *OUT):
        sign = -1 if name in OUT else 1
        assert sign * worth(found.basis.figures[name], found.basis.figures) == getattr(found, name), name


def test_a_figure_without_foreign_rows_stays_a_sum() -> None:
    whole = analytics(Ledger(six_equal_months())).summary(owner=OWNER, scope=JUNE, as_of=AS_OF)
    assert {whole.basis.figures[name].kind for name in ("income", *OUT)} == {"sum"}
    may = FACADE.summary(owner=OWNER, scope=Scope(first=date(2026, 5, 1), last=date(2026, 5, 31)), as_of=AS_OF)
    assert {may.basis.figures[name].kind for name in ("income", *OUT)} == {"sum"}


def test_rows_of_one_tag_and_day_are_converted_together() -> None:
    tagged = Ledger([replace(item, tags=("trip",)) for item in rows()])
    by_tag = analytics(tagged, RATES).summary(owner=OWNER, scope=replace(JUNE, tag="trip"), as_of=AS_OF)
    assert by_tag.expenses == FACADE.summary(owner=OWNER, scope=JUNE, as_of=AS_OF).expenses


def test_a_month_behind_a_median_with_foreign_rows_is_a_figure_of_its_own() -> None:
    basis = FACADE.typical_month(owner=OWNER, as_of=AS_OF).basis
    inputs = {each.id: each for each in basis.figures["expenses"].inputs}
    assert inputs["expenses.2026-06"].source == "/api/v1/analytics/summary?from=2026-06-01&to=2026-06-30"
    assert listed(inputs["expenses.2026-05"].source) == -D(inputs["expenses.2026-05"].value or "")


def test_every_category_adds_up_in_two_currencies() -> None:
    scope = replace(JUNE, include_transfers=True)
    found = FACADE.categories(owner=OWNER, scope=scope, as_of=AS_OF)

    def check(item: CategoryFigure, basis: Basis) -> None:
        sign = 1 if item.kind in ("income", "transfer") else -1
        assert sign * worth(basis.figures[f"{item.kind}.{item.id}"], basis.figures) == item.amount, item.id
        for child in item.children:
            check(child, basis)

    for item in found.items:
        check(item, found.basis)


def test_every_figure_of_the_cash_flow_adds_up_in_two_currencies() -> None:
    scope = replace(JUNE, include_transfers=True)
    for by in ("month", "day"):
        found = FACADE.cash_flow(owner=OWNER, scope=scope, by=by, as_of=AS_OF)  # type: ignore[arg-type]
        for name in ("income", *OUT, "transfers"):
            sign = -1 if name in OUT else 1
            whole = sum((getattr(item, name) for item in found.items), D(0))
            assert sign * worth(found.basis.figures[name], found.basis.figures) == whole, (by, name)


def test_a_merchant_lists_the_rows_of_its_own_currency_only() -> None:
    found = FACADE.merchants(owner=OWNER, scope=JUNE, as_of=AS_OF, limit=10)
    cafe = {item.currency: item for item in found.items if item.merchant == "Cafe"}
    assert (cafe["INR"].amount, cafe["USD"].amount) == (D("1200.00"), D("10.01"))
    for item in found.items:
        assert -worth(found.basis.figures[f"{item.merchant_id}.{item.currency}"], {}) == item.amount
        assert -listed(item.transactions_query) == item.amount


def test_every_node_of_the_money_flow_adds_up_in_two_currencies() -> None:
    found = FACADE.flow(owner=OWNER, scope=JUNE, as_of=AS_OF)
    nodes = {node.id: node for node in found.nodes}
    assert {"expense.g_food", "income.income_salary"} <= set(found.basis.figures)
    for name, figure in found.basis.figures.items():
        assert abs(worth(figure, found.basis.figures)) == nodes[name].amount, name
