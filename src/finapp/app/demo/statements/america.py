"""American layouts: month first, signed amounts, some inverted, one without a header."""

import csv
from collections.abc import Iterator
from decimal import Decimal

from finapp.app.demo.statements.sheet import ZERO, Layout, Sheet, closing, credit, debit, joined, plain, western

_CHASE_TYPES = {
    "payroll": "ACH_CREDIT",
    "credit": "ACH_CREDIT",
    "interest": "MISC_CREDIT",
    "own_out": "ACCT_XFER",
    "own_in": "ACCT_XFER",
    "card_bill": "LOAN_PMT",
    "atm": "ATM",
    "fee": "FEE_TRANSACTION",
    "app": "QUICKPAY_DEBIT",
    "standing": "QUICKPAY_DEBIT",
    "bill": "BILLPAY",
    "shop": "DEBIT_CARD",
    "online": "DEBIT_CARD",
    "refund": "DEBIT_CARD",
    "reversal": "DEBIT_CARD",
}


def _chase(sheet: Sheet) -> Iterator[str]:
    yield "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #"
    for row in reversed(sheet.listed()):
        side = "DEBIT" if row.amount < 0 else "CREDIT"
        kind = _CHASE_TYPES.get(row.channel, "ACH_DEBIT" if row.amount < 0 else "ACH_CREDIT")
        cells = [side, f"{row.date:%m/%d/%Y}", row.description, plain(row.amount), kind, plain(row.balance), "", ""]
        yield joined(cells)


def _chase_card(sheet: Sheet) -> Iterator[str]:
    yield "Transaction Date,Post Date,Description,Category,Type,Amount,Memo"
    kinds = {"card_credit": "Payment", "refund": "Return", "fee": "Fee"}
    for row in reversed(sheet.listed()):
        day = f"{row.date:%m/%d/%Y}"
        kind = kinds.get(row.channel, "Sale")
        yield joined([day, day, row.description, "", kind, plain(row.amount), ""])


def _bofa(sheet: Sheet) -> Iterator[str]:
    rows = sheet.listed()
    credits = sum((row.amount for row in rows if row.amount >= 0), ZERO)
    debits = sum((row.amount for row in rows if row.amount < 0), ZERO)
    yield "Description,,Summary Amt."
    yield joined([f"Beginning balance as of {sheet.first:%m/%d/%Y}", "", western(sheet.opening)])
    yield joined(["Total credits", "", western(credits)])
    yield joined(["Total debits", "", western(debits)])
    yield joined([f"Ending balance as of {sheet.last:%m/%d/%Y}", "", western(closing(sheet, rows))])
    yield ""
    yield "Date,Description,Amount,Running Bal."
    begin = joined([f"{sheet.first:%m/%d/%Y}", f"Beginning balance as of {sheet.first:%m/%d/%Y}", ""])
    yield f'{begin},"{western(sheet.opening)}"'
    for row in rows:
        text = joined([f"{row.date:%m/%d/%Y}", row.description])
        yield f'{text},"{western(row.amount)}","{western(row.balance)}"'


def _wells_fargo(sheet: Sheet) -> Iterator[str]:
    for row in reversed(sheet.listed()):
        cells = [f"{row.date:%m/%d/%Y}", plain(row.amount), "*", "", row.description]
        yield joined(cells, quoting=csv.QUOTE_ALL)


def _capital_one(sheet: Sheet) -> Iterator[str]:
    yield "Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit"
    for row in reversed(sheet.listed()):
        day = f"{row.date:%Y-%m-%d}"
        category = "Payment/Credit" if row.amount >= 0 else "Merchandise"
        yield joined([day, day, sheet.account.last4, row.description, category, debit(row), credit(row)])


def _amex(sheet: Sheet) -> Iterator[str]:
    yield "Date,Description,Card Member,Account #,Amount"
    for row in reversed(sheet.listed()):
        cells = [f"{row.date:%m/%d/%Y}", row.description, sheet.account.holder, f"-{sheet.account.last4}"]
        yield joined([*cells, plain(-row.amount)])


def _venmo_amount(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else '+'} ${western(abs(amount))}"


def _venmo(sheet: Sheet) -> Iterator[str]:
    yield "Account Statement,,,,,,,"
    yield "Account Activity,,,,,,,"
    yield ",ID,Datetime,Type,Status,Note,Amount (total),Ending Balance"
    yield f",,,,,,,${western(sheet.opening)}"
    for row in sheet.rows:
        cells = ["", row.reference, f"{row.date:%Y-%m-%d}T12:00:00", "Payment", "Complete", row.description]
        yield joined([*cells, _venmo_amount(row.amount), ""])


LAYOUTS = (
    Layout(name="chase", lines=_chase, reverse=True),
    Layout(name="chase_card", lines=_chase_card, reverse=True),
    Layout(name="bofa", lines=_bofa),
    Layout(name="wells_fargo", lines=_wells_fargo, reverse=True),
    Layout(name="capital_one", lines=_capital_one, reverse=True),
    Layout(name="amex", lines=_amex, reverse=True, inverted=True),
    Layout(name="venmo", lines=_venmo),
)
