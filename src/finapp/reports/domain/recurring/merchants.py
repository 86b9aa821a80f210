"""Who a narration is about: the words that stay the same from one row to the next."""

import re

_NOISE = re.compile(r"@[A-Z0-9.]+|\d{6,}")
_WORDS = re.compile(r"(?<![\w&'])[^\W\d_]{2,}(?:[&'][^\W\d_]+)*(?![\w&'])")
_SHORT = re.compile(r"(?<!\w)[^\W\d_]{4,}(?=\d{1,3}(?!\w))")
"""A name with a number behind it, as billers abbreviate themselves."""
_MASKED = re.compile(r"[X*]{2,}\d{3,5}(?!\w)")
"""The end of a card or account number that is otherwise hidden: it stays the same, unlike a reference."""
_PIECES = re.compile(r"\S+")
_CHANNEL = """
    UPI NEFT IMPS RTGS ACH NACH ECS MMT BIL BILLPAY BILLDESK POS ECOM PCD VPS VIN IPS DD DR CR DEBIT CREDIT CARD VISA
    MASTERCARD RUPAY PAYMENT PAYMENTS PMT PAY PAID PURCHASE TRANSFER TRF TFR XFER TO FROM BY FOR THE OF AND REF REFNO
    NO NUM TXN TRAN TRANSACTION ID INB INF INFT MB NB NET NETBANKING BANKING MOBILE ONLINE AUTOPAY AUTODEBIT AUTO
    MANDATE RECURRING SI STANDING INSTRUCTION DIRECT SEPA LASTSCHRIFT GUTSCHRIFT UEBERWEISUNG DAUERAUFTRAG BACS FPS
    FPI FPO BGC TFR STO SO DDR BP CHAPS FASTER OKAXIS OKHDFCBANK OKICICI OKSBI YBL IBL AXL PAYTM APL UPIINTENT COLLECT
    LTD LIMITED PVT PRIVATE INC LLC LLP PLC GMBH AG SA SARL BV CORP CO COM WWW HTTP HTTPS BANK INDIA IN US UK GB DE
    JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER
    OCTOBER NOVEMBER DECEMBER MON TUE WED THU FRI SAT SUN CCD PPD WEB TEL ORIG INDN ENTRY DESCR TRACE SEC EED INDID
    CHECKCARD OTHPG DEBITKARTENUMSATZ KARTENZAHLUNG CONFIRMATION CONF RECD RECEIVED PURCH AUTHORIZED AUTH
    ONL BPAY TP IB RAZ PYU P2M P2A P2P VSI RTN ICIC UTIB SBIN KKBK PUNB BARB YESB IDIB CNRB UBIN INDB IDFB FDRL
    VALUE DATE DT MANDATSREF GLAEUBIGER KUNDENREFERENZ EREF MREF CRED SVWZ NA NULL P M D C S B
"""
_CHANNEL_WORDS = frozenset(_CHANNEL.split())
_OWN_MONEY = re.compile(
    r"\b(?:ATM|ATW|NWD|EAW|AWB|CASH|CWDR|CDM|GELDAUTOMAT|BARGELD\w*|BANCOMAT|WITHDRAWAL|WDL|RETRAIT|CASHPOINT|LNK|"
    r"TOP[ -]?UP|ADD(?:ED)? MONEY?|MONEY ADDED|WALLET LOAD|REVOLUT)\b"
)
_YEARLY = re.compile(
    r"\b(?:INSUR\w*|VERSICHERUNG\w*|ASSURANCE\w*|LIFE|HEALTH|PREMIUM|PRIME|MEMBER\w*|ANNUAL\w*|YEARLY|RENEW\w*|"
    r"SUBSCR\w*|LICENCE|LICENSE|\w*TAX|\w*STEUER|COUNCIL|PROPER\w*|DOMAIN|HOSTING|HOTSTAR|INS|GIC|PREM|LIC|ADAC|"
    r"AVIVA|ALLIANZ|AXA|HUK\w*|GOTHAER|DEPOSIT BOX)\b"
)
_SHOPPING = frozenset(
    {"groceries", "dining", "fuel", "shopping", "entertainment", "travel", "transport", "personal_care", "cash"}
)
_OWN_OR_OWED = frozenset({"loan", "investment", "transfer", "card_payment", "card_spending_unseen", "cash"})
KEY_WORDS = 4
"""Words of a narration that make up its key; what follows is branch, city or reference."""


def is_own_money(description: str) -> bool:
    """Whether a narration speaks of cash or a wallet being filled: money kept at hand, never a recurring payment."""
    return _OWN_MONEY.search(description.upper()) is not None


def is_shopping(category: str | None) -> bool:
    """Whether a category is of places that people visit when they like, as often as they like."""
    return category in _SHOPPING


def is_own_or_owed(category: str | None) -> bool:
    """Whether a category is of money that stays the household's or repays what it owes."""
    return category in _OWN_OR_OWED


def is_usually_yearly(description: str, category: str | None) -> bool:
    """Whether the words speak of something that is paid by the year: insurance, membership, licence, tax."""
    return category in ("insurance", "subscriptions", "taxes_gov") or _YEARLY.search(description.upper()) is not None


def key_of(text: str) -> tuple[str, ...]:
    """The words that identify the other side, of its name when that is known, else of the narration."""
    text = text.upper()
    words = _WORDS.findall(_NOISE.sub(" ", text))
    telling = [word for word in words if word not in _CHANNEL_WORDS] or _SHORT.findall(text)
    if len(telling) < 2:
        telling += _MASKED.findall(text)
    return tuple(dict.fromkeys(telling or words or _PIECES.findall(text) or [text]))[:KEY_WORDS]


def display(key: tuple[str, ...], merchant: str | None) -> str:
    """A readable name for a stream."""
    return merchant or " ".join(word.capitalize() for word in key if word[0] not in "X*") or key[0]
