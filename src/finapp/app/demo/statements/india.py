"""Indian layouts: preambles, separate columns for debit and credit, balances, footers."""

import csv
from collections.abc import Iterator
from decimal import Decimal

from finapp.app.demo.statements.sheet import ZERO, Layout, Sheet, credit, debit, indian, joined, plain


def _hdfc(sheet: Sheet) -> Iterator[str]:
    stars = ",".join(["********", "*" * 40, "*" * 16, "********", "*" * 18, "*" * 18, "*" * 18])
    yield "HDFC BANK Ltd.,,,,,,"
    yield "We understand your world,,,,,,"
    yield f"MR {sheet.account.holder},,,,Account Branch :,MAIN ROAD,"
    yield f"Account No :,{sheet.account.number},,,Currency :,{sheet.account.currency},"
    yield f"Statement From :,{sheet.first:%d/%m/%Y},To :,{sheet.last:%d/%m/%Y},,,"
    yield ",,,,,,"
    yield "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance"
    yield stars
    count, paid, received, balance = [0, 0], ZERO, ZERO, sheet.opening
    for row in sheet.rows:
        day = f"{row.date:%d/%m/%y}"
        yield joined([day, row.description, f"0000{row.reference}", day, debit(row), credit(row), plain(row.balance)])
        count[row.amount >= 0] += 1
        paid, received = paid + min(row.amount, ZERO), received + max(row.amount, ZERO)
        balance = row.balance
    yield stars
    yield ",,,,,,"
    yield "STATEMENT SUMMARY :-,,,,,,"
    yield "Opening Balance,,Dr Count,Cr Count,Debits,Credits,Closing Bal"
    totals = [plain(sheet.opening), "", str(count[0]), str(count[1]), plain(-paid), plain(received), plain(balance)]
    yield joined(totals)
    yield "*** End Of Statement ***,,,,,,"


def _icici(sheet: Sheet) -> Iterator[str]:
    yield "DETAILED STATEMENT"
    yield ""
    yield joined(["Account Number", f"{sheet.account.number} ({sheet.account.currency}) - {sheet.account.holder}"])
    yield f"Transaction Date from,{sheet.first:%d/%m/%Y},to,{sheet.last:%d/%m/%Y}"
    yield joined([f"Transactions List - {sheet.account.holder} ({sheet.account.currency}) - {sheet.account.number}"])
    header = ["S No.", "Value Date", "Transaction Date", "Cheque Number", "Transaction Remarks"]
    yield ",".join([*header, "Withdrawal Amount (INR )", "Deposit Amount (INR )", "Balance (INR )"])
    for number, row in enumerate(sheet.rows, start=1):
        day = f"{row.date:%d/%m/%Y}"
        cells = [str(number), day, day, "-", row.description]
        yield joined([*cells, debit(row, empty="0.0"), credit(row, empty="0.0"), plain(row.balance)])
    yield ""
    yield "Legends Used in Account Statement"
    yield joined(["1.", "VAT/MAT/NFS", "Cash withdrawal at other banks ATM"])
    yield joined(["2.", "BIL", "Internet Bill Payment or Fund Transfer"])


def _sbi(sheet: Sheet) -> Iterator[str]:
    yield f"Account Name\t:\t{sheet.account.holder}"
    yield f"Account Number\t:\t_{sheet.account.number}"
    yield "Account Description\t:\tSBCHQ-GEN-PUB-IND-NONRURAL-INR"
    yield f"Balance on {sheet.first:%-d %b %Y}\t:\t{indian(sheet.opening)}"
    yield f"Start Date\t:\t{sheet.first:%-d %b %Y}"
    yield f"End Date\t:\t{sheet.last:%-d %b %Y}"
    yield ""
    yield "Txn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance\t"
    for row in sheet.rows:
        day = f"{row.date:%-d %b %Y}"
        text = f"   {row.description}"
        amounts = f"{debit(row, indian, ' ')}\t{credit(row, indian, ' ')}\t{indian(row.balance)}"
        yield f"{day}\t{day}\t{text}\tTRANSFER FROM {row.reference}\t{amounts}\t"
    yield ""
    yield "**This is a computer generated statement and does not require a signature"


def _axis(sheet: Sheet) -> Iterator[str]:
    yield joined([f"Name :- {sheet.account.holder}"])
    yield joined([f"Statement of Account No - {sheet.account.number} for the period (From : {sheet.first:%d-%m-%Y}"])
    yield ""
    yield "Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL"
    yield joined(["", "", "OPENING BALANCE", "", "", plain(sheet.opening), ""])
    balance = sheet.opening
    for row in sheet.rows:
        amounts = [debit(row, empty=" "), credit(row, empty=" "), plain(row.balance)]
        yield joined([f"{row.date:%d-%m-%Y}", "-", row.description, *amounts, "918"])
        balance = row.balance
    yield joined(["", "", "CLOSING BALANCE", "", "", plain(balance), ""])
    yield ""
    yield joined(
        ["Unless the constituent notifies the bank immediately of any discrepancy, it will be taken as correct."]
    )


def _with_side(amount: Decimal) -> str:
    return f"{indian(abs(amount))} {'Dr' if amount < 0 else 'Cr'}"


def _hdfc_card(sheet: Sheet) -> Iterator[str]:
    yield joined(["Card No", sheet.account.number])
    yield joined(["Statement Period", f"{sheet.first:%d/%m/%Y} - {sheet.last:%d/%m/%Y}"])
    yield ""
    yield "Date,Transaction Description,Amount (in Rs.)"
    for row in sheet.rows:
        yield joined([f"{row.date:%d/%m/%Y}", row.description, _with_side(row.amount)])


def _icici_card(sheet: Sheet) -> Iterator[str]:
    def quoted(*cells: str) -> str:
        return joined(cells, quoting=csv.QUOTE_ALL)

    yield quoted("Accountno:", sheet.account.number)
    yield quoted("Customer Name:", sheet.account.holder)
    yield ""
    yield quoted("Transaction Details")
    header = ("Date", "Sr.No.", "Transaction Details", "Reward Point Header", "Intl.Amount")
    yield quoted(*header, "Amount(in Rs)", "BillingAmountSign")
    for row in sheet.rows:
        side = "CR" if row.amount >= 0 else ""
        amount = plain(abs(row.amount))
        yield quoted(f"{row.date:%d/%m/%Y}", row.reference, row.description, "0", "0", amount, side)


def _paytm(sheet: Sheet) -> Iterator[str]:
    yield "Date,Activity,Wallet Txn ID,Debit,Credit,Status"
    for row in reversed(sheet.listed()):
        day = f"{row.date:%d/%m/%Y} 10:00:00"
        yield joined([day, row.description, row.reference, debit(row), credit(row), "SUCCESS"])


LAYOUTS = (
    Layout(name="hdfc", lines=_hdfc, newline="\r\n"),
    Layout(name="icici", lines=_icici),
    Layout(name="sbi", lines=_sbi, suffix="xls"),
    Layout(name="axis", lines=_axis),
    Layout(name="hdfc_card", lines=_hdfc_card),
    Layout(name="icici_card", lines=_icici_card),
    Layout(name="paytm", lines=_paytm, reverse=True),
)
