"""Own movements are paired whatever one side's text looks like, and payments that are equal by chance are not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from finapp.transactions.domain.movement import Household, LightRow, Movement, OwnAccount, Spent, decide
from tests.transactions.movement.own_pairs import HOUSEHOLDS, Case, cases, counted, decided

DAY = date(2025, 5, 5)
YEAR = ((date(2025, 1, 1), date(2025, 12, 31)),)
BANK = OwnAccount(id="bank", kind="checking", currency="INR", institution="HDFC Bank", last4="1111")
CARD = OwnAccount(id="card", kind="credit_card", currency="INR", institution="ICICI Bank", last4="4321", covered=YEAR)
HOME = Household(accounts=(BANK, CARD), holders=("Asha Rao",))


def row(id: str, account: OwnAccount, amount: int, text: str, *, day: int = 0, **values: object) -> LightRow:
    return LightRow(
        id=id, account_id=account.id, account_kind=account.kind, date=DAY + timedelta(days=day),
        amount=Decimal(amount), description=text, **{"currency": "INR", "confidence": 0.97, **values},  # type: ignore[arg-type]
    )  # fmt: skip


def flows(movement: Movement) -> dict[str, str]:
    return {decision.id: decision.flow for decision in movement.decisions}


def test_precision_and_recall_on_bank_wordings_reach_their_floors() -> None:
    count, wrong = counted()
    assert count.right / count.found >= 0.99, wrong
    assert count.right / count.true >= 0.97, wrong


@pytest.mark.parametrize("case", [case for case in cases() if not case.same], ids=str)
def test_rows_that_are_equal_by_chance_stay_two(case: Case) -> None:
    assert not decided(case).pairs


@pytest.mark.parametrize("amount", [500, 12_345_678])
def test_a_credit_from_the_account_named_salary_is_no_income(amount: int) -> None:
    case = Case("IN", True, ("salary", "IMPS-TRANSFER TO SAVINGS"), ("savings", "TRANSFER FROM SALARY"), 0)
    movement = decided(case, amount)
    assert flows(movement) == {"out": "transfer", "in": "transfer"}


def test_a_purchase_turned_into_instalments_is_counted_as_they_are_paid() -> None:
    bought = row("tv", CARD, -30000, "CROMA ELECTRONICS PUNE", category="shopping", merchant_key="CROMA")
    other = row("sofa", CARD, -30000, "PEPPERFRY MUMBAI", category="home", merchant_key="PEPPERFRY", day=1)
    plan = row("plan", CARD, 30000, "CROMA EMI CONVERSION-CR", category="shopping", merchant_key="CROMA", day=9)
    part = row("part", CARD, -5200, "EMI 1/6 CROMA", category="loan", day=30)
    movement = decide([bought, other, plan, part], HOME)
    (pair,) = movement.pairs
    assert (pair.out_id, pair.in_id, pair.kind) == ("tv", "plan", "instalments")
    assert "same_merchant" in pair.evidence
    assert flows(movement) == {"tv": "transfer", "sofa": "expense", "plan": "transfer", "part": "debt"}
    assert movement.decisions[0].category == "shopping"
    rejected = replace(HOME, rejected=frozenset((frozenset(("tv", "plan")),)))
    assert [pair.out_id for pair in decide([bought, other, plan, part], rejected).pairs] == ["sofa"]
    assert not decide([replace(plan, date=DAY - timedelta(days=1)), bought], HOME).pairs


@pytest.mark.parametrize(
    ("out", "into", "kind"),
    [
        (("salary", "AUTO SWEEP TO FD 503001122"), ("deposit", "SWEEP FROM 1111"), "sweep"),
        (("salary", "UPI-ADD MONEY-ADD-MONEY@PAYTM"), ("wallet", "MONEY ADDED FROM BANK A/C XX1111"), "wallet"),
        (("salary", "IB BILLPAY DR-ICICCC-416021XXXXXX4321"), ("card", "PAYMENT RECEIVED. THANK YOU"), "card_payment"),
        (("salary", "NEFT DR-ZERODHA BROKING LTD"), ("broker", "FUNDS ADDED USING NEFT"), "investment"),
        (("salary", "NEFT TO SELF"), ("savings", "NEFT FROM SELF"), "transfer"),
    ],
)
def test_each_pair_says_what_kind_of_movement_it_is(out: tuple[str, str], into: tuple[str, str], kind: str) -> None:
    (pair,) = decided(Case("IN", True, out, into, 0)).pairs
    assert pair.kind == kind
    assert pair.evidence[:2] == ("amount", "days:0")


def test_a_bill_is_not_that_of_a_card_whose_statements_print_payments_and_none_of_it() -> None:
    bill = row("bill", BANK, -9000, "CREDIT CARD PAYMENT", category="card_payment")
    spent = row("spent", CARD, -400, "SWIGGY", category="dining", day=-20)
    quiet = decide([bill, spent], HOME)
    assert quiet.decisions[0].reason == "card_in_ledger"
    other = row("other", CARD, 7000, "PAYMENT RECEIVED", category="card_payment", day=-30)
    assert decide([bill, spent, other], HOME).decisions[0].reason == "card_unseen"
    stored = replace(CARD, payments=(DAY - timedelta(days=30),))
    assert decide([bill], replace(HOME, accounts=(BANK, stored))).decisions[0].reason == "card_unseen"
    ends = replace(stored, covered=((date(2025, 1, 1), DAY + timedelta(days=1)),))
    assert decide([bill], replace(HOME, accounts=(BANK, ends))).decisions[0].reason == "card_in_ledger"
    numbered = replace(bill, description="CREDIT CARD PAYMENT XX4321")
    assert decide([numbered, other], HOME).decisions[0].reason == "card_in_ledger"


def test_what_is_paid_back_for_others_is_no_income() -> None:
    claim = row("claim", BANK, 3400, "NEFT CR-ACME LTD-EXPENSE CLAIM MAY", category="income_other")
    (decision,) = decide([claim], HOME).decisions
    assert (decision.flow, decision.reason, decision.ask) == ("refund", "reimbursement", True)


def test_much_more_than_was_ever_spent_at_a_merchant_is_no_refund_of_it() -> None:
    spent = replace(HOME, spent_at={"TESCO": Spent(date(2025, 1, 1), Decimal(80))})
    wage = row("wage", BANK, 2900, "TESCO STORES LTD", category="groceries", merchant_key="TESCO", confidence=0.8)
    back = replace(wage, id="back", amount=Decimal(75))
    assert flows(decide([wage, back], spent)) == {"wage": "income", "back": "refund"}


def test_the_households_of_the_table_have_every_account_it_names() -> None:
    for case in cases():
        known = {account.id for account in HOUSEHOLDS[case.country].accounts}
        assert {case.out[0], case.into[0]} <= known


@pytest.mark.parametrize("text", ["VIREMENT DE COMPTE CHEQUE", "VIR RECU DU COMPTE COURANT"])
def test_money_from_the_current_account_is_no_income_whatever_the_accounts_are_called(text: str) -> None:
    giro = OwnAccount(id="giro", kind="checking", currency="EUR")
    book = replace(giro, id="book")
    out = row("out", giro, -200, "VIREMENT EMIS VERS LIVRET A", category="transfer", currency="EUR")
    into = row("in", book, 200, text, category="uncategorized", confidence=0.0, currency="EUR")
    movement = decide((out, into), Household(accounts=(giro, book)))
    assert flows(movement) == {"out": "transfer", "in": "transfer"}
