"""Words that tell money in from money out: debit and credit marks, kinds of entries, and wording of descriptions."""

import re
from functools import lru_cache
from typing import Literal

from finapp.transactions.readers.words import normalized

Side = Literal["debit", "credit"]

_DEBIT_MARKS = set(
    "dr d debit debits db dbit debet af soll s withdrawal withdrawals withdraw wdl out outflow outgoing expense expenses "
    "spend spending paid sent purchase sale belastung lastschrift ausgabe ausgang uit ut ud dare cargo gasto gastos egreso "
    "saida debito debite sortie depense uscita addebito obciazenie wydatek money out paid out payment out charge fee debited "
    "nikasi naam tasku minus transfer out moneyout".split()
) | {
    "money out",
    "paid out",
    "payment out",
    "transfer out",
    "ach debit",
    "debit card",
    "pos debit",
    "out going",
    "dr amount",
}
_CREDIT_MARKS = set(
    "cr c credit credits crdt kredit bij haben h deposit deposits in inflow incoming income received refund return "
    "gutschrift einnahme eingang inn ind avere abono ingreso ingresos entrada credito entree recette entrata accredito "
    "uznanie wplyw k credited jama plus moneyin".split()
) | {"money in", "paid in", "payment in", "transfer in", "payment received", "ach credit", "direct deposit", "interest"}

_IN = re.compile(
    r"\b(salary|payroll|sal cr|paycheck|wages|payment (recei\w+|thank|- ?thank)|thank you|thankyou|autopay payment|online payment|mobile payment|"
    r"payment received|refund\w*|reversal|reversed|cash ?back|rebate|interest (paid|credit\w*|earned|received)|int\.? ?pd|int cr|deposit|dividend|"
    r"gehalt|lohn|rente|gutschrift|erstattung|salaris|loon|virement recu|virement de|remboursement|nomina|stipendio|accredito|direct dep|"
    r"neft cr|imps cr|rtgs cr|upi cr|by transfer|credit adjustment|received from|income|pension|stipend|bonus|credit interest|zahlung erhalten|"
    r"merci|betaling ontvangen|payments? and credits?|reimbursement)\b"
)
_OUT = re.compile(
    r"\b(purchase|pos|withdrawal|wdl|atm|cash withdrawal|debit card|fee|fees|charges?|rent|groceries|grocery|supermarket|restaurants?|dining|fuel|petrol|"
    r"gas|uber|ola|lyft|amazon|amzn|swiggy|zomato|blinkit|netflix|spotify|apple com bill|insurance|electric\w*|utilit\w+|emi|sip|lastschrift|"
    r"kartenzahlung|einkauf|miete|prelevement|paiement|carte|achat|pago|compra|bezahlung|sale|starbucks|walmart|target|costco|tesco|sainsbury s|aldi|lidl|rewe|"
    r"edeka|albert heijn|mcdonalds?|shopping|merchandise|entertainment|subscription|food|drink|coffee|cafe|pizza|taxi|airlines?|hotel|pharmacy|dmart|bigbasket|"
    r"flipkart|myntra|irctc|airtel|jio|recharge|bill payment|billpay|neft dr|imps dr|upi dr|to transfer|travel|gym|medical|clothing|home improvement|auto pay bill|"
    r"woolworths|coles|kroger|shell|chevron|exxon|cvs|walgreens|trader joe s|whole foods|doordash|grubhub|home depot|best buy)\b"
)


@lru_cache(maxsize=8192)
def side_of(mark: str) -> Side | None:
    """Debit or credit, when a cell is a word for one of them."""
    text = mark.strip()
    if text in ("-", "−"):
        return "debit"
    if text == "+":
        return "credit"
    text = normalized(text) if text else ""
    if text in _DEBIT_MARKS:
        return "debit"
    return "credit" if text in _CREDIT_MARKS else None


def wording(text: str) -> Side | None:
    """Which way money went by the wording of a description or category, or None when it does not tell."""
    text = normalized(text.replace("*", " "))
    incoming = _IN.search(text)
    if incoming:
        return "credit"
    return "debit" if _OUT.search(text) else None


_INCOME = re.compile(
    r"(?i)\W*((other|my|misc\w*|total|regular) )?(income|salary|salaries|wages?|paychecks?|payroll|earnings?|bonus|dividends?|interest income|"
    r"interest|rental income|refunds?|revenue|inflow.*|gehalt|einkommen|lohn|salaire|revenus?|nomina|ingresos?|stipendio|entrate|loon|inkomsten)( income)?\W*"
)


@lru_cache(maxsize=2048)
def is_income(category: str) -> bool:
    """Whether a category is a word for money earned."""
    return _INCOME.fullmatch(category) is not None


PENDING = re.compile(
    r"(?i).*\b(pending|vorgemerkt|authori[sz]ed|authori[sz]ation|hold|in process\w*|processing|awaiting|unposted|ausstehend|offen|"
    r"in behandeling|en attente|pendiente|reserved|reserviert|scheduled|uncleared hold|in sospeso|unsettled|on hold)\b.*"
)
UNDONE = re.compile(
    r"(?i).*\b(reverted|declined|failed|cancel\w*|rejected|void\w*|denied|error|expired|storniert|abgelehnt|geweigerd|refused|refuse|"
    r"rechazad\w|annul\w*|unsuccessful|returned unpaid|abgebrochen|removed|blocked|failure)\b.*"
)
TOTAL = re.compile(
    r"(?i)\W*((grand|sub|page|statement|running)?[ -]?totals?\b.*|total(en)?|summe|gesamt\w*|totaal|totale|somme|closing bal.*|opening bal.*|balance (b/?f|c/?f|brought|carried|forward).*|"
    r"brought forward.*|carried forward.*|b/f|c/f|beginning balance.*|ending balance.*|starting balance.*|start balance.*|previous balance|new balance|statement balance.*|"
    r"(alter|neuer|anfangs|end|letzter|aktueller)[ -]?(konto(stand|saldo)|saldo|stand).*|kontostand.*|saldo (inicial|final|anterior|iniziale|finale|vorige|nieuwe|dnia|do dia|poczatkowe|koncowe).*|"
    r"(begin|eind)saldo.*|(ancien|nouveau|solde) ?(solde|initial|final|precedent|au|en).*|anfangssaldo.*|schlusssaldo.*|tagessaldo.*|transaction total.*|opening|closing|saldo|balance|ab opening|b/fwd|c/fwd|ubertrag|übertrag|uebertrag|saldovortrag|solde reporte|a nouveau|"
    r"total (debits?|credits?|withdrawals?|deposits?|dr|cr).*)\W*"
)
OPENING = re.compile(
    r"(?i).*\b(opening|beginning|starting|start|previous|brought|b/?f|forward|alter|anfangs\w*|begin\w*|inicial|iniziale|initial|ancien|anterior|vorige|poczatkowe)\b.*"
)
