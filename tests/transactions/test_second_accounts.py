"""A file that does not say whose it is joins an account only when what the account holds speaks for it."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.domain.belonging import Stretch, familiar, follows
from finapp.transactions.public import Import, ImportAnswers
from tests.transactions.ledger import OWNER, PERSON, Ledger

Line = tuple[str, str, str]
EVERYDAY: tuple[Line, ...] = (
    ("2026-01-02", "-20.00", "SHOP 123"), ("2026-01-09", "-35.10", "FUEL 9"), ("2026-01-15", "900.00", "ACME PAYROLL"),
    ("2026-01-21", "-400.00", "RENT FLAT 5"), ("2026-01-30", "-8.00", "CAFE"),
)  # fmt: skip
SECOND: tuple[Line, ...] = (
    ("2026-01-03", "100.00", "FROM EVERYDAY"), ("2026-01-12", "-60.00", "SCHOOL"), ("2026-01-19", "-12.00", "BOOKS"),
    ("2026-01-28", "0.40", "INTEREST"),
)  # fmt: skip
NEXT: tuple[Line, ...] = (
    ("2026-02-02", "-22.00", "SHOP 124"), ("2026-02-15", "900.00", "ACME PAYROLL"),
    ("2026-02-21", "-400.00", "RENT FLAT 5"),
)  # fmt: skip
STRANGE: tuple[Line, ...] = (("2026-03-02", "-22.00", "HARDWARE"), ("2026-03-15", "-9.00", "FLOWERS"))


def csv(lines: tuple[Line, ...]) -> bytes:
    return "".join(["Date,Amount,Description\n", *(f"{day},{amount},{text}\n" for day, amount, text in lines)]).encode()


def qif(lines: tuple[Line, ...]) -> bytes:
    return "".join(["!Type:Bank\n", *(f"D{day}\nT{amount}\nP{text}\n^\n" for day, amount, text in lines)]).encode()


def accounts(ledger: Ledger) -> dict[str, Decimal]:
    return {one.id: one.balance for one in ledger.facade.accounts(owner=OWNER).items}


def asked_for_account(done: Import) -> bool:
    return done.status == "needs_mapping" and done.questions[0].field == "account_id"


@pytest.mark.parametrize("made", [csv, qif])
def test_other_rows_on_the_same_days_are_of_another_account(ledger: Ledger, made: object) -> None:
    assert callable(made)
    first = ledger.take(made(EVERYDAY))
    before = accounts(ledger)
    asked = ledger.take(made(SECOND))
    assert asked_for_account(asked)
    assert accounts(ledger) == before
    answers = ImportAnswers(account_id="new")
    second = ledger.facade.answer_import(owner=OWNER, person=PERSON, import_id=asked.id, answers=answers)
    assert (second.status, second.account_created) == ("done", True)
    # From here on each file finds its own: by its rows, or by where the money goes.
    assert ledger.take(made(EVERYDAY[2:] + NEXT)).account_id == first.account_id
    assert ledger.take(made(SECOND)).counts.duplicates == len(SECOND)


def test_the_next_month_joins_by_the_places_it_pays(ledger: Ledger) -> None:
    first = ledger.take(csv(EVERYDAY))
    joined = ledger.take(csv(NEXT))
    assert (joined.status, joined.account_id) == ("done", first.account_id)


@pytest.mark.parametrize("made", [csv, qif])
def test_a_file_that_nothing_speaks_for_is_asked_about(ledger: Ledger, made: object) -> None:
    assert callable(made)
    ledger.take(made(EVERYDAY))
    assert asked_for_account(ledger.take(made(STRANGE)))


def with_balance(lines: tuple[Line, ...], opening: str) -> bytes:
    balance = Decimal(opening)
    shown = []
    for day, amount, text in lines:
        balance += Decimal(amount)
        shown.append(f"{day},{amount},{text},{balance}\n")
    return "".join(["Date,Amount,Description,Balance\n", *shown]).encode()


def test_a_balance_that_goes_on_tells_and_one_that_does_not_asks(ledger: Ledger) -> None:
    first = ledger.take(with_balance(EVERYDAY, "50.00"))
    closing = Decimal("50.00") + sum(Decimal(amount) for _, amount, _ in EVERYDAY)
    near = (("2026-02-01", "-1.00", "CAFE"), ("2026-02-02", "-22.00", "SHOP 7"))
    assert asked_for_account(ledger.take(with_balance(near, "777.00")))
    joined = ledger.take(with_balance(STRANGE, str(closing)))
    assert (joined.status, joined.account_id) == ("done", first.account_id)


def stretch(first: int, last: int, opening: int, closing: int) -> Stretch:
    days = {"first": date(2026, 1, first), "last": date(2026, 1, last)}
    return Stretch(**days, opening=Decimal(opening), closing=Decimal(closing))


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ([], None),
        ([stretch(1, 9, 5, 7)], True),
        ([stretch(1, 9, 5, 8)], False),
        ([stretch(1, 3, 5, 8)], None),
        ([stretch(1, 9, 5, 8), stretch(20, 25, 9, 3)], True),
        ([stretch(9, 12, 5, 8)], None),
    ],
)
def test_balances_follow_each_other(known: list[Stretch], verdict: bool | None) -> None:
    assert follows(stretch(10, 15, 7, 9), known) is verdict


def test_a_balance_of_zero_tells_nothing() -> None:
    assert follows(stretch(10, 15, 0, 9), [stretch(1, 9, 5, 0)]) is None


def test_one_text_in_common_is_not_enough() -> None:
    known = ["Monthly fee 01/26", "Supermarket 12", "Rent"]
    assert not familiar(["Monthly fee 02/26", "School"], known)
    assert familiar(["Supermarket 77", "RENT 2", "School"], known)


def test_the_currencies_of_an_account_without_a_name_go_where_their_like_went_before(ledger: Ledger) -> None:
    content = (
        "Date,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID\n"
        "{month}/03/2026,Grocer,Payment,Completed,USD,-5.00,0.00,-5.00,A{month}\n"
        "{month}/04/2026,Landlord,Payment,Completed,USD,-50.00,0.00,-50.00,B{month}\n"
        "{month}/15/2026,Client One,Payment,Completed,USD,90.00,0.00,90.00,C{month}\n"
        "{month}/05/2026,Shop,Payment,Completed,EUR,-7.00,0.00,-7.00,D{month}\n"
        "{month}/06/2026,Publisher,Payment,Completed,EUR,30.00,0.00,30.00,E{month}\n"
        "{month}/16/2026,Bakery,Payment,Completed,EUR,-3.00,0.00,-3.00,F{month}\n"
    )
    first = ledger.take(content.format(month="01").encode())
    again = ledger.take(content.format(month="01").encode())
    later = ledger.take(content.format(month="02").encode())
    assert first.counts.imported == 6
    assert (again.counts.imported, again.counts.duplicates) == (0, 6)
    assert later.counts.imported == 6
    assert len({each.account_id for taken in (first, again, later) for each in taken.accounts}) == 2


SEVERAL = b"""Date,Account,Description,Amount
2026-03-02,Everyday,SHOP,-22.00
2026-03-03,Visa Gold,FUEL,-9.00
2026-03-04,Everyday,RENT,-400.00
2026-03-05,Everyday,CAFE,-4.00
2026-03-06,Visa Gold,BOOKS,-15.00
2026-03-07,Everyday,SHOP,-7.50
"""


@pytest.mark.parametrize("dry_run", [True, False])
def test_rows_of_several_accounts_that_are_put_into_one_are_told_of(ledger: Ledger, dry_run: bool) -> None:
    done = ledger.take(SEVERAL, ledger.account("Joint"), dry_run=dry_run)
    (text,) = done.warnings
    assert "rows of 2 accounts ('Everyday', 'Visa Gold'), and all went to 'Joint'" in text
    assert done.counts.imported == 6


def test_rows_of_several_accounts_that_go_to_their_own_need_no_word(ledger: Ledger) -> None:
    done = ledger.take(SEVERAL)
    assert len(done.accounts) == 2
    assert not any("accounts" in text for text in done.warnings)
