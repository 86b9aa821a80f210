"""What another program's export says an account began with is what it begins with here, and no income."""

from decimal import Decimal

import pytest

from finapp.transactions.public import TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

YNAB = """"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo",\
"Outflow","Inflow","Cleared"
"Joint","","09/01/2026","Starting Balance","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,$1000.00,\
"Reconciled"
"Joint","","09/13/2026","Grocer","Needs: Food","Needs","Food","",$585.10,$0.00,"Cleared"
"Visa","","09/01/2026","Starting Balance","","","","",$500.00,$0.00,"Cleared"
"Visa","","09/14/2026","Transfer : Bank","","","","",$0.00,$500.00,"Cleared"
"Vault","","09/01/2026","Starting Balance","","","","",$0.00,$70.00,"Cleared"
"""
MINT = """"Date","Description","Original Description","Amount","Transaction Type","Category",\
"Account Name","Labels","Notes"
"9/1/2026","Starting Balance","Starting Balance","1000.00","credit","Transfer","Joint","",""
"9/13/2026","Grocer","GROCER","585.10","debit","Groceries","Joint","",""
"9/1/2026","Starting Balance","Starting Balance","500.00","debit","Transfer","Visa","",""
"9/14/2026","Payment","PAYMENT","500.00","credit","Transfer","Visa","",""
"9/1/2026","Starting Balance","Starting Balance","70.00","credit","Transfer","Vault","",""
"""
QIF = """!Account
NJoint
^
!Type:Bank
D09/01/2026
T1,000.00
POpening Balance
L[Joint]
^
D09/13/2026
T-585.10
PGrocer
^
!Account
NVisa
^
!Type:CCard
D09/01/2026
T-500.00
POpening Balance
L[Visa]
^
D09/14/2026
T500.00
PPayment
^
!Account
NVault
^
!Type:Bank
D09/01/2026
T70.00
POpening Balance
L[Vault]
^
"""
BEANCOUNT = """2026-09-01 * "Opening Balances"
  Assets:Joint         1000.00 INR
  Liabilities:Visa     -500.00 INR
  Assets:Vault           70.00 INR
  Equity:Opening-Balances

2026-09-13 * "Grocer"
  Expenses:Food   585.10 INR
  Assets:Joint

2026-09-14 * "Payment"
  Liabilities:Visa   500.00 INR
  Equity:Adjusted
"""
FIREFLY = """journal_id,type,currency_code,amount,description,date,source_name,source_type,destination_name,\
destination_type,category,tags
1,Opening balance,INR,1000,Start,2026-09-01,Start of Joint,Initial balance account,Joint,Asset account,,
2,Withdrawal,INR,-585.10,Grocer,2026-09-13,Joint,Asset account,Grocer,Expense account,Food,
3,Opening balance,INR,-500,Start,2026-09-01,Visa,Asset account,Start of Visa,Initial balance account,,
4,Deposit,INR,500,Payment,2026-09-14,Somebody,Revenue account,Visa,Asset account,,
5,Opening balance,INR,70,Start,2026-09-01,Start of Vault,Initial balance account,Vault,Asset account,,
"""
YNAB_WITH_NOTES = YNAB.replace('"Ready to Assign","",', '"Ready to Assign","as the bank had it",')
FIREFLY_WITHOUT_TYPES = """journal_id,type,currency_code,amount,description,date,source_name,destination_name,category
1,Opening balance,INR,1000,Start,2026-09-01,Anfangsbestand "Joint",Joint,
2,Withdrawal,INR,-585.10,Grocer,2026-09-13,Joint,Grocer,Food
3,Opening balance,INR,-500,Start,2026-09-01,Visa,Anfangsbestand "Visa",
4,Deposit,INR,500,Payment,2026-09-14,Somebody,Visa,
5,Opening balance,INR,70,Start,2026-09-01,Anfangsbestand "Vault",Vault,
"""
ONE_QIF = """!Account
NChecking
^
!Type:Bank
D09/01/2026
T1,000.00
POpening Balance
L[Checking]
^
D09/13/2026
T-100.00
PGrocer
^
"""


def held(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Opening balance and balance of each account, by the end of its name."""
    items = ledger.facade.accounts(owner=OWNER, limit=500, cursor=None).items
    return {each.name.rpartition(":")[2]: (str(each.opening_balance), str(each.balance)) for each in items}


def amounts(ledger: Ledger) -> list[Decimal]:
    where = TransactionFilter()
    return sorted(
        row.amount for row in ledger.facade.transactions(owner=OWNER, where=where, limit=50, cursor=None).items
    )


@pytest.mark.parametrize(
    "text",
    [YNAB, YNAB_WITH_NOTES, MINT, QIF, BEANCOUNT, FIREFLY, FIREFLY_WITHOUT_TYPES],
    ids=["YNAB", "YNAB with notes", "Mint", "QIF", "beancount", "Firefly", "Firefly without types"],
)
def test_each_of_several_accounts_begins_with_its_own_balance(ledger: Ledger, text: str) -> None:
    done = ledger.take(text.encode())
    assert (done.status, done.questions) == ("done", ())
    assert held(ledger) == {
        "Joint": ("1000.00", "414.90"),
        "Visa": ("-500.00", "0.00"),
        "Vault": ("70.00", "70.00"),
    }
    assert amounts(ledger) == [Decimal("-585.10"), Decimal("500.00")]
    assert ledger.take(text.encode()).status == "done"
    assert held(ledger)["Vault"] == ("70.00", "70.00")
    assert held(ledger)["Joint"] == ("1000.00", "414.90")


def test_an_import_that_is_taken_back_takes_its_opening_balances_along(ledger: Ledger) -> None:
    done = ledger.take(BEANCOUNT.encode())
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=done.id)
    assert (held(ledger), amounts(ledger)) == ({}, [])


def test_a_quicken_file_of_one_account_begins_with_its_balance(ledger: Ledger) -> None:
    assert ledger.take(ONE_QIF.encode()).status == "done"
    assert list(held(ledger).values()) == [("1000.00", "900.00")]


def test_an_account_of_which_a_file_has_nothing_but_the_opening_balance(ledger: Ledger) -> None:
    text = '2026-09-01 * "Opening"\n  Assets:Old   500.00 INR\n  Equity:Opening-Balances\n'
    assert ledger.take(text.encode()).status == "done"
    assert held(ledger) == {"Old": ("500.00", "500.00")}
    assert amounts(ledger) == []
