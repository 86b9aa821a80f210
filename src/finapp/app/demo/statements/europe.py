"""British and European layouts: day first, decimal commas, byte order marks, old code pages."""

import csv
from collections.abc import Iterator

from finapp.app.demo.statements.sheet import Layout, Sheet, closing, credit, debit, german, joined, plain

_MONZO_TYPES = {
    "debit": "Direct Debit",
    "standing": "Standing order",
    "remit": "Faster payment",
    "app": "Faster payment",
    "payroll": "Bacs (Direct Credit)",
    "credit": "Faster payment",
    "own_out": "Faster payment",
    "own_in": "Faster payment",
}
_BARCLAYS_TYPES = {"debit": "DIRECTDEP", "standing": "REPEATPMT", "payroll": "DIRECTDEP", "atm": "CASH", "fee": "DEBIT"}
_LLOYDS_TYPES = {
    "shop": "DEB",
    "online": "DEB",
    "debit": "DD",
    "standing": "SO",
    "payroll": "BGC",
    "credit": "FPI",
    "app": "FPO",
    "remit": "FPO",
    "own_out": "TFR",
    "own_in": "TFR",
    "atm": "CPT",
}


def _barclays(sheet: Sheet) -> Iterator[str]:
    yield "Number,Date,Account,Amount,Subcategory,Memo"
    for row in reversed(sheet.listed()):
        kind = _BARCLAYS_TYPES.get(row.channel, "PAYMENT" if row.amount < 0 else "FT")
        cells = [" ", f"{row.date:%d/%m/%Y}", f"20-45-12 {sheet.account.number}", plain(row.amount), kind]
        yield joined([*cells, row.description])


def _hsbc_uk(sheet: Sheet) -> Iterator[str]:
    for row in reversed(sheet.listed()):
        yield f'{row.date:%d/%m/%Y},{joined([row.description])},"{row.amount:,.2f}"'


def _lloyds(sheet: Sheet) -> Iterator[str]:
    header = ["Transaction Date", "Transaction Type", "Sort Code", "Account Number", "Transaction Description"]
    yield ",".join([*header, "Debit Amount", "Credit Amount", "Balance"])
    for row in reversed(sheet.listed()):
        kind = _LLOYDS_TYPES.get(row.channel, "PAY" if row.amount < 0 else "FPI")
        cells = [f"{row.date:%d/%m/%Y}", kind, "'30-98-97", sheet.account.number, row.description]
        yield joined([*cells, debit(row), credit(row), plain(row.balance)])


def _monzo(sheet: Sheet) -> Iterator[str]:
    header = ["Transaction ID", "Date", "Time", "Type", "Name", "Emoji", "Category", "Amount", "Currency"]
    yield joined([*header, "Local amount", "Local currency", "Notes and #tags", "Description", "Money Out", "Money In"])
    currency = sheet.account.currency
    for row in sheet.rows:
        kind = _MONZO_TYPES.get(row.channel, "Card payment")
        head = [f"tx_{row.reference}{row.key[-7:]}", f"{row.date:%d/%m/%Y}", "12:00:00", kind, row.counterparty]
        money = [plain(row.amount), currency, plain(row.amount), currency]
        tail = [row.description, plain(row.amount) if row.amount < 0 else "", credit(row)]
        yield joined([*head, "", "General", *money, "", *tail])


def _amex_uk(sheet: Sheet) -> Iterator[str]:
    yield "Date,Description,Amount"
    for row in reversed(sheet.listed()):
        yield joined([f"{row.date:%d/%m/%Y}", row.description, plain(-row.amount)])


def _revolut(sheet: Sheet) -> Iterator[str]:
    yield "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"
    for row in sheet.rows:
        kind = "TOPUP" if row.channel == "wallet_out" else "CARD_PAYMENT" if row.amount < 0 else "CARD_REFUND"
        day = f"{row.date:%Y-%m-%d} 12:00:00"
        amounts = [plain(row.amount), "0.00", sheet.account.currency, "COMPLETED", plain(row.balance)]
        yield joined([kind, "Current", day, day, row.description, *amounts])


def _n26(sheet: Sheet) -> Iterator[str]:
    def quoted(*cells: str) -> str:
        return joined(cells, quoting=csv.QUOTE_ALL)

    header = ("Booking Date", "Value Date", "Partner Name", "Partner Iban", "Type", "Payment Reference")
    yield quoted(*header, "Account Name", "Amount (EUR)", "Original Amount", "Original Currency", "Exchange Rate")
    for row in sheet.rows:
        day = f"{row.date:%Y-%m-%d}"
        kind = "Presentment" if row.channel in ("shop", "online") else "Debit Transfer" if row.amount < 0 else "Income"
        yield quoted(
            day, day, row.counterparty, "", kind, row.description, "Main Account", plain(row.amount), "", "", ""
        )


def _dkb(sheet: Sheet) -> Iterator[str]:
    def quoted(*cells: str) -> str:
        return joined(cells, ";", csv.QUOTE_ALL)

    rows = sheet.listed()
    yield quoted("Girokonto", sheet.account.number)
    yield quoted(f"Kontostand vom {sheet.last:%d.%m.%Y}:", f"{german(closing(sheet, rows))} €")
    yield '""'
    header = ("Buchungsdatum", "Wertstellung", "Status", "Zahlungspflichtige*r", "Zahlungsempfänger*in")
    yield quoted(*header, "Verwendungszweck", "Umsatztyp", "IBAN", "Betrag (€)", "Gläubiger-ID", "Mandatsreferenz")
    for row in reversed(rows):
        day = f"{row.date:%d.%m.%y}"
        out = row.amount < 0
        payer, payee = (sheet.account.holder, row.counterparty) if out else (row.counterparty, sheet.account.holder)
        kind = "Ausgang" if out else "Eingang"
        yield quoted(day, day, "Gebucht", payer, payee, row.description, kind, "", german(row.amount), "", "")


def _ing(sheet: Sheet) -> Iterator[str]:
    rows = sheet.listed()
    yield f"Umsatzanzeige;Datei erstellt am: {sheet.last:%d.%m.%Y} 08:00"
    yield ""
    yield f"IBAN;{sheet.account.number}"
    yield f"Kunde;{sheet.account.holder}"
    yield f"Zeitraum;{sheet.first:%d.%m.%Y} - {sheet.last:%d.%m.%Y}"
    yield f"Saldo;{german(closing(sheet, rows))};EUR"
    yield ""
    yield "In der CSV-Datei finden Sie alle bereits gebuchten Umsätze."
    yield ""
    header = "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck"
    yield f"{header};Saldo;Währung;Betrag;Währung"
    for row in reversed(rows):
        day = f"{row.date:%d.%m.%Y}"
        kind = "Lastschrift" if row.channel == "debit" else "Überweisung" if row.amount < 0 else "Gutschrift"
        cells = [day, day, row.counterparty, kind, row.description, german(row.balance), "EUR", german(row.amount)]
        yield joined([*cells, "EUR"], ";")


def _amex_de(sheet: Sheet) -> Iterator[str]:
    yield "Datum,Beschreibung,Karteninhaber,Konto #,Betrag"
    for row in reversed(sheet.listed()):
        cells = [f"{row.date:%d/%m/%Y}", row.description, sheet.account.holder, f"-{sheet.account.last4}"]
        yield f'{joined(cells)},"{german(-row.amount)}"'


def _plain(sheet: Sheet) -> Iterator[str]:
    yield "Date,Description,Amount,Balance"
    for row in sheet.rows:
        text = f"{row.counterparty} {row.description}".strip() if row.counterparty else row.description
        yield joined([row.date.isoformat(), text, plain(row.amount), plain(row.balance)])


LAYOUTS = (
    Layout(name="barclays", lines=_barclays, reverse=True),
    Layout(name="hsbc_uk", lines=_hsbc_uk, reverse=True),
    Layout(name="lloyds", lines=_lloyds, reverse=True),
    Layout(name="monzo", lines=_monzo),
    Layout(name="amex_uk", lines=_amex_uk, reverse=True, inverted=True),
    Layout(name="revolut", lines=_revolut),
    Layout(name="n26", lines=_n26),
    Layout(name="dkb", lines=_dkb, encoding="utf-8-sig", reverse=True),
    Layout(name="ing", lines=_ing, encoding="cp1252", reverse=True),
    Layout(name="amex_de", lines=_amex_de, reverse=True, inverted=True),
    Layout(name="plain", lines=_plain),
)
