# ruff: noqa: E501
"""What other programs divide arrives as one row with its parts."""

from decimal import Decimal

import pytest

from finapp.transactions.domain.statement import Statement, StatementRow
from finapp.transactions.readers.entry import read_statement
from tests.transactions.readers.actual_file import budget

YNAB = """"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Checking","","13/01/2026","Corner Shop","Bills: Power","Bills","Power","bulb","$9.00","$0.00","Cleared"
"Checking","","12/01/2026","Corner Shop","Food: Groceries","Food","Groceries","Split (1/3) bread","$40.00","$0.00","Cleared"
"Checking","","12/01/2026","Transfer : Savings","","","","Split (2/3) ","$20.00","$0.00","Cleared"
"Checking","","12/01/2026","Corner Shop","Food: Pets","Food","Pets","Split (3/3) ","$10.00","$0.00","Cleared"
"Savings","","12/01/2026","Transfer : Checking","","","","","$0.00","$20.00","Cleared"
"Savings","","11/01/2026","Corner Shop","Food: Pets","Food","Pets","Split (2/2) the first is missing","$1.00","$0.00","Cleared"
"""
ACTUAL = """Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared
Checking,2026-01-13,Power Co,bulb,Bills,Power,-9.00,0,Cleared
Checking,2026-01-12,Corner Shop,(SPLIT INTO 3) big,,,0,-70.00,Cleared
Checking,2026-01-12,Corner Shop,(SPLIT 1 OF 3) food,Food,Groceries,-40.00,0,Cleared
Checking,2026-01-12,Savings,(SPLIT 2 OF 3) ,,,-20.00,0,Cleared
Checking,2026-01-12,Corner Shop,(SPLIT 3 OF 3) ,Food,Pets,-10.00,0,Cleared
Savings,2026-01-12,Checking,,,,20.00,0,Cleared
"""
FIREFLY = """user_id,group_id,journal_id,group_title,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,source_type,destination_name,destination_type,reconciled,category,tags,notes
1,7,1,Big shop,Withdrawal,EUR,-40.00,,,food,2026-01-12T00:00:00+01:00,Checking,Asset account,Corner Shop,Expense account,1,Groceries,"a,b",for the party
1,7,2,Big shop,Withdrawal,EUR,-10.00,,,cat,2026-01-12T00:00:00+01:00,Checking,Asset account,Corner Shop,Expense account,1,Pets,,
1,8,3,,Withdrawal,EUR,-9.00,,,bulb,2026-01-13T00:00:00+01:00,Checking,Asset account,Power Co,Expense account,0,Power,home,
"""
QIF = """!Account
NChecking
TBank
^
!Type:Bank
D2026-01-12
T-70.00
CX
PCorner Shop
LFood:Groceries
SFood:Groceries
Ebread
$-40.00
S[Savings]
$-20.00
SFood:Pets
$-10.00
^
D2026-01-13
T-9.00
PPower Co
LBills:Power
^
D2026-01-14
T-9.00
PBroken
LBills:Power
SBills:Power
$-5.00
SBills:Water
$-5.00
^
"""
GNUCASH = """"Date","Transaction ID","Number","Description","Notes","Commodity/Currency","Void Reason","Action","Memo","Full Account Name","Account Name","Amount With Sym","Amount Num.","Value With Sym","Value Num.","Reconcile","Reconcile Date","Rate/Price"
"2026-01-12","aa01","","Corner Shop","","CURRENCY::EUR","","","","Assets:Checking","Checking","-70.00","-70.00","-70.00","-70.00","n","","1"
"","","","","","","","","bread","Expenses:Groceries","Groceries","40.00","40.00","40.00","40.00","n","","1"
"","","","","","","","","","Assets:Savings","Savings","20.00","20.00","20.00","20.00","n","","1"
"","","","","","","","","","Expenses:Pets","Pets","10.00","10.00","10.00","10.00","n","","1"
"2026-01-13","aa02","","Broker","","CURRENCY::EUR","","","","Assets:Checking","Checking","-1510.00","-1510.00","-1510.00","-1510.00","n","","1"
"","","","","","","","","","Assets:Broker:ACME","ACME","10 ACME","10","1500.00","1500.00","n","","150"
"","","","","","","","","","Expenses:Fees","Fees","10.00","10.00","10.00","10.00","n","","1"
"""


def rows(text: str | bytes, name: str) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    found = read_statement(content, filename=name, country="DE", currency="EUR")
    assert isinstance(found, Statement)
    assert all(sum(part.amount for part in row.parts) in (0, row.amount) for row in found.rows)
    return [shown(row) for row in found.rows]


def shown(row: StatementRow) -> str:
    parts = [f"{part.amount} {part.does or part.category_hint} {part.description}" for part in row.parts]
    hint = f"to {row.transfer_hint}" if row.transfer_hint else row.category_hint
    return f"{row.date:%d} {row.amount} {row.account_hint} {row.description}: {'; '.join(parts) or hint}"


def test_ynab_numbers_the_parts_in_the_memo() -> None:
    assert rows(YNAB, "register.csv") == [
        "13 -9.00 Checking Corner Shop bulb: Power",
        "12 -70.00 Checking Corner Shop: -40.00 Groceries Corner Shop bread; -20.00 transfer Transfer : Savings; -10.00 Pets None",
        "12 20.00 Savings Transfer : Checking: to Checking",
        "11 -1.00 Savings Corner Shop Split (2/2) the first is missing: Pets",
    ]


def test_actual_prints_the_whole_above_its_parts() -> None:
    assert rows(ACTUAL, "actual.csv") == [
        "13 -9.00 Checking Power Co bulb: Power",
        "12 -70.00 Checking Corner Shop: -40.00 Groceries Corner Shop food; -20.00 transfer Savings; -10.00 Pets None",
        "12 20.00 Savings Checking: to Checking",
    ]


def test_firefly_gives_the_parts_of_a_transaction_one_group() -> None:
    assert rows(FIREFLY, "firefly.csv") == [
        "12 -50.00 Checking Big shop: -40.00 Groceries Corner Shop food; -10.00 Pets Corner Shop cat",
        "13 -9.00 Checking Power Co bulb: Power",
    ]
    found = read_statement(FIREFLY.encode(), filename="firefly.csv")
    assert isinstance(found, Statement)
    assert [(part.tags, part.note) for part in found.rows[0].parts] == [("a,b", "for the party"), (None, None)]
    assert [(row.tags, row.status) for row in found.rows] == [(None, "reconciled"), ("home", "posted")]


def test_qif_lists_parts_below_the_entry_and_parts_that_do_not_come_to_it_are_left_out() -> None:
    assert rows(QIF, "quicken.qif") == [
        "12 -70.00 None Corner Shop: -40.00 Food:Groceries bread; -20.00 transfer None; -10.00 Food:Pets None",
        "13 -9.00 None Power Co: Bills:Power",
        "14 -9.00 None Broken: Bills:Power",
    ]


def test_gnucash_has_a_line_for_each_split() -> None:
    assert rows(GNUCASH, "gnucash.csv") == [
        "12 -70.00 Assets:Checking Corner Shop: -40.00 Expenses:Groceries bread; -10.00 Expenses:Pets None; -20.00 transfer None",
        "12 20.00 Assets:Savings Corner Shop: to Assets:Checking",
        "13 -1510.00 Assets:Checking Broker: -1500.00 investment None; -10.00 Expenses:Fees None",
    ]


@pytest.mark.parametrize("alone", [False, True])
def test_the_budget_of_actual_has_accounts_parts_transfers_and_what_was_deleted(alone: bool) -> None:
    found = read_statement(budget(alone=alone), filename="2026-01-09-My-Finances.zip")
    assert isinstance(found, Statement)
    assert [shown(row) for row in found.rows] == [
        "05 -54.32 a1 Corner Shop weekly: Groceries",
        "06 -70.00 a1 Corner Shop big: -40.00 Groceries Corner Shop food; -20.00 transfer Savings put aside; -10.00 Pets Corner Shop",
        "06 20.00 a2 Checking: to Checking",
        "08 0.01 a1 INTEREST PAID: Pets",
    ]
    assert [row.status for row in found.rows] == ["reconciled", "posted", "posted", "pending"]
    assert found.rows[0].bank_id == "B-77"
    assert [(each.account, each.amount) for each in found.openings] == [("a1", Decimal("1000.00"))]
    assert {key: (hint.name, hint.currency) for key, hint in found.accounts.items()} == {
        "a1": ("Checking", "EUR"), "a2": ("Savings", "EUR"),
    }  # fmt: skip
    assert not found.rejected


GERMAN = """"Datum","Buchungs-ID","Nummer","Beschreibung","Bemerkung","Währung","Storno","Aktion","Text","Kontobezeichnung (voll)","Konto","Betrag mit Symbol","Betrag","Wert mit Symbol","Wert","Abgleich","Abgleichdatum","Kurs"
"05.01.2026","aa","","Laden","","CURRENCY::EUR","","","","Aufwendungen:Essen","Essen","50,00 €","50,00","50,00 €","50,00","n","","1"
"","","","","","","","","","Aufwendungen:Tiere","Tiere","4,32 €","4,32","4,32 €","4,32","n","","1"
"","","","","","","","","","Aktiva:Bank","Bank","-54,32 €","-54,32","-54,32 €","-54,32","n","","1"
"26.01.2026","ab","","Lohn","","CURRENCY::EUR","","","","Aktiva:Bank","Bank","1.000,00 €","1.000,00","1.000,00 €","1.000,00","n","","1"
"","","","","","","","","","Erträge:Lohn","Lohn","-1.000,00 €","-1.000,00","-1.000,00 €","-1.000,00","n","","1"
"""


def test_gnucash_in_another_language_is_told_by_its_columns() -> None:
    assert rows(GERMAN, "gnucash.csv") == [
        "05 -54.32 Aktiva:Bank Laden: -50.00 Aufwendungen:Essen None; -4.32 Aufwendungen:Tiere None",
        "26 1000.00 Aktiva:Bank Lohn: Erträge:Lohn",
    ]


def test_the_cash_account_of_firefly_is_no_account_of_the_household() -> None:
    text = FIREFLY.replace("Power Co,Expense account", "(cash),Cash account")
    assert rows(text, "firefly.csv")[1:] == ["13 -9.00 Checking (cash) bulb: Power"]
