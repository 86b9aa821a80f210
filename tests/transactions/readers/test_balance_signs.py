"""A running balance decides which way amounts went, in either order of rows, before any wording does."""

from decimal import Decimal
from itertools import accumulate

import pytest

from finapp.transactions.domain.reconciliation import reconcile
from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement

MOVED = [Decimal(text) for text in ("-41.80", "-6.00", "-1.00", "-16.11", "-14.97", "247.40", "-14.97")]
TEXTS = ("BLUMEN RISSE", "NORDSEE", "APCOA", "BOUTIQUE AM MARKT", "APCOA", "LASTSCHRIFT HAUSBANK", "APCOA")


def read(kind: str, opening: str, *, turned_amounts: bool, turned_balances: bool, newest_first: bool) -> Statement:
    balances = list(accumulate(MOVED, initial=Decimal(opening)))[1:]
    lines = [
        f"2026-05-{10 + number},{text},{-moved if turned_amounts else moved},{-left if turned_balances else left}"
        for number, (text, moved, left) in enumerate(zip(TEXTS, MOVED, balances, strict=True))
    ]
    if newest_first:
        lines.reverse()
    content = "\n".join(["Date,Particulars,Amount,Balance", *lines]).encode()
    answer = read_statement(content, account_kind=kind, country="DE")
    assert isinstance(answer, Statement), answer
    return answer


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("turned_amounts", [False, True])
@pytest.mark.parametrize("turned_balances", [False, True])
def test_a_card_is_read_by_its_balance_in_every_convention(
    newest_first: bool, turned_amounts: bool, turned_balances: bool
) -> None:
    found = read(
        "credit_card", "-182.49", turned_amounts=turned_amounts, turned_balances=turned_balances,
        newest_first=newest_first,
    )  # fmt: skip
    rows = sorted(found.rows, key=lambda row: row.date)
    assert [row.amount for row in rows] == MOVED
    assert rows[-1].balance_after == Decimal("-29.94")


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("turned_amounts", [False, True])
def test_an_account_that_holds_money_is_read_by_its_balance(newest_first: bool, turned_amounts: bool) -> None:
    found = read("checking", "900.00", turned_amounts=turned_amounts, turned_balances=False, newest_first=newest_first)
    rows = sorted(found.rows, key=lambda row: row.date)
    assert [row.amount for row in rows] == MOVED
    assert rows[-1].balance_after == Decimal("1052.55")


@pytest.mark.parametrize("sign", [1, -1])
def test_what_a_card_owes_stands_above_its_rows_without_a_sign(sign: int) -> None:
    lines = (
        "Credit card number,XXXX-XXXX-XXXX-1234", "Previous Balance,$500.00", "New Balance,$230.25",
        "Trans Date,Post Date,Description,Amount", f"09/16/2026,09/17/2026,PAYMENT THANK YOU,{-500 * sign}.00",
        f"09/20/2026,09/21/2026,GROCERY MART,{180 * sign}.25", f"10/02/2026,10/03/2026,GAS STATION,{50 * sign}.00",
    )  # fmt: skip
    found = read_statement("\n".join(lines).encode(), filename="card.csv", country="US")
    assert isinstance(found, Statement)
    balances = reconcile(found)
    assert (balances.opening, balances.closing, balances.difference) == (Decimal(-500), Decimal("-230.25"), 0)
