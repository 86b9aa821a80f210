"""The number of one payment on both of its sides, and the accounts whose narrations say little."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.domain.categorizer import Line, suggest
from finapp.transactions.domain.movement import Household, LightRow, OwnAccount, decide

ACCOUNTS = {
    "hdfc": ("savings", "INR", "HDFC Salary", "HDFC Bank", "1122"),
    "icici": ("savings", "INR", "ICICI Savings", "ICICI Bank", "7788"),
    "cash": ("cash", "INR", "Wallet", "", ""),
    "loan": ("loan", "INR", "Toyota Loan", "Toyota Financial", "0042"),
    "deposit": ("investment", "INR", "Recurring deposit", "HDFC Bank", ""),
    "paypal": ("cash", "EUR", "PayPal", "PayPal", ""),
    "euro": ("checking", "EUR", "Revolut EUR", "Revolut", ""),
    "dollar": ("checking", "USD", "Revolut USD", "Revolut", ""),
}
RATES = {("EUR", "USD"): Decimal("1.1686"), ("USD", "EUR"): 1 / Decimal("1.1686")}


def pairs(*rows: tuple[str, str, str, str]) -> set[frozenset[str]]:
    """The pairs among rows of account, date, amount and text; a row is called by its account."""
    own = tuple(
        OwnAccount(id=id_, kind=kind, currency=currency, name=name, institution=bank, last4=last4, covered=())
        for id_, (kind, currency, name, bank, last4) in ACCOUNTS.items()
    )
    household = Household(
        accounts=own, holders=("Asha Verma",), rate=lambda currency, to, on: RATES.get((currency, to))
    )
    return {frozenset((pair.out_id, pair.in_id)) for pair in decide([_row(*each) for each in rows], household).pairs}


def _row(account: str, day: str, amount: str, text: str) -> LightRow:
    kind, currency, *_ = ACCOUNTS[account]
    said = suggest([Line(description=text, amount=Decimal(amount))], country="IN", currency=currency)[0]
    return LightRow(
        id=account, account_id=account, account_kind=kind, date=date.fromisoformat(day), amount=Decimal(amount),
        currency=currency, description=text, category=said.category, merchant_key=said.merchant_key,
        confidence=said.confidence,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("out", "into"),
    [
        (
            ("hdfc", "2026-05-04", "-30000.00", "CHQ PAID-MICR INWARD CLEARING-000123-ASHA VERMA"),
            ("icici", "2026-05-06", "30000.00", "CLG/000123/HDFC BANK"),
        ),
        (
            ("hdfc", "2026-05-04", "-750.00", "UPI-SHARMA TRADERS-612345678901-UPI"),
            ("icici", "2026-05-04", "750.00", "UPI/612345678901/VERMA A/HDFC"),
        ),
        (
            ("hdfc", "2026-05-04", "-5000.00", "NWD-416021XXXXXX1122-S1ANMU12-MUMBAI"),
            ("cash", "2026-05-04", "5000.00", "Cash from ATM"),
        ),
        (
            ("hdfc", "2026-05-15", "-41235.00", "TOYOTA FINANCIAL SERVICES EMI"),
            ("loan", "2026-05-16", "41235.00", "PAYMENT RECEIVED"),
        ),
        (
            ("hdfc", "2026-02-05", "-5000.00", "RD INSTALLMENT-50500012345050-FEB 2026"),
            ("deposit", "2026-02-05", "5000.00", "INSTALLMENT RECEIVED FEB 2026"),
        ),
        (
            ("euro", "2026-02-05", "-39.90", "PayPal Europe S.a.r.l. et Cie S.C.A LASTSCHRIFT PP.1234.PP"),
            ("paypal", "2026-02-03", "39.90", "Bank Deposit to PP Account"),
        ),
        (
            ("euro", "2026-05-05", "-200.00", "Exchanged to USD"),
            ("dollar", "2026-05-05", "232.55", "Exchanged from EUR"),
        ),
    ],
)
def test_both_sides_are_found(out: tuple[str, str, str, str], into: tuple[str, str, str, str]) -> None:
    assert pairs(out, into) == {frozenset((out[0], into[0]))}


@pytest.mark.parametrize(
    ("out", "into"),
    [
        # The purchase came back, to another account.
        (
            ("hdfc", "2026-05-04", "-750.00", "UPI-FLIPKART PAYMENTS-612345678901-ORDER"),
            ("icici", "2026-05-06", "750.00", "REV-UPI-FLIPKART PAYMENTS-612345678901"),
        ),
        # What both print is the day.
        (
            ("hdfc", "2026-05-04", "-15000.00", "UPI-SURESH RENT-202605041230-RENT"),
            ("icici", "2026-05-04", "15000.00", "NEFT-ACME LTD-202605041230-BONUS"),
        ),
    ],
)
def test_what_only_looks_alike_is_left_alone(out: tuple[str, str, str, str], into: tuple[str, str, str, str]) -> None:
    assert not pairs(out, into)
