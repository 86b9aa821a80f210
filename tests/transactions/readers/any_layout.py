"""Writes one history in a random layout of the kinds banks use, so that readers can be held against the truth."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Row = tuple[date, Decimal, str]

DATES = {
    "dmy": ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y", "%d/%m/%Y %H:%M:%S"],
    "mdy": ["%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y"],
    "none": ["%Y-%m-%d", "%d %b %Y", "%d-%b-%y", "%Y/%m/%d", "%Y%m%d", "%b %d, %Y", "%Y-%m-%dT%H:%M:%SZ", "%d-%b-%Y"],
}
HEADINGS = {
    "date": ["Date", "Txn Date", "Transaction Date", "Posting Date", "Datum", "Buchungstag", "Booking date", "Fecha", "Tran Date", "Date Posted", "Post Date"],
    "value": ["Value Date", "Value Dt", "Wertstellung", "Valutadatum"],
    "text": ["Description", "Narration", "Particulars", "Details", "Transaction Details", "Verwendungszweck", "Omschrijving", "Concepto", "Memo", "Remarks"],
    "amount": ["Amount", "Transaction Amount", "Betrag", "Bedrag", "Importe", "Amount (INR)", "Amount (EUR)", "Amt", "Value"],
    "debit": ["Debit", "Withdrawal Amt.", "Withdrawals", "Paid out", "Money Out", "Debit Amount", "Dr", "Soll", "Cargo"],
    "credit": ["Credit", "Deposit Amt.", "Deposits", "Paid in", "Money In", "Credit Amount", "Cr", "Haben", "Abono"],
    "flag": ["Dr/Cr", "Type", "Debit/Credit", "CR/DR", "Transaction Type", "Soll/Haben"],
    "balance": ["Balance", "Closing Balance", "Running Balance", "Saldo", "Available Balance", "Balance (INR)"],
    "reference": ["Ref No.", "Chq./Ref.No.", "Cheque No", "Reference Number", "S No."],
}  # fmt: skip
SHOPS = [
    "GREEN GROCER",
    "METRO RAIL FARE",
    "BOOK SHOP, MAIN ST",
    "POWER BILL",
    "CAFE; CORNER",
    "LANDLORD RENT",
    "PHARMACY 24",
]
INCOME = ["ACME SALARY", "REFUND BOOK SHOP", "INTEREST PAID"]


@dataclass
class Written:
    """A file and what it says."""

    content: bytes
    rows: list[Row]
    dated: str
    """Which order its dates are in: dmy, mdy, or none when only one reading is possible."""
    signed: bool
    description: str


def history(chance: random.Random, count: int) -> list[Row]:
    """Rows over some months, oldest first, mostly spending, with twins."""
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(500))
    rows: list[Row] = []
    for _ in range(count):
        day += timedelta(days=chance.choice([0, 0, 1, 1, 2, 3, 5]))
        if chance.random() < 0.15:
            rows.append((day, Decimal(chance.randrange(10_000, 20_000_000)) / 100, chance.choice(INCOME)))
        else:
            rows.append((day, -Decimal(chance.randrange(100, 3_000_000)) / 100, chance.choice(SHOPS)))
    return rows


def grouped(value: Decimal, style: str) -> str:
    """A magnitude in one of the world's styles."""
    whole, cents = f"{value:.2f}".split(".")
    if style == "indian" and len(whole) > 3:
        head, tail = whole[:-3], whole[-3:]
        parts = []
        while head:
            parts.insert(0, head[-2:])
            head = head[:-2]
        return f"{','.join(parts)},{tail}.{cents}"
    mark = {"western": ",", "german": ".", "swiss": "'", "french": "\u202f", "plain": "", "comma": "", "indian": ","}[
        style
    ]
    shown = f"{int(whole):,}".replace(",", mark)
    return shown + ("," if style in ("german", "french", "comma") else ".") + cents


def signed(value: Decimal, style: str, how: str) -> str:
    """A signed amount with one of the usual ways to write a minus."""
    size = grouped(abs(value), style)
    if value >= 0:
        return {"plus": f"+{size}"}.get(how, size)
    return {"brackets": f"({size})", "trailing": f"{size}-", "unicode": f"\u2212{size}"}.get(how, f"-{size}")


def write(seed: int) -> Written:
    """One random layout."""
    chance = random.Random(seed)
    rows = history(chance, chance.choice([3, 5, 8, 20, 60]))
    dated = chance.choice(["dmy", "dmy", "mdy", "none"])
    pattern = chance.choice(DATES[dated])
    style = chance.choice(["plain", "western", "indian", "german", "swiss", "french", "comma"])
    money = chance.choice(["amount", "amount", "pair", "pair", "flag", "suffix"])
    how = chance.choice(["minus", "minus", "brackets", "trailing", "unicode", "plus"])
    has_balance = chance.random() < 0.6
    newest_first = chance.random() < 0.4
    balance, lines = Decimal(chance.randrange(0, 10_000_000)) / 100, []
    for day, amount, text in rows:
        balance += amount
        lines.append((day, amount, text, balance))
    if newest_first:
        lines.reverse()
    columns = _columns(chance, money, has_balance)
    filler = chance.choice(["", "", "0.00", "-"]) if style not in ("german", "french", "comma") else ""
    debit_turn = chance.choice([1, 1, 1, -1])
    table = [[chance.choice(HEADINGS[column]) for column in columns]]
    for number, (day, amount, text, after) in enumerate(lines):
        cells = {
            "date": day.strftime(pattern), "value": day.strftime(pattern), "text": text, "reference": str(600_000_000 + number),
            "amount": _amount(amount, style, how, money), "flag": "DR" if amount < 0 else "CR",
            "debit": signed(-amount * debit_turn, style, "minus") if amount < 0 else filler,
            "credit": grouped(amount, style) if amount >= 0 else filler,
            "balance": signed(after, style, "minus"),
        }  # fmt: skip
        table.append([cells[column] for column in columns])
    return _written(
        chance,
        table,
        [line[:3] for line in lines],
        dated,
        f"{columns} {pattern} {style} {money} {how} newest={newest_first}",
    )


def _columns(chance: random.Random, money: str, has_balance: bool) -> list[str]:
    amounts = {"amount": ["amount"], "suffix": ["amount"], "flag": ["amount", "flag"], "pair": ["debit", "credit"]}[
        money
    ]
    start = ["date"] + (["value"] if chance.random() < 0.3 else []) + (["reference"] if chance.random() < 0.3 else [])
    middle = [["text"], amounts] if chance.random() < 0.8 else [amounts, ["text"]]
    return start + middle[0] + middle[1] + (["balance"] if has_balance else [])


def _amount(amount: Decimal, style: str, how: str, money: str) -> str:
    if money == "flag":
        return grouped(abs(amount), style)
    if money == "suffix":
        return f"{grouped(abs(amount), style)} {'Dr' if amount < 0 else 'Cr'}"
    return signed(amount, style, how)


def _written(chance: random.Random, table: list[list[str]], rows: list[Row], dated: str, description: str) -> Written:
    delimiter = chance.choice([",", ",", ";", "\t", "|"])
    out = io.StringIO()
    if chance.random() < 0.5:
        out.write(f"Example Bank{delimiter * 2}\nAccount Number{delimiter}00012345678\n\n")
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=chance.choice(["\n", "\r\n"]))
    trailing = chance.random() < 0.2
    for line in table:
        writer.writerow([*line, ""] if trailing else line)
    if chance.random() < 0.4:
        out.write("\n*** End of statement ***\nThis is a computer generated statement.\n")
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])
    return Written(out.getvalue().encode(encoding), rows, dated, True, f"{description} {delimiter!r} {encoding}")
