"""What a prepayment question must satisfy before anything is simulated."""

from datetime import date, timedelta

from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months
from finapp.reports.domain import checks
from finapp.reports.domain.prepayment.terms import LONGEST_TENOR
from finapp.reports.public.prepayment import Loan, PrepaymentQuestion

MOST_LOANS = 100
MOST_LUMPS = 240


def check(question: PrepaymentQuestion, as_of: date) -> None:
    """Raises Invalid naming the first field that makes no sense."""
    latest = add_months(as_of, LONGEST_TENOR)
    checks.count(question.loans, "loans", MOST_LOANS, 1)
    checks.count(question.lump_sums, "lump_sums", MOST_LUMPS)
    checks.count(question.strategies, "strategies", 6, 1)
    checks.distinct((loan.id for loan in question.loans), "loans")
    checks.distinct(question.strategies, "strategies")
    for index, loan in enumerate(question.loans):
        _check_loan(loan, f"loans.{index}", question.currency, as_of, latest)
    for field, amount in (
        ("extra_monthly", question.extra_monthly),
        ("cash", question.cash),
        ("keep_cash", question.keep_cash),
    ):
        checks.minor(amount, question.currency, field)
    for index, lump in enumerate(question.lump_sums):
        checks.minor(lump.amount, question.currency, f"lump_sums.{index}.amount", zero=False)
        checks.day(lump.date, f"lump_sums.{index}.date", as_of, latest)
    known = {loan.id for loan in question.loans}
    for index, identifier in enumerate(question.custom_order):
        if identifier not in known:
            raise Invalid(f"custom_order.{index}", "is not the id of a loan in this question")
    checks.distinct(question.custom_order, "custom_order")
    if "custom" in question.strategies and not question.custom_order:
        raise Invalid("custom_order", "give the order in which the custom strategy pays the loans off")
    checks.whole(question.time_limit_seconds, "time_limit_seconds", 1, 60)
    _check_alternatives(question, known)


def _check_loan(loan: Loan, where: str, currency: str, as_of: date, latest: date) -> None:
    checks.minor(loan.outstanding, currency, f"{where}.outstanding", zero=False)
    checks.rate(loan.annual_rate, f"{where}.annual_rate")
    checks.rate(loan.prepayment_fee, f"{where}.prepayment_fee")
    checks.minor(loan.minimum_part_payment, currency, f"{where}.minimum_part_payment")
    if loan.instalment is not None:
        checks.minor(loan.instalment, currency, f"{where}.instalment", zero=False)
    if loan.months is not None:
        checks.whole(loan.months, f"{where}.months", 1, LONGEST_TENOR)
    if loan.next_due_on is not None:
        checks.day(loan.next_due_on, f"{where}.next_due_on", as_of + timedelta(days=1), add_months(as_of, 1))
    checks.count(loan.rate_changes, f"{where}.rate_changes", 120)
    for index, change in enumerate(loan.rate_changes):
        checks.rate(change.annual_rate, f"{where}.rate_changes.{index}.annual_rate")
        checks.day(change.on, f"{where}.rate_changes.{index}.on", as_of, latest)
    if loan.tax is not None:
        checks.rate(loan.tax.marginal_rate, f"{where}.tax.marginal_rate")
        checks.whole(loan.tax.year_starts_in, f"{where}.tax.year_starts_in", 1, 12)
        if loan.tax.yearly_cap is not None:
            checks.minor(loan.tax.yearly_cap, currency, f"{where}.tax.yearly_cap")


def _check_alternatives(question: PrepaymentQuestion, known: set[str]) -> None:
    if question.invest is not None:
        checks.rate(question.invest.after_tax_return, "invest.after_tax_return", lowest=-checks.HIGHEST_RATE / 2)
        checks.whole(question.invest.paths, "invest.paths", 100, 20_000)
        checks.whole(question.invest.seed, "invest.seed", 0, 2**31 - 1)
        if question.invest.volatility is not None:
            checks.rate(question.invest.volatility, "invest.volatility")
    offer = question.balance_transfer
    if offer is not None:
        if offer.loan_id not in known:
            raise Invalid("balance_transfer.loan_id", "is not the id of a loan in this question")
        checks.rate(offer.annual_rate, "balance_transfer.annual_rate")
        checks.minor(offer.cost, question.currency, "balance_transfer.cost")
        if offer.months is not None:
            checks.whole(offer.months, "balance_transfer.months", 1, LONGEST_TENOR)
