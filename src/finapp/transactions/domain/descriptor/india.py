"""Indian narrations: fields between slashes, dashes or stars, whose order differs from bank to bank.

The fields are told apart by their form (address, reference, IFSC, bank name, tag), so that the order does not matter:
HDFC `UPI-NAME-ADDRESS-IFSC-REF-NOTE`, SBI `UPI/DR/REF/NAME/BANK/ADDRESS/NOTE`, ICICI `UPI/NAME/ADDRESS/NOTE/BANK/REF`,
Axis `UPI/P2M/REF/NAME/NOTE/BANK`, Kotak `UPI/NAME/REF/NOTE`.
"""

import re
from typing import Final

from finapp.transactions.domain.descriptor import cleaning
from finapp.transactions.domain.descriptor.values import Channel, Descriptor, Direction

_IFSC: Final = re.compile(r"[A-Z]{4}0[A-Z0-9]{3,6}|[A-Z]{4}[HN]\d{8,}|[A-Z]{2,5}N?\d{6,}")
_LAST4: Final = re.compile(r"[X*]{2,}\d*?(\d{4})")
_TAGS: Final = frozenset(
    "DR CR P2M P2A P2P P2PM UPI MOB IN OUT PAY MMT INF INFT IMPS NEFT RTGS BIL ONL BPAY NB NET IB MB TPFT CMS ICI NA "
    "INET NETBANK FT DEBIT CREDIT RRN REF VPA COLLECT MUM ACH NACH ECS ACHDR ACHCR INWARD OUTWARD N "
    "PAYMT REVERSAL RVSL REV REFUND RFND RRC MUT "
    "D C RTN TRF TFR".split()
)
_BANK_WORDS: Final = re.compile(
    r"(?:HDFC|ICICI|AXIS|KOTAK(?: MAHINDRA)?|YES|STATE|INDUSIND|IDFC FIRST|CANARA|UNION|FEDERAL|PUNJAB NATIONAL|INDIAN|"
    r"IDBI|RBL|UCO|BANDHAN|CENTRAL|PAYTM(?: PAYMENTS?)?|AIRTEL PAYMENTS?|SOUTH INDIAN|KARNATAKA|AU SMALL(?: FINANCE)?|"
    r"DBS|CITI|HSBC|STANDARD CHARTERED|JIO PAYMENTS?|FINO PAYMENTS?|NSDL PAYMENTS?|INDIA POST PAYMENTS?)"
    r" BAN[A-Z]*(?: .*)?|BANK OF [A-Z]+.*|HDFC BANK.*|CITIBANK.*|STATE BANK.*"
)
_BANK_CODES: Final = frozenset(
    "SBIN HDFC ICIC UTIB KKBK YESB PUNB BARB CNRB UBIN IDIB IOBA CBIN BKID INDB IDFB FDRL RATN IBKL UCBA MAHB PYTM "
    "AIRP CITI HSBC SCBL DBSS AUBL BDBL ESFB JAKA KARB KVBL CIUB SIBL TMBL PSIB DCBL JIOP FINO IPOS "
    "NSPB USFB ICI HDF AXIS "
    "SLCE ABCL NESF UJVN EQUI".split()
)
_GENERIC: Final = re.compile(
    r"(?:UPI |MOBILE |ONLINE |NETBANKING )?(?:PAYMENT|PAY|PAYMENTS|PAID|PAYING|TRANSFER|SEND MONEY|SENT|MONEY|UPI)"
    r"(?: (?:FROM|FR|TO|VIA|USING|THROUGH|BY|ON|FOR|OF)\b.*)?|NO REMARKS?|NA|NULL|COLLECT.*|REQUEST.*|OTHERS?|"
    r"SENT FROM.*|SENT USING.*|PAYMENT ?F.*|UPI ?TXN.*|\d{1,2}:\d\d.*|TXN|TRANSACTION|INTENT|OID\w*|QR.*|MERCHANT.*|"
    r"EXECUTE.*|MANDATE.*|ONLINE"
)
_PHONE: Final = re.compile(r"(?:91)?[6-9]\d{9}(?:-\d+)?")
_PROVIDER_PREFIX: Final = re.compile(
    r"^(?:PAYTMQR|PAYTM|BHARATPE|GPAY|VYAPAR|Q|EAZYPAY|PAYTM\.S|MSWIPE|PINELABS|CCPAY|"
    r"EURONETGPAY)[.\-]?[\d.A-Z]*\d{3,}.*$"
)
_GATEWAY: Final = re.compile(
    r"(?:RZP|RAZORPAY|PAYU|CCAVENUE|CASHFREE|BILLDESK|BD|JUSPAY|RAPID|STORES?|ONLINE|PAYMENTS?)$"
)


def name_of_handle(handle: str) -> str:
    """The payee words inside a UPI address, empty when it is a phone number or a QR code."""
    local = handle.split("@", 1)[0]
    if _PHONE.fullmatch(local) or _PROVIDER_PREFIX.match(local):
        return ""
    words = [word for word in re.split(r"[.\-_\d]+", local) if len(word) > 1 and not _GATEWAY.fullmatch(word)]
    return " ".join(words)


class _Fields:
    """Collects the fields of one narration while they are told apart."""

    __slots__ = ("bank", "direction", "handle", "last4", "name", "notes", "person", "reference")

    def __init__(self) -> None:
        self.name = self.handle = self.reference = self.last4 = self.bank = ""
        self.notes: list[str] = []
        self.direction: Direction = ""
        self.person = False

    def take(self, part: str) -> None:
        """Place one field by its form."""
        if part.isdigit() and len(part) > 4:
            self.reference = self.reference or part
        elif "@" in part:
            self.handle = self.handle or part
        elif part in _TAGS:
            self._take_tag(part)
        elif part in _BANK_CODES:
            self.bank = self.bank or part
        elif not part.isalpha() and any(map(str.isdigit, part)) and self._take_number(part):
            return
        elif _BANK_WORDS.fullmatch(part):
            self.bank = self.bank or part
        elif _GENERIC.fullmatch(part):
            self.notes.append(part)
        elif not self.name:
            self.name = part
        else:
            self.notes.append(part)

    def _take_tag(self, tag: str) -> None:
        if tag in ("DR", "D", "DEBIT", "OUT"):
            self.direction = "out"
        elif tag in ("CR", "C", "CREDIT"):
            self.direction = "in"
        elif tag in ("P2A", "P2P"):
            self.person = True

    def _take_number(self, part: str) -> bool:
        masked = _LAST4.search(part)
        if masked:
            self.last4 = masked[1]
            return True
        if " " in part:
            return False
        digits = sum(map(str.isdigit, part))
        if _IFSC.fullmatch(part) or digits >= 5 or (len(part) >= 8 and part.isalnum()) or digits * 2 >= len(part):
            if digits >= 5 and not self.reference:
                self.reference = part
            return True
        return False


def fields(text: str, rest: str, channel: Channel, separator: str, direction: Direction) -> Descriptor:
    """The descriptor of a narration whose fields (`rest`) stand between `separator`."""
    found = _Fields()
    for part in rest.split(separator):
        part = part.strip(" .-:,")
        if part:
            found.take(part)
    person = found.person
    if found.handle:
        local = found.handle.split("@", 1)[0]
        person = person or bool(_PHONE.fullmatch(local))
    name = found.name or (name_of_handle(found.handle) if found.handle else "")
    core, city = cleaning.payee(name) if name else ("", "")
    if not core and found.notes and (found.handle or not found.bank):
        core = cleaning.payee(found.notes[0])[0]
    if not core:
        core = found.bank or found.handle or cleaning.payee(rest)[0]
    note = " ".join(found.notes)
    core = core or rest.strip() or text
    direction = direction or found.direction
    return Descriptor._make(
        (text, core, channel, direction, found.handle, note, found.reference, city, found.last4, person)
    )
