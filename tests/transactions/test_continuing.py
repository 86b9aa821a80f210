"""Card exports in columns nobody taught: what opens a card, what is asked, and what is not asked again."""

import pytest

from finapp.transactions.public import Account, Import, ImportAnswers
from tests.transactions.ledger import OWNER, PERSON, Ledger

_HEADINGS = "Posting Dt;Merchant / Details;Billed (Rs.);Surcharge Fee;Dr/Cr;State;Card No\n"


def export(month: int, number: str = "XXXX XXXX XXXX 4417", headings: str = _HEADINGS) -> bytes:
    rows = ("AMAZON PAY INDIA BANGALORE;3499.00;0;DR", "INDIGO AIRLINES GURGAON;6854.00;151.00;DR",
            "APOLLO PHARMACY CHENNAI;1846.60;0;DR", "PAYMENT RECEIVED - AUTOPAY THANK YOU;12350.60;0;CR")  # fmt: skip
    lines = [f"{day:02}-{month:02}-2026;{row};Posted;{number}\n" for day, row in zip((3, 8, 14, 21), rows, strict=True)]
    return (headings + "".join(lines)).encode()


def answered(ledger: Ledger, asked: Import, **mapping: str) -> Import:
    (ledger.spool / "upload").write_bytes(export(5))
    answers = ImportAnswers(mapping=mapping)
    return ledger.facade.answer_import(owner=OWNER, person=PERSON, import_id=asked.id, answers=answers)


def accounts(ledger: Ledger) -> tuple[Account, ...]:
    return ledger.facade.accounts(owner=OWNER).items


def first(ledger: Ledger) -> Import:
    asked = answered(ledger, ledger.take(export(5)), amount="Billed (Rs.)")
    assert [question.field for question in asked.questions] == ["fee"]
    return answered(ledger, asked, fee="none")


def test_a_card_is_told_by_its_headings_and_is_not_called_by_hidden_digits(ledger: Ledger) -> None:
    done = first(ledger)
    (card,) = accounts(ledger)
    assert (done.status, card.kind, card.name, card.number_last4) == ("done", "credit_card", "Card 4417", "4417")


def test_a_fee_column_is_asked_about_whoever_named_the_amounts(ledger: Ledger) -> None:
    asked = ledger.take(export(5), mapping={"amount": "Billed (Rs.)"})
    assert [(question.field, question.choices) for question in asked.questions] == [("fee", ("Surcharge Fee", "none"))]
    plain = ledger.take(export(6, headings="Date;Details;Amount;Fee;Dr/Cr;Status;Card No\n"))
    assert [question.field for question in plain.questions] == ["fee"]


def test_the_next_file_of_the_same_columns_and_number_is_not_asked_about(ledger: Ledger) -> None:
    first(ledger)
    (card,) = accounts(ledger)
    done = ledger.take(export(6))
    assert (done.status, done.questions, done.counts.imported) == ("done", (), 4)
    assert [account.account_id for account in done.accounts] == [card.id]


def test_a_file_of_another_number_or_of_other_columns_is_asked_about(ledger: Ledger) -> None:
    first(ledger)
    assert ledger.take(export(6, number="XXXX XXXX XXXX 9902")).status == "needs_mapping"
    other = _HEADINGS.replace("Billed (Rs.)", "Charged (Rs.)")
    assert ledger.take(export(6, headings=other)).status == "needs_mapping"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Date,Details,Amount,Card Number\n2026-05-03,GROCER,-20.00,4315 81XX XXXX 4417\n", "credit_card"),
        (b"Date,Details,Amount,Card Member\n2026-05-03,GROCER,-20.00,THE HOLDER\n", "credit_card"),
        (b"Date,Details,Amount,Card Number\n2026-05-03,DEBIT CARD GROCER,-20.00,4315 81XX XXXX 4417\n", "checking"),
        ((b"Date,Details,Amount,Balance,Card Number\n2026-05-03,GROCER,-20.00,80.00,XXXX4417\n"
         b"2026-05-04,GROCER,-20.00,60.00,XXXX4417\n"), "checking"),
        (b"Date,Details,Amount,Account Number\n2026-05-03,GROCER,-20.00,XXXXXX4417\n", "checking"),
    ],
)  # fmt: skip
def test_a_number_of_a_card_opens_a_card_unless_the_file_is_a_banks(ledger: Ledger, content: bytes, kind: str) -> None:
    assert ledger.take(content).status == "done"
    assert [account.kind for account in accounts(ledger)] == [kind]


def test_a_new_account_keeps_the_capitals_of_its_bank(ledger: Ledger) -> None:
    ledger.take(b"ICICI Bank account number,XXXXXX7781\n\nDate,Details,Amount\n2026-05-03,GROCER,-20.00\n")
    assert [account.name for account in accounts(ledger)] == ["ICICI Bank account 7781"]


def test_wallets_and_cash_of_a_journal_hold_cash(ledger: Ledger) -> None:
    ledger.take(
        b"2026-05-03 * Cafe\n    Expenses:Dining    20.00 USD\n    Assets:Wallet\n\n"
        b"2026-05-04 * Grocer\n    Expenses:Food    30.00 USD\n    Assets:Bank:Main\n"
    )
    assert {account.name: account.kind for account in accounts(ledger)} == {
        "Assets:Wallet": "cash",
        "Assets:Bank:Main": "checking",
    }
