"""What the text of a row says about where the money went: own account, holder, another own account's number, refund."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.descriptor import Descriptor
from finapp.transactions.domain.movement.values import LightRow, OwnAccount

_SELF: Final = re.compile(
    r"\b(?:SELF(?! ?-?(?:STORAGE|SERVICE|SERVE|CARE|CHECKOUT|HELP))|OWN (?:A/?C|ACC|ACCT|ACCOUNT|SAVINGS?|FUNDS?|"
    r"TRANSFER|ACCOUNTS)"
    r"|(?:TO|FROM) (?:MY )?(?:OWN )?(?:SAVINGS?|SAV|SHARE|CHECKING|CHK|CURRENT ACC(?:OUN)?T?|SB A/?C|MONEY MARKET|"
    r"MAX SAVER|EVERYDAY)\b"
    r"|MY (?:ACCOUNT|A/?C|SAVINGS?)|BETWEEN (?:OWN |MY )?ACCOUNTS|INTERNAL TRANSFER|INTERACCOUNT|INTER ACCOUNT|"
    r"SWEEP|AUTO ?SWEEP"
    r"|MOD (?:TRANSFER|CREATION|BREAK)|SAVE THE CHANGE|KEEP THE CHANGE|SAVINGS (?:A/?C|ACCOUNT|TRANSFER|POT|GOAL|"
    r"VAULT|DEPOSIT)"
    r"|UMBUCHUNG|EIGENÜBERTRAG|EIGENUEBERTRAG|ÜBERTRAG (?:AUF|VON)|TAGESGELD(?:KONTO)?|SPARKONTO|VIREMENT INTERNE|"
    r"COMPTE A COMPTE|LIVRET A?|(?:DE|DU|VERS|SUR) (?:VOTRE |MON )?COMPTE (?:CH[EÈ]QUES?|COURANT|DE D[EÉ]P[OÔ]T)"
    r"|GIROCONTO|TRASPASO (?:A|DE|ENTRE) (?:CUENTA|CUENTAS)|CUENTA PROPIA|EIGEN REKENING|SPAARREKENING|ORANJE SPAAR\w*|"
    r"TRANSFER TO (?:SELF|SAVINGS?|POT)|FUND TRANSFER SELF|SAVER|ISAVER|NETSAVER|BONUS SAVER|GOAL SAVER)\b"
)
_REFUND: Final = re.compile(
    r"\b(?:REFUND\w*|RFND|REVERSAL|REVERSED|REVSL|RVSL|REV-|CHARGEBACK|RETURN(?:ED)?|RETURNS|MERCHANDISE RETURN|"
    r"PURCHASE RETURN|CREDIT VOUCHER|"
    r"CASH ?BACK REVERSAL|ERSTATTUNG|RÜCKERSTATTUNG|RUECKERSTATTUNG|REMBOURSEMENT|RETOUR|TERUGBETALING|RIMBORSO|"
    r"STORNO|DEVOLUCION|"
    r"DEVOLUCIÓN|ABONO DEVOLUCION|UPIRET|UPI-REV|REV UPI|CANCELLED|CANCELLATION)\b"
)
_CLAIM: Final = re.compile(
    r"\b(?:EXPENSES? (?:CL(?:AIMS?)?|REIMB\w*|REPAYMENT|REPORT)|REIMB(?:URSE(?:MENT)?|RSMNT|MT)?S?|EXPENSIFY|"
    r"CONCUR EXP\w*|"
    r"AUSLAGEN\w*|SPESEN\w*|REISEKOSTEN\w*|NOTES? DE FRAIS|NOTA SPESE|RIMBORSO SPESE|REEMBOLSO GASTOS|ONKOSTEN\w*|"
    r"(?:TRAVEL|TOUR|MEDICAL) (?:REIMB\w*|CLAIM|ALLOWANCE CLAIM)|T(?:RAVEL)? ?A(?:LLOWANCE)? CLAIM)\b"
)
# Who issues cards, as bills print it.
_ISSUER: Final = re.compile(
    r"\b(?:AMEX|AMERICAN EXPRESS|CHASE|CITI(?:BANK|CARDS?|CTP)?|CAPITAL ONE|DISCOVER|BARCLAY(?:S|CARD)|WELLS FARGO|"
    r"BK OF AMER|BANK OF AMERICA|SYNCB|SYNCHRONY|COMENITY|APPLECARD|GSBANK|US BANK|HDFC\w*|ICICI|SBI(?:CARDS?)?|AXIS|"
    r"KOTAK|RBL|YES BANK|INDUSIND|IDFC|ONECARD|BOB ?CARDS?|HSBC|STANDARD CHARTERED|SCB|MBNA|TESCO BANK|VIRGIN MONEY|"
    r"NATWEST|LLOYDS|HALIFAX|SANTANDER|VANQUIS|AQUA|NEWDAY|HANSEATIC|GENIALCARD|ADVANZIA|DBS|OCBC|UOB|FAB|ENBD|TD|"
    r"RBC|SCOTIA|CIBC|BMO|TANGERINE)\b"
)
# First word of a bank's name -> what its narrations print as well.
ALSO_PRINTED: Final[Mapping[str, tuple[str, ...]]] = {
    "STATE": ("SBI", "SBICARD", "SBICARDS"), "SBI": ("SBICARD", "SBICARDS"), "AMERICAN": ("AMEX",),
    "AMEX": ("AMERICAN",), "BARCLAYS": ("BARCLAYCARD",), "BARCLAYCARD": ("BARCLAYS",), "HDFC": ("HDFCSI",),
    "CITI": ("CITIBANK", "CITICARD", "CITICARDS", "CITICTP"), "CITIBANK": ("CITI", "CITICARD", "CITICTP"),
    "APPLE": ("APPLECARD",), "SYNCHRONY": ("SYNCB",), "HANSEATIC": ("GENIALCARD",), "STANDARD": ("SCB",),
    "PAYTM": ("PYTM",),
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS4: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
MOVING_CHANNELS: Final = frozenset(
    ("upi", "bank_transfer", "instant_transfer", "standing_order", "direct_credit", "cheque")
)
# What British banks print before a payee when money moves by transfer.
_CODE: Final = re.compile(r"(?:BP|SO|OBP|TFR|BGC|CR|DR)\s")
_ACCOUNT_WORDS: Final = frozenset("SAVINGS SAVING SAVER CURRENT ACCOUNT ACC ACCT AC ISA".split())
_SALARY_ACCOUNT: Final = r" (?:MY |OWN |THE )?SAL(?:ARY)? (?:A ?/? ?C|ACCT?|ACCOUNT)\b"
_FROM_SALARY_ACCOUNT: Final = re.compile(r"\bFROM" + _SALARY_ACCOUNT)
_TO_SALARY_ACCOUNT: Final = re.compile(r"\bTO" + _SALARY_ACCOUNT)
MOVING_KINDS: Final = frozenset(("transfer", "investment", "debt"))


def says_self(row: LightRow) -> bool:
    """Whether the narration itself says that the other side belongs to the household."""
    return bool(_SELF.search(described(row).text))


def says_salary_account(row: LightRow) -> bool:
    """Whether the other side is the account that a salary reaches: an own one, and the money is not the salary."""
    wording = _FROM_SALARY_ACCOUNT if row.amount > 0 else _TO_SALARY_ACCOUNT
    return bool(wording.search(described(row).text))


def goes_by_transfer(row: LightRow) -> bool:
    """Whether the narration says that the money moved by a transfer of any kind."""
    found = described(row)
    return found.channel in MOVING_CHANNELS or bool(_CODE.match(found.text))


def says_refund(row: LightRow) -> bool:
    """Whether the narration says that money came back."""
    return row.amount > 0 and bool(_REFUND.search(described(row).text))


def says_claim(row: LightRow) -> bool:
    """Whether the narration says that somebody pays back what was spent for them."""
    return row.amount > 0 and bool(_CLAIM.search(described(row).text))


def described(row: LightRow) -> Descriptor:
    """The parsed narration of a row."""
    return row.descriptor


@lru_cache(maxsize=1024)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in upper case, without titles."""
    titles = {"MR", "MRS", "MS", "DR", "SHRI", "SMT", "HERR", "FRAU", "M", "MME"}
    return tuple(word for word in _WORD.findall(name.upper()) if word not in titles)


def names_holder(row: LightRow, holders: Sequence[str]) -> bool:
    """Whether the payee is a member of the household: every word of the name, in any order, perhaps cut or an initial.

    Only the payee counts: an employer's line also prints the name of the one it pays.
    """
    payee = _payee_words(described(row).core)
    return any(_same_name(payee, words_of(holder)) for holder in holders)


def mentions_holder(core: str, holders: Sequence[str]) -> bool:
    """Whether the payee's words hold the name of a member: two words of it, one of them in full."""
    payee = words_of(core)
    for holder in holders:
        name = words_of(holder)
        matched = {word for word in name if any(_cut_alike(printed, word) for printed in payee)}
        if len(matched) > 1 and any(word in payee and len(word) > 2 for word in matched):
            return True
    return False


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
    matched = [word for word in payee if any(_cut_alike(word, other) for other in holder)]
    full = [word for word in payee if len(word) > 2 and any(word == other for other in holder)]
    return len(matched) == len(payee) and bool(full)


def _cut_alike(printed: str, full: str) -> bool:
    """A bank may print a name cut short or as an initial."""
    return full.startswith(printed)


def numbers_in(row: LightRow) -> frozenset[str]:
    """Every group of four digits that could end an account or card number."""
    found = described(row)
    numbers = set(_DIGITS4.findall(found.text))
    if found.last4:
        numbers.add(found.last4)
    return frozenset(numbers)


def named_account(row: LightRow, accounts: Sequence[OwnAccount]) -> OwnAccount | None:
    """Another own account whose last four digits are printed. Card purchases print their own card: ignored."""
    if described(row).channel == "card":
        return None
    numbers = numbers_in(row)
    for account in accounts:
        if account.id != row.account_id and account.last4 and account.last4 in numbers:
            return account
    return None


def names_institution(row: LightRow, account: OwnAccount) -> bool:
    """Whether the narration prints the name of the bank that keeps `account`."""
    words = words_of(account.institution)
    if not words:
        return False
    spellings = (words[0], *ALSO_PRINTED.get(words[0], ()))
    return any(spelling in _WORD.findall(described(row).text) for spelling in spellings)


def names_issuer(row: LightRow) -> bool:
    """Whether the narration prints the name of any bank that issues cards."""
    return bool(_ISSUER.search(described(row).text))


def kind_of(row: LightRow) -> str | None:
    """What the category of a row does, None while it has none."""
    if row.category is None or row.category == taxonomy.UNCATEGORIZED:
        return None
    return row.category_kind or taxonomy.kind_of(row.category, row.amount > 0)


def says_transfer(row: LightRow) -> bool:
    """Whether category or words mark the row as a movement between accounts."""
    return kind_of(row) in MOVING_KINDS or row.category == taxonomy.CARD_SPENDING_UNSEEN or _says_own(row)


def _says_own(row: LightRow) -> bool:
    return says_self(row) or says_salary_account(row)
