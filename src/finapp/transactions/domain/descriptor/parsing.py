"""`parse`: which shape a narration has, and its parts."""

import re
from functools import lru_cache
from typing import Final

from finapp.transactions.domain.descriptor import cleaning, india
from finapp.transactions.domain.descriptor.prefixes import BY_FIRST_WORD
from finapp.transactions.domain.descriptor.values import Channel, Descriptor, Direction

_REMEMBERED: Final = 16_384
_FIRST: Final = re.compile(r"\)\)\)|[^\s/\-*:_,]+")
_FIRST_DASHED: Final = re.compile(r"[^\s/*:_,]+")

# Wrappers that stand before the real narration: SBI's "TO TRANSFER-", "WDL TFR", "BY CLEARING /", bill desks.
_WRAPPER: Final = re.compile(
    r"(?:(?:TO|BY) TRANSFER[- ]+|(?:WDL|DEP) TFR\s+|BY SALARY\s+|TRF (?:TO|FROM)\s+(?=UPI|NEFT|IMPS)|"
    r"REV-(?=UPI-|NEFT|IMPS)|MISC(?:ELLANEOUS)? (?:DEBIT|CREDIT) )"
)
_WRAPPING: Final = frozenset(("TO", "BY", "WD", "DE", "TR", "RE", "MI"))
_WRAPPED_WAYS: Final[dict[str, Direction]] = {
    "TO": "out", "WD": "out", "BY": "in", "DE": "in", "TR": "in", "RE": "in",
}  # fmt: skip
_INDIAN: Final[dict[str, Channel]] = {
    "UPI": "upi", "UPIOUT": "upi", "UPIIN": "upi", "UPIAR": "upi", "UPIRET": "upi",
    "NEFT": "bank_transfer", "RTGS": "bank_transfer",
    "IMPS": "instant_transfer", "MMT": "instant_transfer", "ACH": "direct_debit", "NACH": "direct_debit",
    "ECS": "direct_debit", "BIL": "bill_pay", "ONL": "bill_pay", "INF": "bank_transfer", "INFT": "bank_transfer",
    "CMS": "bank_transfer", "MOB": "bank_transfer", "TPFT": "bank_transfer",
}  # fmt: skip
_SHAPE: Final = re.compile(
    r"(?:UPI(?:OUT|IN|AR|RET)?|NEFT|RTGS|IMPS|MMT|N?ACH|ECS|BIL|ONL|INFT?|CMS|MOB|TPFT)"
    r"(?:\s*(?P<way>DR|CR|D|C|RTN|MUT|INWARD|OUTWARD|TO|FROM|TXN|PAYMENT|TRANSFER|TRF)\b)?\s*(?P<sep>[-/*:_]|\s|$)\s*"
)
_WAYS: Final[dict[str | None, Direction]] = {
    "DR": "out", "D": "out", "TO": "out", "OUTWARD": "out", "CR": "in", "C": "in", "FROM": "in", "INWARD": "in",
}  # fmt: skip

# Dutch, German and SWIFT statements label their fields; so do US ACH lines.
_LABELLED: Final = re.compile(
    r"/NAME/(?P<a>[^/]+)|\bNAAM: ?(?P<b>.+?)(?= (?:MACHTIGING|OMSCHRIJVING|IBAN|KENMERK|BIC|BETALINGSKENM)\b|$)"
    r"|^(?P<c>.+?) DES:|ORIG CO NAME:? ?(?P<d>.+?)(?= ORIG ID| CO ENTRY| DESC| SEC\b|$)"
    r"|\bIHR EINKAUF BEI (?P<f>.+)$"
    r"|\b(?:AUFTRAGGEBER|EMPFÄNGER|BEGÜNSTIGTER): ?(?P<e>.+?)(?= [A-ZÄÖÜ]+:|$)"
)
_NOTE: Final = re.compile(
    r"/REMI/(?:USTD/+)?(?P<a>[^/]+)|\bOMSCHRIJVING: ?(?P<b>.+?)(?= IBAN:| KENMERK:| BIC:|$)|"
    r"\bDES: ?(?P<c>.+?)(?= ID:| INDN:|$)"
    r"|\bDESCR: ?(?P<d>.+?)(?= SEC:|$)|\b(?:REFERENCE|REF\.?|VERWENDUNGSZWECK:?|BUCHUNGSTEXT:|MOTIF|LIBELLE|"
    r"CONCEPTO|CAUSALE:?) (?P<e>[A-ZÄÖÜ].*)"
)
# What follows the payee: mandates, references, card endings, value dates, foreign amounts.
_TAIL: Final = re.compile(
    r" (?:MANDATE NO|REFERENCE\b|REF[.: ]|PPD ID|WEB ID|CCD ID|ID:|TEL ID|CARD (?:ENDING |NO\.? ?|XX)?[X*]*\d{4}|"
    r"CD \d{4}|ON \d{1,2} [A-Z]{3}|"
    r"\*? ?\d{1,2} (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?: \d{2,4})?$|CARD NO\.? *$|"
    r"VALUE DATE|VAL\. DATE|APPLE PAY|GOOGLE PAY|AUTH CODE|NOTPROVIDED|FACT \d|SAGT DANKE|MANDATSREF|END-TO-END|"
    r"\d\d/\d\d (?:MOBILE |RECURRING |INTL |POS )?(?:PURCHASE|REFUND|PMNT SENT|PMNT RCVD)\b|C#\d{4}|HTTPS?:|"
    r"AMZN\.COM/BILL|"
    r"EREF|MREF|CRED\b|SVWZ|INCASSANT|"
    r"NR XXXX \d{4}|(?:PENDING|GUTSCHRIFT)$|"
    r"PAS ?\d|CONF#|CONFIRMATION#|TRACE|PMT INFO|DIRECT DEP\b|DIR DEP\b|RECEIPT \d|IN \d{2}\.\d\d|\d{4}-\d\d-\d\d|"
    r"(?:CPM|CLP|DDR|BCC|BBP|BGC|BACS|STO|FT|CHG|TFR)$).*"
)
_TAIL_HINT: Final = re.compile(
    r"REF|HTTP|AMZN|NOTPROVIDED|DIRECT DEP|DIR DEP|SAGT| (?:CPM|CLP|DDR|BCC|BBP|BGC|BACS|STO|FT|CHG|TFR|PENDING|"
    r"GUTSCHRIFT)$"
)
"""What shows that a tail may follow in a text of letters alone."""
# Aggregators that print their own mark before the shop they collect for.
_AGGREGATOR: Final = re.compile(
    r"(?:(?:SQ|SQU|SQUARE|TST|PAYPAL|PP|SP|IN|CKE|CKO|EB|PY|FSP|BT|WPY|SQC|ZLR|SUMUP|IZ|ZETTLE|IZETTLE|LS|CLOVER|"
    r"STRIPE|PAYU|RAZ|RZP|RAZORPAY|BILLDESK|CCAVENUE|PAYTM|PTM|MOLLIE|KLARNA|ADYEN|WIX|GOCARDLESS|GC|YOCO|CCV|SNACK|"
    r"DNH|2CO|FS|SB|CF|UEP|AWX|HPY|IKH|ZAPPER1?|SNAPSCAN|PAYFAST|DASHPAY|PEACH|OZOW|PAYGATE|WD|SMP|NYX|CTLP|PWP|FH|"
    r"ACT|OLO|BPS|PTI|GLOBAL-E|PAYWEB|WL|WLP|EZCATER|DLO|MERCADOPAGO|MP|PAGSEGURO|POS)\s*[*_]\s*(?=\S))+"
    r"|(?:SQ|TST)\s+(?=[A-Z]{2})|TST(?=[B-DF-HJ-NP-TV-Z][A-Z])|"
    r"(?:SNAPSCAN|SP) (?!PLUS\b|PARK|SERV|AUSNET|GROUP|ENERGY|DIGITAL)(?=[A-Z&])"
)
_AGGREGATED: Final = ("SQ", "TST", "SP ", "SNAPSCAN")
_DATED: Final = re.compile(r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4} \d\d[A-Z]{3}\d\d(?: (?:CD|C|D))?) (?=[A-Z])")
"""A booking date, or a card's last digits with date and manner, that a bank prints before the narration itself."""
_GLUED_STATE: Final = re.compile(r" ([A-Z]{2})(?:APPLE PAY ENDING IN \d{4}|\d{8,}|US)$")
"""A state that the next field of a fixed-width line runs into: `DES MOINES IAAPPLE PAY ENDING IN 9917`."""
_LAST4: Final = re.compile(
    r"(?:[X*]{2,}[ -]?|(?:ENDING|END|ACCT|ACCOUNT|A/C|AC|CARD|SAV|CHK|CHECKING|SAVINGS)(?: IN|"
    r" NO\.?)?[ .:#-]*[X*.]*)(\d{4})\b"
)
# Some British banks print the kind of payment last.
_LAST_WORD: Final[dict[str, Channel]] = {
    "BGC": "direct_credit", "DDR": "direct_debit", "STO": "standing_order", "BBP": "bill_pay", "CPM": "card",
    "CLP": "card", "BCC": "card", "BDC": "card", "CPT": "cash",
    "BACS": "direct_credit",
}  # fmt: skip
_PERSONAL: Final = frozenset(("instant_transfer",))
_AMERICAN_ACH: Final = re.compile(
    r"ACH (?:DEBIT|CREDIT|WITHDRAWAL|DEPOSIT|PAYMENT|PMT|HOLD|TRANS|WEB|PULL|TEL|ELECTRONIC)"
)
_ACH_CLASS: Final = re.compile(r" (?:PPD|WEB|CCD|TEL|CTX) ID\b")
_WRAPPED: Final = frozenset("TO BY WDL DEP TRF SQ SP SNAPSCAN TST MISC MISCELLANEOUS EXTERNAL".split())
_BEGINNINGS: Final = _WRAPPED | _INDIAN.keys() | BY_FIRST_WORD.keys()
_TAILS: Final = frozenset("CPM CLP DDR BCC BBP BGC BACS STO FT CHG TFR PENDING GUTSCHRIFT".split())
_RUN_ON: Final = re.compile(r"TST[B-DF-HJ-NP-TV-Z]")
_UNSETTLED: Final = re.compile(r"REF|HTTP|AMZN|NOTPROVIDED|DIRECT DEP|DIR DEP|SAGT|EINKAUF BEI")
_UNSETTLED_MARK: Final = re.compile(r"[^A-ZÀ-Þ '&.+\-]|[.'+\-](?: |$)|(?:^| )['.+\-]|(?:^|[^ ])& | &(?:$|[^ ])")
"""Signs that a core of several words might change when it is parsed again: digits, marks, words of tails."""


def parse(text: str, direction: Direction = "") -> Descriptor:
    """Take one narration apart. Empty text gives an empty descriptor; anything else has a non-empty core.

    `direction` is what the amount says; without it the text decides where it can. Parsing a core again gives the same
    core, and reference numbers, dates and terminals do not change it.
    """
    return _parsed(text, direction)


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str, direction: Direction) -> Descriptor:
    found = _once(text, direction)
    core = found.core
    if core == found.text:
        return found
    # A payee may itself begin like a channel ("POS Malaysia"). The core is what parsing no longer changes; every
    # round makes it shorter, so this ends.
    while not _settled(core):
        again = _once(core, direction).core
        if again == core or len(again) > len(core):
            break
        core = again
    return found if core == found.core else found._replace(core=core)


def _settled(core: str) -> bool:
    """Whether parsing would plainly leave a core alone: no digits or marks, no channel word, no place at its end."""
    if core.partition(" ")[0] in _BEGINNINGS or _UNSETTLED.search(core):
        return False
    last = core.rpartition(" ")[2]
    if last in cleaning.PLACES or (last in _TAILS and last != core) or _RUN_ON.match(core):
        return False
    if core.replace(" ", "").isalpha():
        return True
    return core.partition("-")[0] not in _BEGINNINGS and not _UNSETTLED_MARK.search(core)


def _once(text: str, direction: Direction) -> Descriptor:
    clean = cleaning.normalised(text)
    if not clean:
        return Descriptor("", "", "", direction)
    body = clean
    begins = clean[:2]
    if begins in _WRAPPING:
        wrapper = _WRAPPER.match(clean)
        if wrapper and wrapper.end() < len(clean):
            body = clean[wrapper.end() :]
            direction = direction or (
                "out" if begins in ("TO", "WD") else "in" if begins in ("BY", "DE", "TR", "RE") else ""
            )
    elif begins[0].isdigit():
        before = _DATED.match(clean)
        body = clean[before.end() :] if before else clean
    first = _FIRST.match(body)
    word = first[0] if first else ""
    if word in _INDIAN and not _AMERICAN_ACH.match(body):
        found = _indian(clean, body, word, direction)
        if found is not None:
            return found
    return _plain(clean, body, word, direction)


def _indian(clean: str, body: str, word: str, direction: Direction) -> Descriptor | None:
    shape = _SHAPE.match(body)
    if shape is None or shape.end() == len(body):
        return None
    separator = shape["sep"]
    rest = body[shape.end() :]
    if separator in (" ", "", ":", "_"):
        separator = next((mark for mark in "/-*" if mark in rest), "")
        if not separator:
            return (
                None
                if word == "ACH"
                else _plain_rest(clean, rest, _INDIAN[word], direction or _WAYS.get(shape["way"], ""))
            )
    return india.fields(clean, rest, _INDIAN[word], separator, direction or _WAYS.get(shape["way"], ""))


def _plain(clean: str, body: str, word: str, direction: Direction) -> Descriptor:
    channel: Channel = ""
    rest = body
    last4 = ""
    rules = BY_FIRST_WORD.get(word)
    if rules is None and "-" in body[:32]:
        dashed = _FIRST_DASHED.match(body)
        rules = BY_FIRST_WORD.get(dashed[0]) if dashed else None
    for rule in rules or ():
        match = rule.pattern.match(body)
        if match and match.end():
            channel = rule.channel
            direction = direction or rule.direction
            rest = body[match.end() :]
            last4 = (match["last4"] or "") if rule.names_card else ""
            break
    return _plain_rest(clean, rest, channel, direction, last4)


def _apart(rest: str) -> str:
    """A text whose last word may be a state that runs into the next field, with the state alone."""
    last = rest.rpartition(" ")[2]
    runs_on = len(last) > 3 and last[:2] in cleaning.STATES and (last[2:].isdigit() or last[2:] == "US")
    return _GLUED_STATE.sub(r" \1", rest) if runs_on or (len(last) == 4 and last.isdigit()) else rest


def _without_tail(rest: str) -> str:
    tail = _TAIL.search(rest)
    return rest[: tail.start()].removesuffix(",") if tail else rest


def _plain_rest(clean: str, rest: str, channel: Channel, direction: Direction, last4: str = "") -> Descriptor:
    note = ""
    if not channel:
        channel = _LAST_WORD.get(clean.rpartition(" ")[2], "")
    if ":" in clean or "/NAME/" in clean or " REF" in clean or "EINKAUF BEI" in clean:
        labelled = _LABELLED.search(clean)
        if labelled:
            rest = next(filter(None, labelled.groups()))
            # "SEPA INCASSO ... NAAM: X" keeps its channel; a US line with DES: is an ACH entry.
            channel = channel or "direct_debit"
        noted = _NOTE.search(clean)
        if noted:
            note = next(filter(None, noted.groups()))
    if "*" in rest or "_" in rest or rest.startswith(_AGGREGATED):
        till = _AGGREGATOR.match(rest)
        if till:
            rest = rest[till.end() :]
            # A restaurant's till adds the branch behind a dash: `TST* AUBERGINE KITCHEN - 300726892`.
            rest = rest.partition(" -")[0] or rest
            channel = channel or "card"
    elif not channel and " ID" in clean and _ACH_CLASS.search(clean):
        channel = "direct_debit"
    payee = rest
    if not rest.replace(" ", "").isalpha() or _TAIL_HINT.search(rest):
        payee = _without_tail(_apart(rest))
        if not last4:
            # What a check card's mark is followed by is the day.
            ending = _LAST4.search(clean.removeprefix("CHECKCARD").removeprefix("CHKCARD"))
            last4 = ending[1] if ending else ""
    core, city = cleaning.payee(payee)
    if not core:
        core = cleaning.payee(rest)[0] or cleaning.payee(clean)[0] or clean
    return Descriptor._make((clean, core, channel, direction, "", note, "", city, last4, channel in _PERSONAL))
