"""The household of six equal months, and what an incomplete month may not change."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.analytics.public import Scope
from tests.analytics.household_rows import MONTH, OWNER, D, Row, row, six_equal_months
from tests.analytics.support import Ledger, analytics

PARTIAL = [row("2026-07-01", "120000.00", "income_salary", "income"), row("2026-07-02", "-25000.00", "housing")]


@pytest.mark.parametrize(
    ("as_of", "extra"),
    [
        (date(2026, 7, 15), []),
        (date(2026, 7, 15), PARTIAL),
        (date(2026, 6, 30), []),
        (date(2028, 2, 29), []),
        (date(2028, 2, 29), PARTIAL),
    ],
    ids=["empty current month", "incomplete current month", "last day", "years later", "partial month years ago"],
)
def test_six_equal_months_say_what_a_month_is(as_of: date, extra: list[Row]) -> None:
    facade = analytics(Ledger(six_equal_months() + extra))
    expected = {
        "income": D("120000.00"),
        "expenses": D("50000.00"),
        "essential": D("36800.00"),
        "discretionary": D("13200.00"),
        "debt_service": D("30000.00"),
        "invested": D("10000.00"),
        "saved": D("40000.00"),
    }
    typical = facade.typical_month(owner=OWNER, as_of=as_of)
    summary = facade.summary(owner=OWNER, scope=Scope(), as_of=as_of)
    count = 5 if as_of == date(2026, 6, 30) else 6
    assert typical.complete
    assert len(typical.months) == len(summary.months) == count
    assert {name: getattr(typical, name) for name in expected} == expected
    assert summary.monthly is not None
    assert {name: getattr(summary.monthly, name) for name in expected} == expected
    assert {name: getattr(summary, name) / count for name in expected} == expected
    assert typical.savings_rate == summary.savings_rate == D("0.3333333333")


def test_the_months_of_the_answer_are_named() -> None:
    found = analytics(Ledger(six_equal_months("2019-03"))).typical_month(owner=OWNER, as_of=date(2026, 7, 1))
    assert found.months == ("2019-03", "2019-04", "2019-05", "2019-06", "2019-07", "2019-08")


def test_without_a_complete_month_the_incomplete_one_is_used_and_says_so() -> None:
    found = analytics(Ledger(PARTIAL)).typical_month(owner=OWNER, as_of=date(2026, 7, 15))
    assert (found.complete, found.months, found.income) == (False, ("2026-07",), D("120000.00"))


def test_an_empty_ledger_knows_nothing_and_says_so() -> None:
    facade = analytics(Ledger())
    typical = facade.typical_month(owner=OWNER, as_of=date(2026, 7, 15))
    summary = facade.summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15))
    assert (typical.income, typical.reason, typical.months) == (None, "no_months", ())
    assert (typical.savings_rate, typical.savings_rate_reason) == (None, "no_months")
    assert (summary.savings_rate, summary.savings_rate_reason) == (None, "no_rows")
    assert (summary.monthly, summary.monthly_reason) == (None, "no_complete_month")


def test_spending_more_than_comes_in_is_negative_saving() -> None:
    rows = [row("2026-05-01", "100.00", "income_salary", "income"), row("2026-05-30", "-150.00", "dining")]
    found = analytics(Ledger(rows)).summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15))
    assert (found.saved, found.savings_rate) == (D("-50.00"), D("-0.5"))


def test_a_refund_lowers_living_cost() -> None:
    rows = [row("2026-05-01", "-150.00", "dining"), row("2026-05-30", "200.00", "dining", "refund")]
    found = analytics(Ledger(rows)).summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15))
    assert (found.expenses, found.discretionary, found.count) == (D("-50.00"), D("-50.00"), 2)


def test_the_median_of_an_even_number_of_months_is_rounded_to_the_currency() -> None:
    rows = [row("2026-05-01", "-10.00", "dining"), row("2026-06-01", "-10.01", "dining")]
    rows += [row("2026-05-30", "0.01", "income_salary", "income"), row("2026-06-30", "0.01", "income_salary", "income")]
    found = analytics(Ledger(rows)).typical_month(owner=OWNER, as_of=date(2026, 7, 15))
    assert found.expenses == D("10.00")
    assert found.expenses_band is not None
    assert (found.expenses_band.low, found.expenses_band.high) == (D("10.00"), D("10.01"))


def test_transfers_are_counted_once_and_only_when_asked_for() -> None:
    pair = {"transfer_id": "one"}
    rows = [
        *six_equal_months(),
        row("2026-06-10", "-500.00", "transfer", "transfer", **pair),
        row("2026-06-10", "500.00", "transfer", "transfer", account="other", **pair),
    ]
    facade = analytics(Ledger(rows))
    plain = facade.summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15))
    asked = facade.summary(owner=OWNER, scope=Scope(include_transfers=True), as_of=date(2026, 7, 15))
    assert (plain.transfers, plain.transfers_reason) == (None, "not_asked")
    assert (asked.transfers, asked.transfers_reason) == (D("90500.00"), None)
    assert asked.saved == plain.saved


def test_a_period_that_is_not_whole_months_is_read_by_day() -> None:
    scope = Scope(first=date(2026, 1, 10), last=date(2026, 3, 7))
    found = analytics(Ledger(six_equal_months())).summary(owner=OWNER, scope=scope, as_of=date(2026, 7, 15))
    january, february, march = (D("23800.00"), D("50000.00"), D("25000.00"))
    assert (found.expenses, found.income) == (january + february + march, D("240000.00"))
    assert found.months == ("2026-02",)


def test_rows_after_the_day_of_the_question_do_not_exist() -> None:
    scope = Scope(first=date(2026, 3, 1), last=date(2026, 12, 31))
    found = analytics(Ledger(six_equal_months())).summary(owner=OWNER, scope=scope, as_of=date(2026, 3, 8))
    assert (found.income, found.expenses, found.last) == (D("120000.00"), D("26200.00"), date(2026, 3, 8))


def test_an_account_and_a_tag_narrow_every_figure() -> None:
    rows = [
        *six_equal_months(),
        row("2026-06-10", "-70.00", "dining", account="other", tags=("trip",)),
        row("2026-06-11", "-30.00", "dining", tags=("trip", "kids & co")),
    ]
    facade = analytics(Ledger(rows))
    june = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
    found = {
        name: facade.summary(owner=OWNER, scope=Scope(**june, **scope), as_of=date(2026, 7, 15)).expenses  # type: ignore[arg-type]
        for name, scope in {
            "all": {},
            "account": {"account_id": "other"},
            "tag": {"tag": "trip"},
            "both": {"tag": "trip", "account_id": "main"},
        }.items()
    }
    assert found == {"all": D("50100.00"), "account": D("70.00"), "tag": D("100.00"), "both": D("30.00")}


def test_one_question_asks_the_ledger_few_times() -> None:
    ledger = Ledger(six_equal_months())
    analytics(ledger).typical_month(owner=OWNER, as_of=date(2026, 7, 15))
    assert ledger.asked == ["coverage", "monthly_totals"]


def test_the_parts_of_a_month_are_those_of_its_rows() -> None:
    total = sum((D(amount) for _, amount, *_ in MONTH), Decimal(0))
    assert total == D("15000.00")


def test_a_household_without_rows_has_unknown_figures_and_no_zeros() -> None:
    found = analytics(Ledger()).summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15))
    amounts = (found.income, found.expenses, found.debt_service, found.invested, found.saved, found.savings_rate)
    assert (set(amounts), found.reason, found.count) == ({None}, "no_rows", 0)


def test_a_month_after_the_newest_row_is_unknown_until_a_row_comes() -> None:
    facade = analytics(Ledger(six_equal_months()))
    july = facade.summary(owner=OWNER, scope=Scope(first=date(2026, 7, 1)), as_of=date(2026, 7, 15))
    assert (july.expenses, july.reason, july.savings_rate_reason) == (None, "no_rows_yet", "no_rows_yet")
    june = facade.summary(owner=OWNER, scope=Scope(first=date(2026, 6, 28)), as_of=date(2026, 7, 15))
    assert june.reason == "no_rows_yet"
    assert facade.summary(owner=OWNER, scope=Scope(), as_of=date(2026, 7, 15)).reason is None
