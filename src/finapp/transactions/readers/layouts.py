"""Known exports by the words of their headings: a name to show, and the conventions of their country."""

from typing import NamedTuple

from finapp.transactions.readers.words import normalized


class Layout(NamedTuple):
    """A known export. `inverted`: spending is printed as positive. `card`: it is of a credit card."""

    name: str
    institution: str | None
    country: str | None
    headings: tuple[str, ...]
    """Normalised headings that must all be there."""
    inverted: bool = False
    card: bool = False


_LISTED: tuple[tuple[str, str | None, str | None, str, str], ...] = (
    ("HDFC Bank account", "HDFC Bank", "IN", "narration|withdrawal amt|deposit amt|closing balance", ""),
    ("HDFC Bank account (delimited)", "HDFC Bank", "IN", "narration|value dat|debit amount|credit amount|closing balance", ""),
    ("HDFC Bank credit card", "HDFC Bank", "IN", "transaction type|primary addon customer name|amt", "card"),
    ("ICICI Bank account", "ICICI Bank", "IN", "transaction remarks|withdrawal amount|deposit amount|balance", ""),
    ("ICICI Bank credit card", "ICICI Bank", "IN", "transaction details|billing amount sign", "card"),
    ("State Bank of India account", "State Bank of India", "IN", "txn date|ref no cheque no|debit|credit|balance", ""),
    ("Axis Bank account", "Axis Bank", "IN", "tran date|chqno|particulars|dr|cr|bal", ""),
    ("Kotak Mahindra Bank account", "Kotak Mahindra Bank", "IN", "chq ref no|amount|dr cr|balance", ""),
    ("YES Bank account", "YES Bank", "IN", "withdrawals|deposits|running balance", ""),
    ("Canara Bank account", "Canara Bank", "IN", "txn date|cheque no|branch code|debit|credit|balance", ""),
    ("Chase account", "Chase", "US", "details|posting date|check or slip no", ""),
    ("Chase credit card", "Chase", "US", "transaction date|post date|category|type|amount|memo", "card"),
    ("Bank of America account", "Bank of America", "US", "date|description|amount|running bal", ""),
    ("Bank of America credit card", "Bank of America", "US", "posted date|reference number|payee|address|amount", "card"),
    ("Capital One credit card", "Capital One", "US", "transaction date|posted date|card no|debit|credit", "card"),
    ("Capital One account", "Capital One", "US", "transaction description|transaction type|transaction amount", ""),
    ("Citi credit card", "Citi", "US", "status|date|description|debit|credit|member name", "card"),
    ("Discover credit card", "Discover", "US", "trans date|post date|description|amount|category", "card inverted"),
    ("Apple Card", "Apple Card", "US", "transaction date|clearing date|merchant|purchased by", "card inverted"),
    ("American Express", "American Express", None, "date|description|amount|extended details|appears on your statement as", "card inverted"),
    ("American Express", "American Express", None, "date|description|card member|account no|amount", "card inverted"),
    ("Barclays account", "Barclays", "GB", "number|date|account|amount|subcategory|memo", ""),
    ("Lloyds Banking Group account", "Lloyds", "GB", "sort code|account number|transaction description|debit amount|credit amount", ""),
    ("NatWest account", "NatWest", "GB", "date|type|description|value|balance|account name|account number", ""),
    ("Monzo", "Monzo", "GB", "emoji|local amount|local currency|name", ""),
    ("Starling", "Starling", "GB", "counter party|reference|type|spending category", ""),
    ("Revolut", "Revolut", None, "type|product|started date|completed date|fee|state", ""),
    ("Wise", "Wise", None, "transferwise id|payment reference|running balance", ""),
    ("N26", "N26", "DE", "booking date|partner name|payment reference|account name", ""),
    ("N26", "N26", "DE", "payee|transaction type|payment reference|amount", ""),
    ("DKB account", "DKB", "DE", "buchungsdatum|zahlungsempfanger in|umsatztyp", ""),
    ("DKB account (before 2023)", "DKB", "DE", "buchungstag|auftraggeber begunstigter|verwendungszweck|blz", ""),
    ("DKB credit card", "DKB", "DE", "umsatz abgerechnet und nicht im saldo enthalten|belegdatum", "card"),
    ("ING Germany account", "ING", "DE", "buchung|auftraggeber empfanger|buchungstext|verwendungszweck", ""),
    ("ING Netherlands account", "ING", "NL", "naam omschrijving|af bij|tegenrekening", ""),
    ("ING Netherlands account", "ING", "NL", "name description|debit credit|counterparty|notifications", ""),
    ("Rabobank account", "Rabobank", "NL", "iban bban|volgnr|rentedatum|saldo na trn", ""),
    ("Sparkasse account", "Sparkasse", "DE", "auftragskonto|buchungstag|beguenstigter zahlungspflichtiger", ""),
    ("Westpac account", "Westpac", "AU", "bank account|narrative|debit amount|credit amount|serial", ""),
    ("NAB account", "NAB", "AU", "transaction type|transaction details|category|merchant name", ""),
    ("Commonwealth Bank account", "Commonwealth Bank", "AU", "commonwealth bank only by content", ""),
    ("RBC account", "RBC", "CA", "account type|cheque number|description 1|description 2", ""),
    ("PayPal", "PayPal", None, "gross|fee|net|transaction id", ""),
    ("Mint", None, "US", "original description|transaction type|account name|labels", ""),
    ("YNAB register", None, None, "account|payee|outflow|inflow|cleared", ""),
    ("YNAB register", None, None, "account|flag|payee|outflow|inflow", ""),
    ("Actual", None, None, "account|payee|notes|category|amount|cleared", ""),
    ("Monarch", None, "US", "merchant|original statement|notes|tags", ""),
    ("Sure or Maybe", None, None, "date|account name|amount|name|category|tags|notes|currency", "inverted"),
    ("Firefly III", None, None, "journal id|source name|destination name", ""),
)  # fmt: skip
LAYOUTS = tuple(
    Layout(name, institution, country, tuple(words.split("|")), "inverted" in marks, "card" in marks)
    for name, institution, country, words, marks in _LISTED
)


def layout_of(headings: tuple[str, ...]) -> Layout | None:
    """The known export these headings belong to; the one with most headings when several fit."""
    found = {normalized(heading) for heading in headings if heading}
    fitting = [layout for layout in LAYOUTS if all(words in found for words in layout.headings)]
    return max(fitting, key=lambda layout: len(layout.headings), default=None)
