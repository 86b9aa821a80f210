# ruff: noqa: E501  # a pattern is read and compared on one line
"""What banks print before the payee, country by country: one pattern, the channel it means, and the direction.

Each pattern is tried only for texts that begin with one of its first words, so that a line costs two or three matches.
A named group `last4` keeps the digits of a card or account.
"""

import re
from typing import Final, NamedTuple

from finapp.kernel.patterns import late
from finapp.transactions.domain.descriptor.values import Channel, Direction


class Prefix(NamedTuple):
    """One way a narration begins."""

    pattern: re.Pattern[str]
    channel: Channel
    direction: Direction = ""
    names_card: bool = False
    """Whether the pattern keeps the last digits of a card or account."""


_DATE = r"(?:\d{1,2}[/.-]?(?:\d{1,2}|[A-Z]{3})[/.-]?(?:\d{2,4})?\s+)?"
_CARD = r"(?:(?:CARD|CRD)?\s*(?:NO\.?\s*)?(?:[X*\d]*[X*]+|\d{6,12}[X*]+|\d{12})?[ -]?(?P<last4>\d{4})\b\s*)?"

# first words | pattern | channel | direction
_TABLE: Final[tuple[tuple[str, str, Channel, Direction], ...]] = (
    # Bills of credit cards
    ("IB", r"IB BILLPAY DR-[A-Z0-9]+-(?=\d{6}X+(?P<last4>\d{4})\b)", "card_bill", "out"),
    ("MB IB NB MB-CC IB-CC NB-CC", r"(?:MB|IB|NB)[- ]CC[- ](?=P(?:YMT|MT|AYMENT)\b)", "card_bill", "out"),
    ("PAYMENT ONLINE", r"(?:ONLINE (?:BANKING )?)?PAYMENT TO (?=(?:[A-Z]+ ){0,3}(?:CREDIT CARD|CARD ENDING|CRD \d{4}))", "card_bill", "out"),
    # The Emirates
    ("POS POS-PURCHASE PUR", r"(?:POS-PURCHASE|PUR)[ :/-]+" + _CARD + r"(?:AED\s*[\d.,]+\s*)?", "card", "out"),
    # India
    ("SENT", r"SENT (?:IMPS|NEFT|UPI|RTGS)[ :/-]+(?:\d+\s+)?", "instant_transfer", "out"),
    ("RECD RECEIVED", r"(?:RECD|RECEIVED)[ :]*(?:IMPS|NEFT|UPI|RTGS)[ :/-]+(?:\d+[ /]+)?", "instant_transfer", "in"),
    ("POS VPS IPS VIN PCD MPS ECOM VISA MASTERCARD RUPAY DC PURCHASE",
     r"(?:POS|VPS|IPS|VIN|PCD|MPS|ECOM|DC)(?:/|\s+(?:\d{6}[X*]{4,}(?P<last4>\d{4})|[X*\d]{12,})\s+|\s+PRCH\s+)", "card", ""),
    ("BY", r"BY DEBIT CARD-(?:OTH|SBI)(?:PG|POS) ?(?:\d{12} ?)?(?=[A-Z])", "card", ""),
    ("ME", r"ME DC SI\s+\S+\s+", "card", "out"),
    ("ATW NWD EAW NFS ATL AWB", r"(?:ATW|NWD|EAW|NFS|ATL|AWB)\b[-/ ]*", "cash", "out"),
    ("ATM", r"ATM(?:[ -]*(?:CASH|WDL|WD|WITHDRAWAL|CWD|W/D|DEBIT))*\b[-/ :]*", "cash", ""),
    ("CASH", r"CASH (?:WDL|WITHDRAWAL|WITHDRAW|WD|ADVANCE|DEP(?:OSIT)?|MACHINE)\b[-/ ]*", "cash", ""),
    ("EMI", r"EMI\b[-/ ]*", "instalment", "out"),
    ("CHECK", r"CHECK CRD (?:PURCHASE|PUR RTRN) \d\d/\d\d ", "card", ""),
    ("CHQ CHEQUE CHECK CLG", r"(?:CHQ|CHEQUE|CHECK|CLG)\b(?: (?:PAID|DEP|DEPOSIT|CLEARING|NO\.?|#)\b)*[-/# ]*\d*\s*", "cheque", ""),
    ("TPT FT FN FUND FUNDS IFT", r"(?:TPT|FT|FN|IFT|FUNDS? (?:TRANSFER|TRF|TRANS))\b[-/ ]*(?:(?:CR|DR|TO|FROM)\b[-/ ]*)?", "bank_transfer", ""),
    ("SI", r"SI[-/ ]+", "standing_order", ""),
    # United States and Canada
    ("POS OVERSEAS", r"(?:OVERSEAS|POS) PURCHASE(?: ?\([^)]*\))+[ :-]*", "card", "out"),
    ("ONLINE", r"ONLINE PURCHASE: ?", "card", "out"),
    ("EFT NAEDO DEBIT", r"(?:EFT |NAEDO )?DEBIT ORDER(?: PAYMENT)? ?\(\)[ :-]*", "direct_debit", ""),
    ("POINT", r"POINT OF SALE (?:WITHDRAWAL|DEBIT|PURCHASE|DEPOSIT) (?:\d+ )?", "card", ""),
    ("POS", r"POS PURCHASE - \d\d/\d\d MACH ID \w+ ", "card", ""),
    ("POS", r"POS(?: (?:DEBIT|PURCHASE|PUR|W/D|WITHDRAWAL|MERCHANDISE|PMT|TRANSACTION|SIGNATURE|PIN))+[- ]*" + _DATE, "card", ""),
    ("POS", r"POS[- ]+" + _DATE, "card", ""),
    ("DEBIT", r"DEBIT (?:CARD|CRD|PURCHASE|PIN|VISA|PUR|POS)(?: (?:CARD|PURCHASE|PUR|TRANSACTION|DEBIT|PAYMENT|-?VISA|POS)\b)*[- :]*" + _CARD + _DATE, "card", ""),
    ("DEBIT", r"DEBIT ORDER[- :]*", "direct_debit", "out"),
    ("DBT", r"DBT CRD \d{4} (?:\d\d/\d\d/\d\d [A-Z0-9]{8} |\d{8} )", "card", ""),
    ("CHECKCARD CHKCARD CHECK CKCD DBT DDA DBIT", r"(?:CHECKCARD|CHKCARD|CHECK ?CARD|CHECK CRD|CKCD|DBT CRD|DDA PURCHASE|DBIT)(?: (?:PURCHASE|PUR RTRN))?[- ]*(?:\d{4}\s+)?" + _DATE, "card", ""),
    ("PURCHASE", r"PURCHASE (?:AUTHORIZED ON|RETURN AUTHORIZED ON|WITH CASH BACK|-|CARD|POS|AT|FROM|WITH PIN)*[ -]*(?:\d{4} )?" + _DATE + _CARD + r"(?:AT\s+)?", "card", ""),
    ("RECURRING", r"RECURRING (?:PAYMENT|DEBIT|CARD PURCHASE|CARD|PURCHASE|TRANSFER|CHARGE)(?: (?:AUTHORIZED ON|CARD|PURCHASE|-)\b)*\s*" + _DATE, "card", ""),
    ("ACH", r"ACH (?:DEBIT|CREDIT|PAYMENT|PMT|DEPOSIT|TRANSACTION|WITHDRAWAL|HOLD|WEB|PULL|TEL|ELECTRONIC (?:DEBIT|CREDIT))[- :]*", "direct_debit", ""),
    ("ELECTRONIC", r"ELECTRONIC (?:PMT|PAYMENT|DEBIT|WITHDRAWAL|DEPOSIT|CREDIT|FUNDS TRANSFER)[- :]*(?:WEB[- ]+)?", "direct_debit", ""),
    ("EXTERNAL WITHDRAWAL DEPOSIT", r"(?:EXTERNAL )?(?:WITHDRAWAL|DEPOSIT)(?: (?:ACH|FROM|TO|POS|DEBIT|CARD|TRANSFER|BY CHECK|-|#\d+)\b)*[- :]*", "direct_debit", ""),
    ("PREAUTHORIZED PRE-AUTHORIZED PREAUTH PRE PAD", r"(?:PRE-?\s?AUTH(?:ORIZED)?(?: (?:DEBIT|PAYMENT|PMT|CREDIT|WD))?|PAD)[- :]+", "direct_debit", ""),
    ("ZELLE", r"ZELLE (?:PAYMENT|TRANSFER|INSTANT PMT|PMT|DEBIT|CREDIT|STANDARD PMT)?\s*(?:TO|FROM)?\s+", "instant_transfer", ""),
    ("INTERAC E-TRANSFER ETRANSFER E-TFR SEND", r"(?:SEND )?(?:INTERAC )?E-?(?:TRANSFER|TFR)\b[- ]*(?:(?:SENT|RECEIVED|TO|FROM|AUTODEPOSIT|REQUEST|FULFILL|CANCELLED|\*+\w*)\b[- :]*)*", "instant_transfer", ""),
    ("INTERAC CONTACTLESS IDP", r"(?:CONTACTLESS )?(?:INTERAC|IDP) (?:PURCHASE|FLASH PURCHASE|DEBIT|RETAIL PURCHASE)[- ]*(?:\d{4}[- ]+)?", "card", ""),
    ("MISC BILL", r"(?:MISC PAYMENT|BILL PAYMENT|BILL PMT|BILL PAY|BILL ?PAYMENT TO)[-:/ ]+(?:TO\s+)?", "bill_pay", "out"),
    ("ONLINE", r"ONLINE (?:BANKING |BANK )?(?:BILL )?(?:PAYMENT|PMT|PURCHASE|BILL PAYMENT|PYMT)\b[- :#]*(?:\d+\s+)?(?:TO\s+)?", "bill_pay", "out"),
    ("ONLINE", r"ONLINE (?:BANKING |SCHEDULED |REALTIME |INTERNET )?(?:TRANSFER|TFR|XFER)\b[- :#]*(?:(?:TO|FROM|REF)\b\s*)*", "bank_transfer", ""),
    ("TRANSFER TRF TFR TRSF XFER", r"(?:TRANSFER|TRF|TFR|TRSF|XFER)\b[- :]*(?:(?:TO|FROM|REF|OUT|IN|DEBIT|CREDIT)\b[- :]*)*", "bank_transfer", ""),
    ("WIRE", r"WIRE (?:TRANSFER |TYPE:)?(?:(?:OUT|IN|TO|FROM)\b)*[- :]*", "bank_transfer", ""),
    ("BUSINESS", r"BUSINESS TO BUSINESS ACH[- ]*", "direct_debit", ""),
    ("APLPAY APPLEPAY GPAY GGLPAY", r"(?:APLPAY|APPLEPAY|GPAY|GGLPAY)\s+", "card", ""),
    # United Kingdom and Ireland
    ("CARD", r"CARD (?:PAYMENT|PURCHASE|TRANSACTION|SPEND|DEBIT)(?: (?:TO|AT|-|FROM|WITH PIN|WITH CASH BACK|RETURN)\b)*[ :-]*" + _DATE, "card", "out"),
    ("CARD", r"CARD (?=[X*\d])" + _CARD, "card", ""),
    ("MOBILE PAYM", r"(?:MOBILE PAYMENT|PAYM(?: PAYMENT)?) (?:TO|FROM)\b[ :-]*", "instant_transfer", ""),
    ("CPT", r"CPT\s+", "cash", ""),
    ("CONTACTLESS CLS", r"(?:CONTACTLESS|CLS)(?: (?:PAYMENT|PURCHASE|CARD|TO|AT|DEBIT|\(?VISA\)?)\b)*[ :-]*", "card", "out"),
    (")))", r"\)\)\)\s*", "card", "out"),
    ("VIS DEB MAE BCC CPM CLP", r"(?:VIS|DEB|MAE|BCC|CPM|CLP)\s+", "card", "out"),
    ("DIRECT", r"DIRECT DEBIT(?: (?:PAYMENT|TO|FROM|-)\b)*[ :-]*(?:\d{4,}\s+)?", "direct_debit", "out"),
    ("DIRECT", r"DIRECT (?:CREDIT|DEP(?:OSIT)?)(?: (?:FROM|-)\b)*[ :-]*(?:\d{4,}\s+)?", "direct_credit", "in"),
    ("DD D/D DDR DDS", r"(?:DD|D/D|DDR|DDS)(?!\s*\*)\s*[-:]?\s+", "direct_debit", "out"),
    ("STANDING SO S/O STO", r"(?:STANDING ORDER(?: VIA FASTER PAYMENT)?|SO(?! CAL\b)|S/O|STO)(?: TO)?[ :-]+", "standing_order", "out"),
    ("FASTER FPO FPI FP OBP", r"(?:FASTER PAYMENTS?(?: (?:RECEIPT|PAYMENT|TO|FROM|RECEIVED|SENT)\b)*|FPO|FPI|FP|OBP)\b[ :-]*(?:REF\.?\s*)?", "instant_transfer", ""),
    ("BGC BACS", r"(?:BGC|BACS)\b[ :-]*", "direct_credit", "in"),
    ("BILL", r"BILL PAYMENT(?: VIA FASTER PAYMENT)?(?: TO)?[ :-]+", "bill_pay", "out"),
    ("BANK", r"BANK (?:CREDIT|GIRO CREDIT)[ :-]+", "direct_credit", "in"),
    ("CR", r"CR\s+", "direct_credit", "in"),
    # Euro area
    ("SEPA SEPA-LASTSCHRIFT SEPA-BASISLASTSCHRIFT LASTSCHRIFT FOLGELASTSCHRIFT ERSTLASTSCHRIFT BASISLASTSCHRIFT",
     r"(?:SEPA[- ]?)?(?:FOLGE|ERST|BASIS|FIRMEN)?-?LASTSCHRIFT(?:EINZUG)?(?: (?:VON|AUS|FÜR))?[ :/-]*", "direct_debit", "out"),
    ("SEPA", r"SEPA (?:DIRECT DEBIT|DD|INCASSO(?: ALGEMEEN)?(?: DOORLOPEND| EENMALIG)?|SDD)[ :/-]*", "direct_debit", "out"),
    ("SEPA ÜBERWEISUNG UEBERWEISUNG SEPA-ÜBERWEISUNG SEPA-UEBERWEISUNG ECHTZEITÜBERWEISUNG ECHTZEIT-ÜBERWEISUNG ONLINE-ÜBERWEISUNG",
     r"(?:SEPA[- ]?|ECHTZEIT-?|ONLINE-?)?(?:ÜBERWEISUNG|UEBERWEISUNG|OVERBOEKING|CREDIT TRANSFER|TRANSFER)(?: (?:AN|VON|NAAR|VAN|TO|FROM))?[ :/-]*", "bank_transfer", ""),
    ("GUTSCHRIFT ÜBERWEISUNGSGUTSCHRIFT GEHALT LOHN", r"(?:GUTSCHRIFT|ÜBERWEISUNGSGUTSCHRIFT)(?: (?:VON|AUS))?[ :/-]+", "direct_credit", "in"),
    ("GA", r"GA NR[ .:]*\w*\s*", "cash", "out"),
    ("DAUERAUFTRAG", r"DAUERAUFTRAG(?: (?:AN|VON))?[ :/-]*", "standing_order", ""),
    ("VISA", r"VISA (?=.* NR XXXX \d{4}\b)", "card", ""),
    ("KARTENZAHLUNG KARTENUMSATZ GIROCARD EC-KARTENZAHLUNG DEBITKARTENZAHLUNG", r"(?:KARTENZAHLUNG|KARTENUMSATZ|GIROCARD|EC-KARTENZAHLUNG|DEBITKARTENZAHLUNG)(?:/-ABRECHNUNG)?(?: (?:VISA DEBIT|GIROCARD))?[ :/-]*", "card", "out"),
    ("BARGELDAUSZAHLUNG GELDAUTOMAT BARGELD AUSZAHLUNG RETRAIT PRELIEVO GELDOPNAME REINTEGRO CAJERO DISPOSICION GEA",
     r"(?:BARGELDAUSZAHLUNG|GELDAUTOMAT|BARGELD|AUSZAHLUNG|RETRAIT(?: (?:DAB|GAB))?|PRELIEVO(?: BANCOMAT)?|GELDOPNAME|REINTEGRO|CAJERO|DISPOSICION|GEA)\b[ ,:/-]*", "cash", "out"),
    ("CB CARTE", r"(?:CB|CARTE)\s*\*?\s*(?:X?\d{4}\s+)?" + _DATE, "card", "out"),
    ("PAIEMENT ACHAT FACTURE", r"(?:PAIEMENT|ACHAT|FACTURE)(?: (?:PAR|DE|EN))?(?: (?:CARTE|CB|CARTES))?(?: X?\d{4})?\s+" + _DATE, "card", "out"),
    ("PRLV PRELEVEMENT PRÉLÈVEMENT", r"(?:PRLV|PRELEVEMENT|PRÉLÈVEMENT)(?: (?:SEPA|EUROPEEN|DE|EMIS)\b)*[ :/-]*", "direct_debit", "out"),
    ("VIR VIREMENT", r"(?:VIREMENT|VIR)(?: (?:SEPA|INST|INSTANTANE|RECU|REÇU|EMIS|EN|FAVEUR|DE|PERMANENT|VERS|POUR|EUROPEEN|TIERS)\b)*[ :/-]*", "bank_transfer", ""),
    ("BEA BEA, BETAALAUTOMAAT PINPAS PIN CCV CCV*", r"(?:BEA,?(?: BETAALPAS| APPLE PAY| GOOGLE PAY)?|BETAALAUTOMAAT|PINPAS|PIN BETALING|CCV)[ ,:*/-]*", "card", "out"),
    ("IDEAL IDEAL/ WERO", r"(?:IDEAL|WERO)(?: BETALING)?[ ,:/-]*", "card", "out"),
    ("PAGAMENTO PAGO COMPRA", r"(?:PAGAMENTO|PAGO|COMPRA)(?: (?:POS|CARTA|SU|CON|EN|TARJ\.?|TARJETA|MOVIL|INTERNET|DEBITO|CONTACTLESS|[X*\d]{2,})\b)*[ :/,-]*" + _DATE, "card", "out"),
    ("ADDEBITO ADEUDO RECIBO DOMICILIACION SDD", r"(?:ADDEBITO(?: DIRETTO)?(?: SDD| SEPA)?|ADEUDO(?: (?:RECIBO|DE|A))?|RECIBO|DOMICILIACION|SDD)(?: (?:CORE|A FAVORE|DE)\b)*[ :/-]*", "direct_debit", "out"),
    ("BONIFICO TRANSFERENCIA TRASPASO BIZUM GIROCONTO", r"(?:BONIFICO|TRANSFERENCIA|TRASPASO|BIZUM|GIROCONTO)(?: (?:A FAVORE(?: DI)?|SEPA|ISTANTANEO|DA|DI|A|DE|RECIBIDA|RECIBIDO|INMEDIATA|EMITIDA|ENVIADO|RICEVUTO|FAVOR)\b)*[ :/-]*", "bank_transfer", ""),
    ("DOMICILIERING INCASSO AUTOMATISCHE", r"(?:DOMICILIERING|INCASSO|AUTOMATISCHE INCASSO)[ :/-]*", "direct_debit", "out"),
    # Australia and New Zealand
    ("EFTPOS EFT VISA MASTERCARD", r"(?:EFTPOS|EFT|VISA|MASTERCARD)(?: (?:PURCHASE|DEBIT|CARD|PURCH|CREDIT|WITHDRAWAL|DR|-))+[ :-]*" + _CARD + _DATE, "card", "out"),
    ("EFTPOS", r"EFTPOS[ :-]+", "card", "out"),
    ("OSKO PAYID", r"(?:OSKO|PAYID)(?: (?:PAYMENT|DEPOSIT|TRANSFER|WITHDRAWAL|TO|FROM)\b)*[ :-]*", "instant_transfer", ""),
    ("BPAY", r"BPAY(?: (?:PAYMENT|BILL|TO|DEBIT)\b)*[ :-]*", "bill_pay", "out"),
    # South Africa
    ("EFT NAEDO DEBIT INTERNAL DEBICHECK",
     r"(?:(?:EFT |NAEDO |INTERNAL |DEBICHECK )?DEBIT ORDER|DEBICHECK|DEBICHECK INTERNAL)(?: (?:PAYMENT|PMT|TO|D/O)\b)*(?: ?\(\))?[ :-]*", "direct_debit", ""),
    ("RTC FNB CAPITEC SEND BANKING INTERNET IB DIGITAL CELLPHONE IMMEDIATE",
     r"(?:RTC EXPRESS PMT|FNB APP (?:RTC )?(?:PAYMENT|PMT|TRANSFER)|CAPITEC (?:PAYMENT|TRANSFER)|SEND MONEY(?: APP DR)?|BANKING APP (?:PAYMENT|TRANSFER|EXTERNAL PAYMENT|IMMEDIATE PAYMENT)|INTERNET (?:PMT|PAYMENT|BANKING|TRANSFER)|IB (?:PAYMENT|TRANSFER)|DIGITAL (?:PAYMENT|TRANSFER)(?: (?:DT|CR|DR))?(?: ABSA BANK)?|CELLPHONE (?:PMT|PAYMENT|TRANSFER)|IMMEDIATE (?:PAYMENT|TRF))(?: (?:TO|FROM)\b)?[ :-]*", "bank_transfer", ""),
    ("MAGTAPE ACB", r"(?:MAGTAPE|ACB) (?:DEBIT|CREDIT)(?:[ :](?:EXTERNAL|INTERNAL))?[ :-]*", "direct_debit", ""),
    ("CHEQUE", r"CHEQUE CARD PURCHASE[ :-]*", "card", "out"),
    ("FUEL", r"FUEL PURCHASE[ :-]*", "card", "out"),
    # Singapore
    ("PAYNOW ICT FAST", r"(?:ICT PAYNOW|PAYNOW|FAST|ICT)(?: (?:TRANSFER|PAYMENT|OTHER|INCOMING|OUTGOING|TO|FROM|QR|FT)\b)*[ :-]*", "instant_transfer", ""),
    ("GIRO INTERBANK", r"(?:INTERBANK )?GIRO(?: (?:PAYMENT|COLLECTION|SALARY|TO|-)\b)*[ :-]*", "direct_debit", ""),
    ("NETS POINT-OF-SALE", r"(?:NETS(?: (?:QR|DEBIT|PAYMENT|PURCHASE|FLASHPAY)\b)*|POINT-OF-SALE TRANSACTION)[ :-]*", "card", "out"),
)  # fmt: skip


def _indexed() -> dict[str, tuple[Prefix, ...]]:
    index: dict[str, list[Prefix]] = {}
    for first_words, pattern, channel, direction in _TABLE:
        rule = Prefix(late(pattern), channel, direction, "(?P<last4>" in pattern)
        for word in first_words.split():
            index.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in index.items()}


BY_FIRST_WORD: Final = _indexed()
"""First word -> the prefixes to try, in order."""
