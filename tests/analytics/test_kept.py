"""What is kept of a ledger between questions never shows: every answer is that of somebody who has kept nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.analytics.domain.calendar import of_paydays
from finapp.analytics.facade.kept import KeptSums
from finapp.analytics.public import MonthStart, Scope
from finapp.kernel.months import Month
from finapp.transactions.public import MonthlyTotal
from tests.analytics.household_rows import OWNER, Row, row, six_equal_months
from tests.analytics.support import Ledger, analytics

TODAY = date(2026, 7, 15)
days = st.integers(0, 560).map(lambda number: date(2025, 1, 1) + timedelta(days=number))
rows = st.builds(
    Row,
    day=days,
    amount=st.integers(-500, 500).map(Decimal),
    category=st.sampled_from(["groceries", "housing", "income_salary", "loan"]),
    flow=st.sampled_from(["income", "expense", "debt"]),
    currency=st.sampled_from(["INR", "INR", "EUR", "USD"]),
    account=st.sampled_from(["main", "second"]),
)
scopes = st.one_of(
    st.just(Scope()),
    st.just(Scope(current=True)),
    st.builds(lambda day, length: Scope(first=day, last=day + timedelta(days=length)), days, st.integers(0, 400)),
    st.just(Scope(account_id="main")),
)
RATES = {("EUR", (date(2025, 1, 1) + timedelta(days=number)).isoformat()): "90.5" for number in range(0, 561, 2)}


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(rows, scopes), max_size=8))
def test_an_answer_after_writes_is_that_of_somebody_new(steps: list[tuple[Row, Scope]]) -> None:
    ledger = Ledger(six_equal_months())
    known = analytics(ledger, RATES)
    for written, scope in steps:
        ledger.rows.append(written)
        new = analytics(ledger, RATES)
        asked: dict[str, Any] = {"owner": OWNER, "scope": scope, "as_of": TODAY}
        assert known.summary(**asked) == new.summary(**asked)
        assert known.cash_flow(**asked, by="month") == new.cash_flow(**asked, by="month")
        assert known.typical_month(owner=OWNER, as_of=TODAY) == new.typical_month(owner=OWNER, as_of=TODAY)


class Noting(Ledger):
    """Notes the months whose sums are asked."""

    def monthly_totals(
        self, *, owner: str, first: Month, last: Month, account_id: str | None = None
    ) -> tuple[MonthlyTotal, ...]:
        self.asked.append(f"{first} {last}")
        return super().monthly_totals(owner=owner, first=first, last=last, account_id=account_id)


def test_after_a_write_only_its_month_is_asked_again() -> None:
    ledger = Noting(six_equal_months())
    facade = analytics(ledger)
    scope = Scope(first=date(2026, 1, 1), last=date(2026, 6, 30))
    facade.cash_flow(owner=OWNER, scope=scope, by="month", as_of=TODAY)
    assert "2026-01 2026-06" in ledger.asked
    ledger.asked.clear()
    ledger.rows.append(row("2026-03-09", "-70.00", "groceries"))
    found = facade.cash_flow(owner=OWNER, scope=scope, by="month", as_of=TODAY)
    assert found.items[2].expenses == Decimal("50070.00")
    assert [each for each in ledger.asked if each.startswith("20")] == ["2026-03 2026-03"]


def test_an_unchanged_ledger_is_not_asked_again() -> None:
    ledger = Ledger(six_equal_months())
    facade = analytics(ledger)
    facade.cash_flow(owner=OWNER, scope=Scope(), by="month", as_of=TODAY)
    ledger.asked.clear()
    facade.cash_flow(owner=OWNER, scope=Scope(include_transfers=True), by="month", as_of=TODAY)
    assert ledger.asked == []


def test_a_month_cut_by_an_early_pay_day_is_counted_once() -> None:
    paid = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 27), date(2026, 4, 1), date(2026, 5, 1)]
    calendar = of_paydays(MonthStart(kind="payday"), dict.fromkeys(paid, Decimal(1)))
    pieces = tuple(calendar.pieces(date(2026, 1, 1), date(2026, 4, 30)))
    assert pieces[1] == (date(2026, 2, 1), date(2026, 2, 26))  # between months that are whole
    ledger = Ledger([row("2026-02-10", "-100.00", "groceries"), row("2026-02-27", "-7.00", "groceries")])
    found = KeptSums(ledger).sums(OWNER, None, pieces, "INR")  # type: ignore[arg-type]
    assert [(item.on.isoformat(), item.amount) for item in found] == [
        ("2026-02-01", Decimal("-100.00")),
        ("2026-02-27", Decimal("-7.00")),
    ]


def test_a_month_that_comes_to_be_complete_is_said_to_be() -> None:
    ledger = Ledger([row("2026-04-25", "-10.00", "groceries"), row("2026-05-15", "-10.00", "groceries")])
    known = analytics(ledger)
    assert not known.typical_month(owner=OWNER, as_of=TODAY).complete
    ledger.rows.append(row("2026-07-10", "-1.00", "groceries"))
    found = known.typical_month(owner=OWNER, as_of=TODAY)
    assert found.complete
    assert found == analytics(ledger).typical_month(owner=OWNER, as_of=TODAY)
