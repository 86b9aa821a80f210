"""Own transfers, card bills and refunds, whichever account was imported first."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.movement import Household, LightRow, Movement, OwnAccount, decide, lookups_for

DAY = date(2025, 5, 5)
CHECKING = OwnAccount(id="a", kind="checking", currency="INR", institution="HDFC Bank", last4="1111")
SAVINGS = OwnAccount(id="b", kind="savings", currency="INR", institution="SBI", last4="2222")
YEAR = ((date(2025, 1, 1), date(2025, 12, 31)),)
CARD = OwnAccount(id="c", kind="credit_card", currency="INR", institution="HDFC Bank", last4="4321", covered=YEAR)
BROKER = OwnAccount(id="d", kind="investment", currency="INR")
DOLLARS = OwnAccount(id="e", kind="checking", currency="USD")
HOME = Household(accounts=(CHECKING, SAVINGS, CARD, BROKER, DOLLARS), holders=("Asha Rao",))


def row(
    id: str, account: OwnAccount, amount: int | str, text: str = "NEFT TO SELF", *, day: int = 0,
    category: str | None = "transfer", merchant: str = "", currency: str = "INR", confidence: float = 0.9,
    decided: bool = False,
) -> LightRow:  # fmt: skip
    return LightRow(
        id=id,
        account_id=account.id,
        account_kind=account.kind,
        date=DAY + timedelta(days=day),
        amount=Decimal(amount),
        currency=currency,
        description=text,
        category=category,
        merchant_key=merchant,
        confidence=confidence,
        decided=decided,
    )


def by_id(movement: Movement) -> dict[str, tuple[str, str, str]]:
    return {d.id: (d.flow, d.category, d.reason) for d in movement.decisions}


def test_two_sides_of_a_transfer_are_paired_with_their_evidence() -> None:
    rows = [
        row("out", CHECKING, -15000, "IMPS-412345678901-SELF-SBIN-XXXXXXX2222"),
        row("in", SAVINGS, 15000, "BY TRANSFER", day=1),
    ]
    movement = decide(rows, HOME)
    (pair,) = movement.pairs
    assert (pair.out_id, pair.in_id, pair.kind) == ("out", "in", "transfer")
    assert {"amount", "days:1", "out_says_transfer", "out_names_account:2222"} <= set(pair.evidence)
    assert {d.flow for d in movement.decisions} == {"transfer"}


def test_a_rejected_pair_is_never_made_again_and_a_confirmed_one_always() -> None:
    rows = [row("out", CHECKING, -500), row("in", SAVINGS, 500)]
    sides = frozenset(("out", "in"))
    assert not decide(rows, Household(accounts=HOME.accounts, rejected=frozenset((sides,)))).pairs
    far = [row("out", CHECKING, -500, "SHOP", category=None), row("in", SAVINGS, 490, "GIFT", category=None, day=60)]
    (pair,) = decide(far, Household(accounts=HOME.accounts, confirmed=frozenset((sides,)))).pairs
    assert pair.confirmed


def test_a_purchase_and_a_salary_of_the_same_amount_are_not_a_transfer() -> None:
    rows = [
        row("out", CHECKING, -500, "POS 416021XXXXXX1234 DMART MUMBAI", category="groceries", confidence=0.98),
        row("in", SAVINGS, 500, "NEFT CR-HSBC0400002-ORBIS-SALARY", category="income_salary", confidence=0.97),
    ]
    movement = decide(rows, HOME)
    assert not movement.pairs
    assert {d.flow for d in movement.decisions} == {"expense", "income"}


def test_two_accounts_that_say_nothing_of_a_transfer_are_left_alone() -> None:
    rows = [
        row("out", CHECKING, -700, "UPI/1234567/A SHOP", category=None),
        row("in", SAVINGS, 700, "UPI/99/B", category=None),
    ]
    assert not decide(rows, HOME).pairs


def test_a_card_bill_is_a_transfer_when_its_own_card_is_in_the_ledger_and_spending_when_not() -> None:
    bill = row("bill", CHECKING, -12000, "BILLPAY HDFC CARD 4321", category="card_payment")
    other = row("bill", CHECKING, -12000, "BILLPAY SBI CARD 9999", category="card_payment")
    assert by_id(decide([bill], HOME))["bill"] == ("transfer", "card_payment", "card_in_ledger")
    assert by_id(decide([other], HOME))["bill"] == ("expense", "card_spending_unseen", "card_unseen")


def test_a_card_bill_before_the_cards_first_statement_stays_spending() -> None:
    bill = row("bill", CHECKING, -12000, "BILLPAY HDFC CARD 4321", category="card_payment")
    late = OwnAccount(
        id="c", kind="credit_card", institution="HDFC Bank", last4="4321", covered=((DAY, DAY + timedelta(90)),)
    )
    household = Household(accounts=(CHECKING, late))
    assert by_id(decide([bill], household))["bill"][0] == "expense"


def test_a_bill_decided_as_unseen_becomes_a_transfer_once_the_card_is_imported() -> None:
    bill = row("bill", CHECKING, -12000, "BILLPAY HDFC CARD 4321", category="card_spending_unseen")
    paid = row("paid", CARD, 12000, "PAYMENT RECEIVED THANK YOU", category="card_payment", day=1)
    movement = decide([bill, paid], HOME)
    assert by_id(movement)["bill"] == ("transfer", "card_payment", "paired")
    assert movement.pairs[0].kind == "card_payment"
    assert lookups_for([paid], HOME).card_bills is not None


def test_a_payment_received_on_a_card_is_never_income() -> None:
    assert by_id(decide([row("p", CARD, 900, "PAYMENT", category=None)], HOME))["p"][0] == "transfer"


def test_money_sent_to_the_own_broker_is_invested_once() -> None:
    rows = [
        row("out", CHECKING, -10000, "NEFT ZERODHA", category="investment"),
        row("in", BROKER, 10000, "FUNDS ADDED", category=None),
    ]
    flows = {id: flow for id, (flow, _, _) in by_id(decide(rows, HOME)).items()}
    assert flows == {"out": "investment", "in": "transfer"}


def test_a_transfer_to_the_holders_own_name_is_recognised_and_one_to_a_stranger_is_asked() -> None:
    rows = [
        row("own", CHECKING, -900, "IMPS-412345678901-ASHA RAO-SBIN-XXXXXXX7777-FAMILY"),
        row("other", CHECKING, -901, "IMPS-412345678902-RAMESH KUMAR-SBIN-XXXXXXX8888-UPI"),
        row("known", CHECKING, -902, "IMPS-412345678903-R KUMAR-SBIN-XXXXXXX2222-UPI"),
    ]
    decisions = {d.id: d for d in decide(rows, HOME).decisions}
    assert (decisions["own"].flow, decisions["own"].reason) == ("transfer", "holder_name")
    assert (decisions["known"].flow, decisions["known"].reason) == ("transfer", "own_account")
    assert (decisions["other"].ask, decisions["other"].suggestion, decisions["other"].flow) == (
        True,
        "transfer",
        "expense",
    )


def test_the_holders_name_behind_a_british_code_outweighs_a_brand_that_is_not_sure() -> None:
    rows = [
        row("bp", CHECKING, -200, "BP ASHA RAO SAVINGS", category="fuel", confidence=0.86),
        row("dr", CHECKING, -201, "DR A RAO", category="health", confidence=0.85),
        row("tfr", CHECKING, -202, "TFR ASHA RAO", category="dining", confidence=0.6),
        row("sure", CHECKING, -203, "BP ASHA RAO", category="fuel", confidence=0.98),
        row("shop", CHECKING, -204, "BP CONNECT LEEDS", category="fuel", confidence=0.86),
    ]
    reasons = {d.id: d.reason for d in decide(rows, HOME).decisions}
    assert reasons == {
        "bp": "holder_name", "dr": "holder_name", "tfr": "holder_name", "sure": "category", "shop": "category",
    }  # fmt: skip


def test_money_from_the_own_salary_account_is_no_salary() -> None:
    rows = [
        row("in", SAVINGS, 5000, "IMPS-TRANSFER FROM SALARY AC", category="income_salary", confidence=0.97),
        row("out", CHECKING, -5000, "IMPS-TRANSFER TO SALARY AC", category="transfer", confidence=0.75, day=20),
        row("spaced", SAVINGS, 6000, "TRANSFER FROM SALARY A/C", category="income_salary", confidence=0.97),
        row("wage", CHECKING, 7000, "NEFT ACME LTD SALARY", category="income_salary", confidence=0.97),
        row("paid", CHECKING, 7500, "ACME LTD TO SALARY ACCOUNT", category="income_salary", confidence=0.97),
    ]
    flows = {id: flow for id, (flow, _, _) in by_id(decide(rows, HOME)).items()}
    assert flows == {"in": "transfer", "out": "transfer", "spaced": "transfer", "wage": "income", "paid": "income"}
    alone = Household(accounts=(SAVINGS,))
    assert by_id(decide(rows[:1], alone))["in"][0] == "income"


def test_two_sides_that_name_the_salary_account_are_paired() -> None:
    rows = [
        row("out", CHECKING, -5000, "IMPS TO SAVINGS AC", category="transfer", confidence=0.75),
        row("in", SAVINGS, 5000, "IMPS-TRANSFER FROM SALARY AC", category="income_salary", confidence=0.97, day=1),
    ]
    movement = decide(rows, HOME)
    assert len(movement.pairs) == 1
    assert {lookup.low for lookup in lookups_for([rows[1]], HOME).amounts} == {5000}


def test_money_back_from_a_shop_is_a_refund_in_its_category() -> None:
    rows = [
        row("buy", CHECKING, -1500, "POS MYNTRA", category="shopping", merchant="MYNTRA"),
        row("back", CHECKING, 1500, "MYNTRA DESIGNS", category="shopping", merchant="MYNTRA", day=9, confidence=0.8),
        row("word", CHECKING, 200, "REFUND AMAZON", category="shopping", merchant="AMAZON"),
        row("early", CHECKING, 300, "SWIGGY", category="dining", merchant="SWIGGY"),
    ]
    decisions = {d.id: d for d in decide(rows, HOME).decisions}
    assert (decisions["back"].flow, decisions["back"].category, decisions["back"].need) == (
        "refund",
        "shopping",
        "discretionary",
    )
    assert decisions["word"].reason == "refund_words"
    assert (decisions["early"].flow, decisions["early"].ask) == ("income", True)


def test_an_instalment_is_debt_service_and_its_disbursement_is_not_income() -> None:
    rows = [
        row("emi", CHECKING, -30000, "EMI 1", category="loan"),
        row("paid", CHECKING, 900000, "LOAN DISBURSEMENT", category="loan"),
    ]
    assert {id: flow for id, (flow, _, _) in by_id(decide(rows, HOME)).items()} == {"emi": "debt", "paid": "transfer"}


def test_a_transfer_between_currencies_is_paired_within_the_tolerance() -> None:
    def rate(currency: str, other: str, on: date) -> Decimal | None:
        return Decimal(1) / Decimal("83.10") if (currency, other) == ("INR", "USD") and on < date(2026, 1, 1) else None

    household = Household(accounts=HOME.accounts, rate=rate)
    out = row("out", CHECKING, -83000, "WIRE TO SELF")
    near = row("in", DOLLARS, "1001.50", "WIRE FROM SELF", currency="USD", day=2)
    far = row("in", DOLLARS, "1100.00", "WIRE FROM SELF", currency="USD", day=2)
    assert decide([out, near], household).pairs
    assert not decide([out, far], household).pairs


def test_a_persons_decision_is_kept() -> None:
    mine = row("x", CHECKING, -900, "NEFT TO SELF", category="gifts_donations", decided=True)
    assert by_id(decide([mine], HOME))["x"] == ("expense", "gifts_donations", "user")


def test_the_lookups_name_every_row_that_could_be_the_other_side() -> None:
    (wanted,) = lookups_for([row("out", CHECKING, -500)], HOME).amounts
    assert (wanted.low, wanted.high) == (500, 500)
    assert wanted.first <= DAY - timedelta(days=5)
    assert wanted.last >= DAY + timedelta(days=5)


ROWS = st.lists(
    st.builds(
        lambda account, amount, day, text: (account, amount, day, text),
        st.sampled_from([CHECKING, SAVINGS, CARD]),
        st.sampled_from([-700, -500, 500, 700]),
        st.integers(0, 12),
        st.sampled_from(["NEFT TO SELF", "BY TRANSFER", "IMPS-1234567-SELF-X2222", "PAYMENT THANK YOU"]),
    ),
    max_size=14,
).map(lambda made: [row(f"r{n}", a, amount, text, day=day) for n, (a, amount, day, text) in enumerate(made)])


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_and_each_row_is_in_one_pair(
    rows: Sequence[LightRow], random: "object"
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a random.Random
    first, second = decide(rows, HOME), decide(shuffled, HOME)
    assert first.pairs == second.pairs
    assert by_id(first) == by_id(second)
    sides = [id for pair in first.pairs for id in (pair.out_id, pair.in_id)]
    assert len(sides) == len(set(sides))


@given(ROWS)
def test_deciding_again_with_what_was_decided_gives_the_same(rows: Sequence[LightRow]) -> None:
    from dataclasses import replace

    first = decide(rows, HOME)
    again = [replace(r, category=d.category) for r, d in zip(rows, first.decisions, strict=True)]
    assert decide(again, HOME).pairs == first.pairs
