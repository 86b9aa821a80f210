"""What the text of a row says of the movement of money, whatever else is known of the row: a few bits.

They are found where the narration is taken apart, so that nobody has to take it apart again to decide a row.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from finapp.transactions.domain.descriptor import Descriptor, parse

SELF: Final = 1
"""The other side belongs to the household."""
SALARY_ACCOUNT: Final = 2
"""The other side is the account that a salary reaches."""
TRANSFER: Final = 4
"""The money moved by a transfer of any kind."""
MOVED: Final = 8
"""A word for money that is moved, whoever the other side is."""
REFUND: Final = 16
CLAIM: Final = 32
"""Somebody pays back what was spent for them."""
CONVERTED: Final = 64
"""A purchase was turned into instalments."""
HOLDER: Final = 128
"""The payee is a member of the household."""
EXCHANGED: Final = 256
"""The household's own money became money of another currency."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBERED: Final = re.compile(r"\d[A-Z\d]*")
_SELF: Final = re.compile(
    r"\b(?:SELF(?! ?-?(?:STORAGE|SERVICE|SERVE|CARE|CHECKOUT|HELP))|OWN (?:A/?C|ACC|ACCT|ACCOUNT|SAVINGS?|FUNDS?|"
    r"TRANSFER|ACCOUNTS)"
    r"|(?:TO|FROM) (?:MY )?(?:OWN )?(?:SAVINGS?|SAV|SHARE|CHECKING|CHK|CURRENT ACC(?:OUN)?T?|SB A/?C|MONEY MARKET|"
    r"MAX SAVER|EVERYDAY)\b"
    r"|MY (?:ACCOUNT|A/?C|SAVINGS?)|BETWEEN (?:OWN |MY )?ACCOUNTS|INTERNAL TRANSFER|INTERACCOUNT|INTER ACCOUNT|"
    r"SWEEP|AUTO ?SWEEP|(?:GENERAL|USER[ -]INITIATED) WITHDRAWAL|GENERAL CARD DEPOSIT|"
    r"BANK DEPOSIT TO PP ACCOUNT|(?:ALLGEMEINE|VON NUTZER EINGELEITETE) ABBUCHUNG|BANKGUTSCHRIFT AUF PAYPAL[ -]KONTO"
    r"|MOD (?:TRANSFER|CREATION|BREAK)|SAVE THE CHANGE|KEEP THE CHANGE|SAVINGS (?:A/?C|ACCOUNT|TRANSFER|POT|GOAL|"
    r"VAULT|DEPOSIT)"
    r"|UMBUCHUNG|EIGENÜBERTRAG|EIGENUEBERTRAG|ÜBERTRAG (?:AUF|VON)|TAGESGELD(?:KONTO)?|SPARKONTO|VIREMENT INTERNE|"
    r"COMPTE A COMPTE|LIVRET A?|(?:DE|DU|VERS|SUR) (?:VOTRE |MON )?COMPTE (?:CH[EÈ]QUES?|COURANT|DE D[EÉ]P[OÔ]T)"
    r"|GIROCONTO|TRASPASO (?:A|DE|ENTRE) (?:CUENTA|CUENTAS)|CUENTA PROPIA|EIGEN REKENING|SPAARREKENING|ORANJE SPAAR\w*|"
    r"TRANSFER TO (?:SELF|SAVINGS?|POT)|FUND TRANSFER SELF|SAVER|ISAVER|NETSAVER|BONUS SAVER|GOAL SAVER)\b"
)
_EXCHANGED: Final = re.compile(
    r"\b(?:EXCHANGED (?:TO|FROM) [A-Z]{3}|(?:GENERAL|USER[ -]INITIATED) CURRENCY CONVERSION|"
    r"ALLGEMEINE W(?:Ä|AE)HRUNGSUMRECHNUNG|CONVERTED 0[\d., ]* ?[A-Z]{3} (?:TO|FROM) 0?[\d., ]* ?[A-Z]{3})\b"
)
_REFUND: Final = re.compile(
    r"\b(?:REFUND\w*|RFND|REVERSAL|REVERSED|REVSL|RVSL|REV-|CHARGEBACK|RETURN(?:ED)?|RETURNS|MERCHANDISE RETURN|"
    r"PURCHASE RETURN|CREDIT VOUCHER|"
    r"CASH ?BACK REVERSAL|ERSTATTUNG|RÜCKERSTATTUNG|RUECKERSTATTUNG|REMBOURSEMENT|RETOUR|TERUGBETALING|RIMBORSO|"
    r"STORNO|RETOURE|R(?:UE|Ü)CK(?:LASTSCHRIFT|BUCHUNG|GABE)|DEVOLUCION|CRV POS|"
    r"DEVOLUCIÓN|ABONO DEVOLUCION|UPIRET|UPI[-/]REV|REV UPI|CANCELLED|CANCELLATION)\b"
)
_CLAIM: Final = re.compile(
    r"\b(?:EXPENSES? (?:CL(?:AIMS?)?|REIMB\w*|REPAYMENT|REPORT)|REIMB(?:URSE(?:MENT)?|RSMNT|MT)?S?|EXPENSIFY|"
    r"CONCUR EXP\w*|"
    r"AUSLAGEN\w*|SPESEN\w*|REISEKOSTEN\w*|NOTES? DE FRAIS|NOTA SPESE|RIMBORSO SPESE|REEMBOLSO GASTOS|ONKOSTEN\w*|"
    r"(?:TRAVEL|TOUR|MEDICAL) (?:REIMB\w*|CLAIM|ALLOWANCE CLAIM)|T(?:RAVEL)? ?A(?:LLOWANCE)? CLAIM)\b"
)
_MOVED: Final = re.compile(
    r"\b(?:TRANSFERS?|TRANSFERRED|TRANSF|TRF|TFR|TRSF|XFER|FUNDS? TRANSFER|INFT|IFT|IBFT|FT|TPT|INTERNET TRANSFER|"
    r"[ÜU]E?BERWEISUNG|[ÜU]E?BERTRAG|UMBUCHUNG|VIREMENT|VIR|TRANSFERENCIA|TRASPASO|OVERBOEKING|BONIFICO|GIROCONTO|"
    r"STANDING ORDER|DAUERAUFTRAG|SWEEP|TOP ?UP|ADD(?:ED)? MONEY|MONEY ADDED|WALLET LOAD|BANK DEPOSIT TO)\b"
)
_SWEEP: Final = re.compile(
    r"\b(?:AUTO ?SWEEP|SWEEP|SWP|MOD (?:TRANSFER|CREATION|BREAK)|FLEXI ?(?:FD|DEPOSIT)|"
    r"(?:REVERSE|TERM DEPOSIT) SWEEP)\b"
)
_CONVERTED: Final = re.compile(
    r"\b(?:EMI (?:CONVERSION|CONV|BOOKING|CR(?:EDIT)?|OFF ?US CR)|PURCHASE CONVERTED|"
    r"CONV(?:ERTED|ERSION)? (?:IN)?TO (?:EMI|INSTAL?L?MENTS?|PLAN)|"
    r"(?:SMART|FLEXI|MERCHANT) ?(?:EMI|PAY) (?:CONVERSION|CREDIT|CR|BOOKING)|"
    r"(?:INSTAL?L?MENT )?PLAN(?: IT)? (?:CREDIT|CREATED|SET ?UP|TRANSFER)|RATENPLAN GUTSCHRIFT|"
    r"(?:RATENZAHLUNG|TEILZAHLUNG) (?:GUTSCHRIFT|UMWANDLUNG)|UMWANDLUNG IN RATEN)\b"
)
MOVING_CHANNELS: Final = frozenset(
    ("upi", "bank_transfer", "instant_transfer", "standing_order", "direct_credit", "cheque")
)
# What British banks print before a payee when money moves by transfer.
_CODE: Final = re.compile(r"(?:BP|SO|OBP|TFR|BGC|CR|DR)\s")
_ACCOUNT_WORDS: Final = frozenset("SAVINGS SAVING SAVER CURRENT ACCOUNT ACC ACCT AC ISA".split())
_SALARY_ACCOUNT: Final = r" (?:MY |OWN |THE )?SAL(?:ARY)? (?:A ?/? ?C|ACCT?|ACCOUNT)\b"
_FROM_SALARY_ACCOUNT: Final = re.compile(r"\bFROM" + _SALARY_ACCOUNT)
_TO_SALARY_ACCOUNT: Final = re.compile(r"\bTO" + _SALARY_ACCOUNT)


def cues(description: str, amount: Decimal, holders: Sequence[str]) -> int:
    """What the narration of a row says, for those who decide it later. `holders` are the household's members."""
    return said(parse(description, "in" if amount > 0 else "out"), credit=amount > 0, holders=holders)


def said(found: Descriptor, *, credit: bool, holders: Sequence[str] = ()) -> int:
    """The bits of a narration, those of what came in only for a credit."""
    bits = _of_words(_NUMBERED.sub("0", found.text), credit)
    if found.channel in MOVING_CHANNELS or _CODE.match(found.text):
        bits |= TRANSFER
    return bits | HOLDER if holders and names_holder(found.core, holders) else bits


@lru_cache(maxsize=8_192)
def _of_words(text: str, credit: bool) -> int:
    """The bits of a text in which every number, with what runs on behind it, is the same: no wording has any."""
    bits = SELF | EXCHANGED if _EXCHANGED.search(text) else SELF if _SELF.search(text) else 0
    if " SAL" in text and (_FROM_SALARY_ACCOUNT if credit else _TO_SALARY_ACCOUNT).search(text):
        bits |= SALARY_ACCOUNT
    if _MOVED.search(text):
        bits |= MOVED
    if credit:
        bits |= (REFUND if _REFUND.search(text) else 0) | (CLAIM if _CLAIM.search(text) else 0)
        bits |= CONVERTED if _CONVERTED.search(text) else 0
    return bits


def says_sweep(text: str) -> bool:
    """Whether the bank itself moved the money between an account and its deposit."""
    return bool(_SWEEP.search(text))


@lru_cache(maxsize=1024)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in upper case, without titles."""
    titles = {"MR", "MRS", "MS", "DR", "SHRI", "SMT", "HERR", "FRAU", "M", "MME"}
    return tuple(word for word in _WORD.findall(name.upper()) if word not in titles)


def names_holder(core: str, holders: Sequence[str]) -> bool:
    """Whether a payee is a member of the household: every word of the name, in any order, perhaps cut or an initial.

    Only the payee counts: an employer's line also prints the name of the one it pays.
    """
    likely = [holder for holder in holders if any(word in core for word in words_of(holder))]
    if not likely:
        return False
    payee = _payee_words(core)
    return any(_same_name(payee, words_of(holder)) for holder in likely)


def _payee_words(core: str) -> tuple[str, ...]:
    """The words of a payee without a code before them and the kind of account behind them."""
    words = words_of(_CODE.sub("", core, count=1) if _CODE.match(core) else core)
    while words and words[-1] in _ACCOUNT_WORDS:
        words = words[:-1]
    return words


def _same_name(payee: Sequence[str], holder: Sequence[str]) -> bool:
    if len(payee) == 1 and len(holder) > 1 and payee[0] in ("".join(holder), "".join(reversed(holder))):
        return True
    if len(holder) < 2 or len(payee) < 2 or len(payee) > len(holder) + 1:
        return False
    # A bank may print a name cut short or as an initial.
    matched = [word for word in payee if any(other.startswith(word) for other in holder)]
    full = [word for word in payee if len(word) > 2 and any(word == other for other in holder)]
    return len(matched) == len(payee) and bool(full)
