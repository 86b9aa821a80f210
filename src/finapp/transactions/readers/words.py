"""The words of headings in the languages of banks, and the part each heading plays in a table."""

import re
from functools import lru_cache
from typing import Literal

from finapp.kernel.currencies import EXPONENTS

Role = Literal[
    "transaction_date", "date", "value_date", "time", "debit", "credit", "amount", "flag", "balance", "fee",
    "currency", "original_amount", "original_currency", "rate", "status", "bank_id", "mcc", "category", "account",
    "payee", "payer", "text", "note", "kind", "tags", "other",
]  # fmt: skip

_LETTERS = str.maketrans(
    {
        **dict(
            zip(
                "äàáâãåāéèêëęíìîïóòôöõőøúùûüűçćčñńňśšșźżžłýďťţțřğıęąě",
                "aaaaaaaeeeeeiiiiooooooouuuuucccnnnssszzzlydtttrgieae",
                strict=True,
            )
        ),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "&": " and ",
        "#": " no ",
        "№": " no ",
    }
)
_MONEY_WORDS = {code.lower() for code in EXPONENTS} | set("rs inr euro euros eur rupees franken".split())
_MONEY_WORDS -= {"all", "top", "try", "mop"}

_AFTER_IN = [[word] for word in _MONEY_WORDS]

# The first pattern that matches the whole heading decides, so the particular stands before the general.
_ROLES: tuple[tuple[Role, str], ...] = (
    (
        "flag",
        r"((transaction|txn|amount|tran|amt|billing)? ?(dr|debit|db|d) ?(or|and|slash)? ?(cr|credit|c)|(cr|credit) ?(or|and)? ?(dr|debit)|d c|c d)"
        r"( indicator| flag| type| mark| sign| code)?|(debit|credit|crdr|drcr|cd) (indicator|flag|mark|code)|billing ?amount ?sign|"
        r"(amount|transaction|trans) sign|sign|af bij|bij af|credit ?debet|debet ?credit|debit ?kredit|soll haben|soll haben kennzeichen|s h|"
        r"(indicator )?(debit|debet) (credit|kredit)|drcr|crdr|dr cr|cr dr|deb cred|debit ou credit|sens|debito credito|in out|direction|"
        r"income expense|expense income|kierunek|smer|d k|d c kennung|kennzeichen|mark",
    ),
    (
        "original_amount",
        r".*\b(foreign|original|orig|oorspr\w*|oorspronkelijk\w*|intl|fremdw\w*|originalbetrag|ursprungsbetrag|ursprungl\w*|origine|origen|originale|"
        r"spend|local|purchase|source|paid|instructed|betaald)\b( \w+)? ?(amount|amt|spend|spent|betrag|bedrag|montant|importe|importo|value|belop|amnt)\b.*"
        r"|(amount|amt|betrag|bedrag|montant|importe|importo) ?(in|en|foreign|local|original|fremd)? (foreign|local|original|fremdwahrung|fremdwaehrung|divisa|devise|origine|valuta estera)( currency)?"
        r"|foreign spend amount|fx amount|lastschrift ursprungsbetrag|(transaktions|umsatz)?betrag in fremdwahrung|belop i utlandsk valuta|utlandskt belopp",
    ),
    (
        "original_currency",
        r"(type )?(foreign|original|orig|local|oorspr\w*|source|purchase|spend|merchant|fremd\w*) (currency|munt|valuta|wahrung|waehrung|cur|devise|divisa|ccy)( code| type)?"
        r"|(currency|munt) (original|foreign)|fremdwahrung|wahrung ursprungsbetrag|type foreign currency",
    ),
    ("rate", r".*\b(exchange|fx|wechsel|conversion|forex)\b.*\brate\b.*|exchange rate|rate|koers|kurs|umrechnungskurs|wechselkurs|devisenkurs|taux( de change)?|cambio|tipo de cambio|fx rate"),
    (
        "balance",
        r"(?!.*\b(brought|transfer)\b)(.*\b(balance|bal|saldo|solde|kontostand|sald|saldoen|bilanz|zustatek|egyenleg|bakiye|disponible|disponivel|disponibile|sald\w* po|saldo na|guthaben|shesh|baki)\b.*"
        r"|accountbalance|saldo\w*|running total|bokfort saldo|.*zustatek.*|.*egyenleg.*|remaining|balance\w*|behallning)",
    ),
    (
        "value_date",
        r"(value|val|valuta|valeur|valor|interest|rente|effective|settlement|clearing|cleared|wert)( dat\w*| dt| day| stellung)|valuta|wert|valutadatum|date val|(date|dat|datum|data|fecha|dato) (de |di |da |del? )?(valeur|val|valor|valuta|waluty|value)"
        r"|f valor|valuta ?datum|wertstellung( valuta)?|wertstellungs?(tag|datum)|rentedat\w*|ranteda\w*|valuteringsda\w*|valutada\w*|data valuta|data valor|fecha valor|value dat|value dated|arvopaiva|d valeur|dateval|rentedatum|statement date|due date|import date",
    ),
    (
        "transaction_date",
        r"(transaction|trans|tran|txn|trx|tx|transaktions?|transactie|purchase|operation|spend|activity|charge|order|event|expense) ?(date|dt|datum|dato|day)( and time| time| utc| cet| local)?"
        r"|date ?(of )?(transaction|trans|tran|txn|purchase|op|operation|time of transaction)|date (de l |de |d |da )?(operation|op|operacao|achat|transaction)"
        r"|(fecha|data) (de |di |da |de la |dell )?(operac\w*|operaz\w*|operat\w*|transac\w*|transakcji|movimiento|compra|movimento|mov|zlecenia)|f operacion|datum (transactie|transakce|provedeni|der transaktion)|uitvoeringsdatum|transactiedatum|"
        r"transaktionsdatum|belegdatum|belegtag|kaufdatum|umsatzdatum|umsatz getatigt von|abschlussdatum|kjopsdato|inkopsdatum|kobsdato|txn posted date|timestamp|datetime|date time|tarikh|dinank|dinank tarikh|dat? ?op",
    ),
    (
        "date",
        r"(booking|book|booked|posting|post|posted|completed|processed|process|processing|entry|statement entry|accounting|ledger|created|recorded|bokforings?|bokforte?|boek\w*|buchungs?) ?(date|dt|datum|dato|day|on|dag|tag)?( utc| time| and time)?"
        r"|date( utc| posted| booked| processed| completed| eu| cet| local| gmt| yyyy mm dd| dd mm yyyy| mm dd yyyy| started)?|dates|datum|dato|fecha|data|dat|pvm|paivamaara|kirjauspaiva\w*|maksupaiva|buchung|buchungs(tag|datum)|datum buchung|boekdatum|boekingsdatum|"
        r"bokforings(dag|datum|dato)|bokfort( dato)?|bogforingsdato|bogfort|reskontradatum|date (de )?comptabilisation|date (de )?comptable|date comptable|fecha (contable|de contabilizacion)|data (contabile|di registrazione|registrazione|ksiegowania|lancamento|do lancamento)|"
        r"datum (boeking|zauctovani|splatnosti)|konyvelesi? ?(datum|nap)\w*|konyveles datuma|tranzakcio datuma|datum|tarih|islem tarihi|day|started date|date started|initiated|datum mutatie|d operation|when|konyvelt|dtposted|date no",
    ),
    ("time", r"time|zeit|uhrzeit|tijd|heure|hora|ora|time of day|kl|txn time|transaction time|abschlusszeit"),
    (
        "fee",
        r"(transaction |total |conversion |exchange |service |processing |bank |atm |foreign )?(fee|fees|charges|commission|gebuhr\w*|gebuehr\w*|kosten|frais|commissione|comision|avgift|gebyr|fremde gebuhren|fremde gebuehren)( amount| s)?( charged)?",
    ),
    (
        "category",
        r"(transaction |spending |merchant |expense |budget |registered |parent |main |sub |haupt|unter)?(category|categories|kategori\w*|categorie|categoria|catgory|cat|rubriek)( name| group| group category| parent)?|category group category|categoria|kategorie|subcategory|bucket|haupt ?kategorie|unter ?kategorie",
    ),
    (
        "debit",
        r"(?!.*\b(account|konto|card|card no|iban|interest|indicator|direct|type|count|no|name)\b)("
        r".*\b(debit|debits|debited|dr|withdrawal|withdrawals|withdrawl|withdraw|withdrawn|debet|belastung|belastungen|lastschrift|soll|ausgang|ausgaben|ausgabe|addebit\w*|uscit\w*|dare|cargo|cargos|debito|debitos|debe|egreso|egresos|saida|saidas|gastos?|"
        r"outflow|outgoing|outgoings|spent|paid out|money out|payments? out|amount out|depenses?|retrait|nikasi|udhaar|udtraek|uttag|belastet|terheles|obciazenia?|obciazenie|wydatki|pagos|expense|expenses|payments|charge|charges|borc|odepsano|vydaje)\b.*)|out|af|ut|ud|uit|naam|ut fra konto|ut av konto|amount debited from account|outflow.*",
    ),
    (
        "credit",
        r"(?!.*\b(account|konto|card|card no|iban|interest|indicator|type|count|no|name|limit)\b)("
        r".*\b(credit|credits|credited|cr|deposit|deposits|deposited|gutschrift|gutschriften|haben|eingang|einnahmen|einnahme|accredit\w*|entrat\w*|avere|abono|abonos|credito|creditos|haber|ingreso|ingresos|entrada|entradas|"
        r"inflow|incoming|received|paid in|money in|payments? in|amount in|recettes?|depot|jama|aavak|indsat|insattning|insattningar|kredit|jovairas|uznania?|uznanie|wplywy|lodgements?|receipts?|alacak|pripsano|prijmy|income)\b.*)|in|bij|inn|ind|inn pa konto|inn til konto|inflow.*",
    ),
    (
        "amount",
        r"(?!.*\b(account|points|reward)\b)(.*\b(amount|amt|betrag|bedrag|montant|importe|importo|valor|value|belop|belopp|belob|umsatz|kwota|castka|objem|osszeg|suma|summe|sum|maara|summa|tutar|monto|cantidad|quantia|movimiento|"
        r"gross|net|rakam|rashi|price|cost|total|transaksjon|amount num|cad|usd|inr|total amount|spending|money|netto|bewegung|amount\w*)\b.*|betrag\w*|montant\w*|amount\w*|umsatz)",
    ),
    ("status", r"(transaction |txn |payment |booking )?(status|state|stato|statut|estado|stav|allapot|cleared|reconciled|booking state|info|afstemt|pending|buchungsstatus|umsatzstatus|status for view)"),
    (
        "currency",
        r"(account |transaction |txn |billing |payment |settlement |source |target )?(currency|ccy|curr|cur|wahrung|waehrung|munt|muntsoort|valuta|devise|divisa|moneda|moeda|waluta|mena|penznem|valutakode|valutacode|whg|kontowahrung|commodity|valuuta|doviz|para birimi)"
        r"( code| symbol| type| iso| rekening| operacji| rachunku)?|commodity currency|currency commodity|waluta rachunku",
    ),
    ("mcc", r"mcc|merchant category code|mcc code|mcc sic|sic( code)?"),
    ("tags", r"tags?|labels|hashtags?"),
    (
        "payee",
        r"(payee|merchant|counterparty|counter party|beneficiary|vendor|partner|recipient|receiver|to|store|shop|supplier|payee name|bank payee|destination|biller|tiers|empfanger|empfaenger|zahlungsempfanger|beguenstigter|begunstigter|auftraggeber|tegenpartij|naam|name|nombre|nome|mottaker|mottagare|modtager|saaja|odbiorca|nazwa odbiorcy|prijemce|tercero|title|supplier found)"
        r"( name| s name| naam| description| account name| holder name| account holder)?|.*\b(counterparty name|merchant name|clean description|partner name|payee name|beneficiary name|name zahlungsbeteiligter|counter party name|target name|destination name|name of counterparty|recipient name|naam tegenpartij|naam van de tegenpartij|tegenrekeninghouder|name counterparty|other party name|opposing account name)\b.*"
        r"|.*(auftraggeber|beguenstigter|begunstigter|zahlungsempfanger|zahlungsbeteiligter|empfanger|zahlungsempfaenger|nadawca odbiorca|nadawca|odbiorca|saaja maksaja|mottagare avsandare|beneficiario)( .*)?|transaction party|name description|naam omschrijving|where|merchant\w*|paid to|merchant city|nazev protistrany|nazev protiuctu|ellenoldali nev|partner neve|supplier",
    ),
    (
        "payer",
        r"(payer|sender|source|from|ordering party|debtor|remitter|avsender|avsandare|afsender|nazwa nadawcy|nadawca|maksaja|zahlungspflichtiger?|zahlungspflichtige r?|betalere?|ordonnateur|ordenante|mittente|source name|sender name|naam betaler)( name| s name)?",
    ),
    (
        "bank_id",
        r"(transaction|txn|tran|trans|bank|entry|trx|tx|unique|activity|payment|statement|import|external|internal|journal) ?(id|identifier|reference id|guid|uuid|key)|id|uuid|guid|fitid|fit id|transaction id|transaktionsid|transactiereferentie|unique id|identificador|"
        r"transaktions ?nr|transaction no|transaction number|entry reference|(zkb )?referenz ?nummer|volgnr|volgnummer|archiveringscode|arkistointitunnus|bewegungs ?id|buchungs ?id|umsatz ?id|tran id|txn no|transaction ref(erence)?( no| number| id)?|movement id|transaction hash|journal id|nr transakcji|id transakce|id pohybu|identifikace transakce|transaction uuid",
    ),
    (
        "account",
        r"(account|account no|account number|account name|account id|bank account|card|card no|card number|card member|cardholder|cardholder name|card last 4 digits|last 4 digits|iban|own account|kontonummer|konto|auftragskonto|kontoname|rekening|rekeningnummer|iban bban|cuenta|conto|compte|account num|account label|numero de compte|product|wallet|card name|konto(nummer)? iban|accountname|rachunek|cislo uctu|szamlaszam|kortnummer|kort|carta|tarjeta|card description|from account|source account|pot name|iban auftragskonto|iban kontoinhaber|accountnum|account type|product name|card type|sort code|member name|user|person|spender|primary addon customer name|bezeichnung auftragskonto)",
    ),
    ("kind", r"(transaction |txn |tran |trans |payment |booking |entry |posting |trx )?(type|types|kind|mode|channel|method|code|art|typ|tipo|soort|buchungsart|umsatzart|transaktionsart|bewegungstyp|vorgang|mutatiesoort|typ transakcji|type verrichting|transaction code|transaktionstyp|transactietype|betaalwijze|type betaling|typ operacji|type de transaction|tipo de movimiento|transactions? details? type|details type)( code| detail| description)?|umsatztyp|posting text|typ pohybu|forgalom tipusa|tranzakcio tipusa"),
    (
        "text",
        r"(transaction |txn |tran |trans |payment |bank |original |full |extended |long |short |entry |statement |booking |trx )?(description|descriptions|desc|descr|narration|narrations|narrative|narratives|particulars|particular|details|detail|remarks|remark|memo|memos|text|info|information|explanation|explanations|purpose|label|comments?|subject|item|what|nature|transaction|transactions|statement|message|about|line description|vorgang verwendungszweck)"
        r"( \d+| line \d+| text| details?)?|narration chq details|appears on your statement as|buchungstext|verwendungszweck|verwendungs ?zweck\w*|zahlungszweck|zahlungsgrund|beschreibung\d*|avisierungstext|omschrijving( \d+)?|mededeling(en)?|libelle( operation| simplifie)?|libelle\w*|intitule|nature de l operation|detail de l ecriture|description\d*|"
        r"concepto( ampliado)?|descripcion|descripcion ampliada|detalle|descricao|historico|lancamento|descrizione( \w+)?|causale|forklaring|tekst|text|beskrivelse|beskrivning|meddelelse|meddelande|rubrik|opis( operacji| transakcji)?|tytul(em)?|szczegoly( transakcji)?|popis( transakce)?|zprava|kozlemeny|leiras|viesti|selite|selitys|aciklama|vivaran|naam omschrijving|transactie ?omschrijving|transaction text|detaljer|notifications|narration \w*|movimiento concepto|descripcion del movimiento|title|dettagli|reference text|specifikation|informacje|payment details|tytul operacji",
    ),
    (
        "note",
        r"notes?|notes and tags|no tags|notes and no tags|note s|observaciones|bemerkung(en)?|kommentar(er)?|comment(s)?|opmerking(en)?|anmerkung|poznamka|payment reference|reference|references|referentie|referencia|reference number|remittance information|user note|message to self|betalingskenmerk|additional info(rmation)?|further information|zusatzinfo",
    ),
)  # fmt: skip
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_NEVER = re.compile(
    r".*\b(chq|cheque|check|no|nr|number|numero|sl|branch|sol|zip|postcode|address|emoji|receipt|bic|swift|ifsc|url|city|country|split|points?|serial|glaubiger|glaeubiger|mandat\w*|sammler\w*|machtiging\w*|incassant|batch|blz|tegenrekening( iban bban)?|card present)\b.*"
    r"|s n|slno|sno|chqno|row|index|.*iban|.*(account|konto)( number| no| num| nummer)|kategorie steuer|steuerrelevant|code|value ?\d+|x|y|z|unnamed.*"
)
_ID_WORDS = re.compile(
    r".*\b(transaction|txn|tran|trx|entry|volg)\b ?\b(id|no|nr|number|ref\w*)\b.*|volgnr|volgnummer|transaktions nr|zkb referenz|referenznummer"
)
_ACCOUNT_WORDS = re.compile(
    r"(account|card|bank account|konto|own account|auftragskonto|iban|iban bban)( no| number| nummer| num)?|accountnum|kontonummer( iban)?|rekeningnummer|iban auftragskonto|iban kontoinhaber"
)


def _in_currency(words: list[str], at: int) -> bool:
    """The `in` of `Amount (in Rs)`, but not that of `Paid in (EUR)`."""
    after, before = words[at + 1 : at + 2], words[at - 1 : at] if at else []
    return words[at] == "in" and after in _AFTER_IN and before not in (["paid"], ["money"], ["payments"], ["cash"])


@lru_cache(maxsize=4096)
def normalized(heading: str) -> str:
    """A heading in lower case without accents, punctuation, currencies and camel case."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip().lstrip("\ufeff# "))
    text = text.lower().translate(_LETTERS)
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    words = [word for at, word in enumerate(words) if not _in_currency(words, at)]
    kept = [word for word in words if word not in _MONEY_WORDS]
    return " ".join(kept or words)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """The part a heading plays: a role, `other` for a known heading that is not used, None when it is unknown."""
    if not heading.strip() or len(heading) > 80:
        return None
    text = normalized(heading)
    if not text or len(text.split()) > 9:
        return None
    if _ID_WORDS.fullmatch(text):
        return "bank_id"
    if _ACCOUNT_WORDS.fullmatch(text):
        return "account"
    if _NEVER.fullmatch(text) and not re.search(r"\b(amount|amt|debit|credit|date|description|balance)\b", text):
        return "other"
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(text)), None)


def currency_of(heading: str) -> str | None:
    """The ISO code a heading names: `Amount (EUR)`, `Withdrawal Amount (INR )`, `CAD$`, `Balance (£)`."""
    codes = [word for word in re.findall(r"[A-Z]{3}", heading) if word in EXPONENTS]
    if codes:
        return codes[0]
    signs = {"₹": "INR", "£": "GBP", "€": "EUR", "Rs": "INR", "EURO": "EUR", "euros": "EUR"}
    return next((code for sign, code in signs.items() if sign in heading), None)
