"""Which card bills are transfers: those whose purchases are in the ledger, whatever arrived first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.transactions.domain.movement import Household, LightRow, OwnAccount, decide, lookups_for

BANK = OwnAccount(id="bank", kind="checking", currency="INR", institution="HDFC Bank", last4="1111")
CARD = OwnAccount(id="card", kind="credit_card", currency="INR", institution="HDFC Bank", last4="1234")
Period = tuple[date, date]


def bill(day: date, text: str = "CREDIT CARD PAYMENT XX1234") -> LightRow:
    return LightRow(
        id=f"bill {day} {text}", account_id="bank", account_kind="checking", date=day, amount=Decimal(-9000),
        currency="INR", description=text, category="card_payment", confidence=0.97,
    )  # fmt: skip


def purchase(day: date) -> LightRow:
    return LightRow(
        id=f"buy {day}", account_id="card", account_kind="credit_card", date=day, amount=Decimal(-450),
        currency="INR", description="SWIGGY", category="dining", confidence=0.98, merchant_key="SWIGGY",
    )  # fmt: skip


def reason(day: date, covered: Sequence[Period], text: str = "CREDIT CARD PAYMENT XX1234") -> str:
    household = Household(accounts=(BANK, replace(CARD, covered=tuple(covered))))
    return decide([bill(day, text)], household).decisions[0].reason


def month_rows(day: int, first_purchase: int) -> list[LightRow]:
    """Half a year of purchases on the card, and of its bills on the bank account; no payment is printed on the card."""
    months = [date(2025, month, 1) for month in range(1, 7)]
    purchases = [purchase(month + timedelta(days=first_purchase + 3 * step)) for month in months for step in range(7)]
    return [*purchases, *(bill(month.replace(day=day)) for month in months)]


@pytest.mark.parametrize("day", [3, 10, 20])
@pytest.mark.parametrize("first_purchase", [0, 4])
def test_every_bill_but_the_first_is_a_transfer_when_purchases_begin_after_the_cycle_does(
    day: int, first_purchase: int
) -> None:
    rows = month_rows(day, first_purchase)
    decisions = arrived([rows])
    bills = sorted(id for id in decisions if id.startswith("bill"))
    assert [decisions[id] for id in bills] == ["card_unseen", *["card_in_ledger"] * 5]


def test_statements_with_holes_between_them_are_one_time_and_long_silence_is_not() -> None:
    january = date(2025, 1, 8), date(2025, 1, 20)
    march = date(2025, 3, 9), date(2025, 3, 22)
    february = date(2025, 2, 12), date(2025, 2, 21)
    assert reason(date(2025, 3, 3), [march, february, january]) == "card_in_ledger"
    assert reason(date(2025, 3, 3), [march, january]) == "card_unseen"


def test_a_bill_is_unseen_when_the_rows_of_its_card_end_long_before_or_begin_later() -> None:
    spring = [(date(2025, 1, 1), date(2025, 3, 31))]
    assert reason(date(2025, 4, 20), spring) == "card_in_ledger"
    assert reason(date(2025, 5, 20), spring) == "card_unseen"
    assert reason(date(2025, 1, 10), spring) == "card_unseen"


def test_a_bill_that_names_another_bank_is_not_that_of_the_only_card() -> None:
    year = [(date(2025, 1, 1), date(2025, 12, 31))]
    assert reason(date(2025, 4, 20), year, "CREDIT CARD PAYMENT") == "card_in_ledger"
    assert reason(date(2025, 4, 20), year, "AMEX EPAYMENT ACH PMT") == "card_unseen"


def test_a_bill_that_may_be_for_several_own_cards_is_a_transfer_when_all_of_them_are_in_the_ledger() -> None:
    year = ((date(2025, 1, 1), date(2025, 12, 31)),)
    cards = (replace(CARD, covered=year), replace(CARD, id="other", last4="9876", covered=year))
    late = (cards[0], replace(cards[1], covered=((date(2025, 6, 1), date(2025, 12, 31)),)))
    row = bill(date(2025, 4, 20), "CREDIT CARD PAYMENT")
    assert decide([row], Household(accounts=(BANK, *cards))).decisions[0].reason == "card_in_ledger"
    assert decide([row], Household(accounts=(BANK, *late))).decisions[0].reason == "card_unseen"


@pytest.mark.parametrize(
    ("institution", "text"),
    [("State Bank of India", "SBI CARD PAYMENT"), ("American Express", "AMEX EPAYMENT"), ("Citibank", "CITICTP")],
)
def test_a_bank_is_known_by_the_short_name_that_bills_print(institution: str, text: str) -> None:
    card = replace(CARD, institution=institution, covered=((date(2025, 1, 1), date(2025, 12, 31)),))
    other = replace(CARD, id="other", institution="Kotak")
    decisions = decide([bill(date(2025, 4, 20), text)], Household(accounts=(BANK, other, card))).decisions
    assert decisions[0].reason == "card_in_ledger"


def test_the_bills_of_the_whole_joined_period_are_decided_again() -> None:
    joined = replace(CARD, covered=((date(2025, 1, 1), date(2025, 6, 30)),))
    days = lookups_for([purchase(date(2025, 6, 20))], Household(accounts=(BANK, joined))).card_bills
    assert days is not None
    assert days[0] <= date(2025, 1, 26)
    assert days[1] >= date(2025, 7, 30)


def arrived(batches: Sequence[Sequence[LightRow]]) -> dict[str, str]:
    """The reason of every row after the batches were written one after the other, as a ledger does it."""
    stored: dict[str, LightRow] = {}
    decided: dict[str, str] = {}
    covered: list[Period] = []
    for batch in batches:
        days = [row.date for row in batch if row.account_id == "card"]
        covered += [(min(days), max(days))] if days else []
        household = Household(accounts=(BANK, replace(CARD, covered=tuple(sorted(covered)))))
        lookups = lookups_for(batch, household)
        first, last = lookups.card_bills or (date.max, date.min)
        touched = [row for row in stored.values() if row.account_id == "bank" and first <= row.date <= last]
        for row, decision in zip([*batch, *touched], decide([*batch, *touched], household).decisions, strict=True):
            stored[row.id] = replace(row, category=decision.category)
            decided[row.id] = decision.reason
    return decided


@given(st.integers(1, 28), st.integers(0, 6), st.randoms(use_true_random=False))
def test_months_of_bank_and_card_in_any_order_give_what_all_at_once_gives(
    day: int, first_purchase: int, random: "object"
) -> None:
    rows = month_rows(day, first_purchase)
    months: dict[tuple[str, int], list[LightRow]] = {}
    for row in rows:
        months.setdefault((row.account_id, row.date.month), []).append(row)
    batches = list(months.values())
    random.shuffle(batches)  # type: ignore[attr-defined]  # hypothesis hands over a random.Random
    assert arrived(batches) == arrived([rows])
