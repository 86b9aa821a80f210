"""An account is reconciled with its bank: statements beside the ledger, gaps, missing months, asserted balances."""

import random
from datetime import date
from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.gaps import Covered, gaps, missing_months
from finapp.transactions.public import (
    AccountNotFound,
    AssertedBalanceNotFound,
    ImportProfileNotFound,
)
from tests.transactions.ledger import OWNER, PERSON, Ledger

JANUARY = b"Date,Description,Amount,Balance\n2026-01-05,RENT,-100.00,900.00\n2026-01-31,SALARY,500.00,1400.00\n"
MARCH = b"Date,Description,Amount,Balance\n2026-03-02,SHOP,-50.00,1250.00\n2026-03-30,SHOP,-50.00,1200.00\n"
FEBRUARY = b"Date,Description,Amount,Balance\n2026-02-10,SHOP,-100.00,1300.00\n"


def covered(key: str, first: tuple[int, int], last: tuple[int, int], *balances: str) -> Covered:
    opening, closing = (Decimal(each) for each in balances) if balances else (None, None)
    return Covered(key=key, first=date(2026, *first), last=date(2026, *last), opening=opening, closing=closing)


def test_statements_that_touch_or_agree_have_no_gap_between_them() -> None:
    one, two = covered("a", (1, 1), (1, 31), "0", "10"), covered("b", (2, 3), (2, 20), "10", "30")
    assert gaps([two, one]) == ()
    assert gaps([covered("a", (1, 1), (1, 31)), covered("b", (2, 1), (2, 20))]) == ()
    overlapping = covered("c", (1, 20), (2, 10), "5", "12")
    assert gaps([one, overlapping]) == ()


def test_a_balance_that_jumps_and_days_without_balances_are_gaps() -> None:
    jump = gaps([covered("a", (1, 1), (1, 31), "0", "10"), covered("b", (2, 1), (2, 20), "7", "9")])
    assert [(gap.difference, gap.missing) for gap in jump] == [(Decimal(-3), True)]
    (silent,) = gaps([covered("a", (1, 1), (1, 31)), covered("b", (3, 1), (3, 20))])
    assert (silent.first, silent.last, silent.missing) == (date(2026, 2, 1), date(2026, 2, 28), None)


def test_a_month_without_any_statement_is_missing() -> None:
    found = missing_months([covered("a", (1, 5), (1, 20)), covered("b", (4, 5), (6, 20))])
    assert found == ("2026-02", "2026-03")
    assert missing_months([]) == ()


def test_the_statements_of_an_account_stand_beside_the_ledger(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(MARCH, account)
    ledger.take(JANUARY, account)
    shown = ledger.facade.account_statements(owner=OWNER, account_id=account.id)
    assert [(one.first, one.closing_balance) for one in shown.items] == [
        (date(2026, 1, 5), Decimal("1400.00")),
        (date(2026, 3, 2), Decimal("1200.00")),
    ]
    assert [(gap.difference, gap.missing, gap.days) for gap in shown.gaps] == [(Decimal("-100.00"), True, 29)]
    assert shown.missing_months == ("2026-02",)
    assert [one.ledger_difference for one in shown.items] == [Decimal("-100.00"), Decimal("0.00")]
    ledger.take(FEBRUARY, account)
    whole = ledger.facade.account_statements(owner=OWNER, account_id=account.id)
    assert (whole.gaps, whole.missing_months) == ((), ())
    assert [one.ledger_difference for one in whole.items] == [Decimal("0.00")] * 3
    assert str(whole.items[0].sum) == "400.00"
    with pytest.raises(AccountNotFound):
        ledger.facade.account_statements(owner=OWNER, account_id="0000000000000")


def test_a_balance_asserted_by_hand_is_compared_to_the_paisa(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.row(account, date(2026, 5, 3), "-10.01", "TEA")
    said = {"owner": OWNER, "person": PERSON, "account_id": account.id, "on": date(2026, 5, 4)}
    wrong = ledger.facade.assert_balance(**said, balance=Decimal("-10.00"))  # type: ignore[arg-type]
    assert (wrong.ledger_balance, wrong.difference, wrong.agrees) == (Decimal("-10.01"), Decimal("-0.01"), False)
    right = ledger.facade.assert_balance(**said, balance=Decimal("-10.01"))  # type: ignore[arg-type]
    (kept,) = ledger.facade.asserted_balances(owner=OWNER, account_id=account.id).items
    assert (kept, kept.agrees, kept.id) == (right, True, wrong.id)
    with pytest.raises(Invalid, match="balance"):
        ledger.facade.assert_balance(**said, balance=Decimal("1.001"))  # type: ignore[arg-type]
    ledger.facade.withdraw_balance(owner=OWNER, person=PERSON, account_id=account.id, balance_id=kept.id)
    with pytest.raises(AssertedBalanceNotFound):
        ledger.facade.withdraw_balance(owner=OWNER, person=PERSON, account_id=account.id, balance_id=kept.id)
    assert ledger.facade.asserted_balances(owner=OWNER, account_id=account.id).items == ()


def test_a_profile_is_shared_between_accounts_and_wins_over_a_guess(ledger: Ledger) -> None:
    american = b"Date,Description,Amount\n02/03/2026,SHOP,-5.00\n03/04/2026,SHOP,-6.00\n"
    first, second = ledger.account("First"), ledger.account("Second")
    with pytest.raises(ImportProfileNotFound):
        ledger.facade.import_profile(owner=OWNER, account_id=first.id)
    guessed = ledger.take(american, first)
    assert guessed.period_first == date(2026, 3, 2)
    assert "day before month" in guessed.warnings[0]
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=guessed.id)
    told = ledger.take(american, first, mapping={"date_order": "mdy"})
    assert (told.period_first, told.warnings) == (date(2026, 2, 3), ())
    profile = ledger.facade.import_profile(owner=OWNER, account_id=first.id)
    ledger.facade.keep_import_profile(owner=OWNER, person=PERSON, account_id=second.id, mapping=profile.mapping)
    again = ledger.take(american, second)
    assert again.period_first == date(2026, 2, 3)
    ledger.facade.forget_import_profile(owner=OWNER, person=PERSON, account_id=second.id)
    with pytest.raises(Invalid, match="mapping"):
        ledger.facade.keep_import_profile(owner=OWNER, person=PERSON, account_id=second.id, mapping={"colour": "red"})


def _piece(first: int, last: int, *, balances: bool) -> bytes:
    """Days of one statement that opens with 100.00 and moves 1.00 more every day; some exports print no balance."""
    lines = ["Date,Description,Amount,Balance" if balances else "Date,Description,Amount"]
    for day in range(first, last + 1):
        balance = f",{100 + day * (day + 1) // 2}.00" if balances else ""
        lines.append(f"2026-05-{day:02d},PAYMENT {day},{day}.00{balance}")
    return "\n".join(lines).encode()


_PIECES = [(3, 8, True), (1, 4, True), (7, 12, True), (1, 2, False), (5, 6, False)]


@pytest.mark.parametrize("seed", range(12))
def test_all_imports_taken_back_in_any_order_leave_the_opening_balance_as_it_was(ledger: Ledger, seed: int) -> None:
    dice = random.Random(seed)
    account = ledger.account()
    pieces = dice.sample(_PIECES, len(_PIECES))
    kept = [ledger.take(_piece(*piece[:2], balances=piece[2]), account) for piece in pieces]
    assert all(one.status == "done" for one in kept)
    while kept:
        gone = kept.pop(dice.randrange(len(kept)))
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=gone.id)
        if dice.random() < 0.3 and len(kept) > 1:
            kept.append(ledger.take(_piece(5, 9, balances=True), account))
    left = ledger.facade.account(owner=OWNER, account_id=account.id)
    assert (left.opening_balance, left.balance) == (account.opening_balance, account.balance)


def test_a_statement_taken_again_keeps_its_rows_and_balance_when_the_first_is_taken_back(ledger: Ledger) -> None:
    account = ledger.account()
    first = ledger.take(_piece(1, 8, balances=True), account)
    again = ledger.take(_piece(1, 8, balances=True), account)
    assert (again.counts.imported, again.counts.duplicates) == (0, 8)
    ledger.row(account, date(2026, 5, 4), "-100.00", "BY HAND")
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=first.id)
    left = ledger.facade.account(owner=OWNER, account_id=account.id)
    assert (left.opening_balance, left.balance) == (Decimal(100), Decimal(36))
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=again.id)
    left = ledger.facade.account(owner=OWNER, account_id=account.id)
    assert (left.opening_balance, left.balance) == (account.opening_balance, account.balance - 100)
