"""What the text of a row says about where the money went: own account, holder, another own account's number, refund."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.descriptor import Descriptor
from finapp.transactions.domain.movement import wording
from finapp.transactions.domain.movement.values import LightRow, OwnAccount
from finapp.transactions.domain.movement.wording import words_of

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
# Who keeps investments, as transfers to them print it; what stands for one name is one of them.
_BROKERS: Final[Mapping[str, str]] = {
    name: names.split()[0]
    for names in (
        "VANGUARD", "FIDELITY FID", "SCHWAB", "ETRADE", "ROBINHOOD", "MERRILL", "AMERITRADE", "IBKR",
        "WEALTHFRONT", "BETTERMENT", "WEBULL", "ACORNS", "STASH", "ZERODHA", "GROWW", "UPSTOX", "DHAN", "INDMONEY",
        "TRADING212", "FREETRADE", "HARGREAVES", "NUTMEG", "DEGIRO", "FLATEX", "SCALABLE", "QUESTRADE",
        "WEALTHSIMPLE", "COMMSEC", "SELFWEALTH",
    )
    for name in names.split()
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_PLAIN_WORD: Final = re.compile(r"[A-Z0-9]+")
_DIGITS4: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
MOVING_KINDS: Final = frozenset(("transfer", "investment", "debt"))


def says_self(row: LightRow) -> bool:
    """Whether the narration itself says that the other side belongs to the household."""
    return bool(row.says & wording.SELF)


def says_exchanged(row: LightRow) -> bool:
    """Whether the narration says that own money became money of another currency."""
    return bool(row.says & wording.EXCHANGED)


def says_salary_account(row: LightRow) -> bool:
    """Whether the other side is the account that a salary reaches: an own one, and the money is not the salary."""
    return bool(row.says & wording.SALARY_ACCOUNT)


def goes_by_transfer(row: LightRow) -> bool:
    """Whether the narration says that the money moved by a transfer of any kind."""
    return bool(row.says & wording.TRANSFER)


def says_refund(row: LightRow) -> bool:
    """Whether the narration says that money came back."""
    return bool(row.says & wording.REFUND)


def says_claim(row: LightRow) -> bool:
    """Whether the narration says that somebody pays back what was spent for them."""
    return bool(row.says & wording.CLAIM)


def names_holder(row: LightRow, holders: Sequence[str]) -> bool:
    """Whether the payee is a member of the household."""
    if row.cues is not None:
        return bool(row.cues & wording.HOLDER)
    return wording.names_holder(described(row).core, holders)


def described(row: LightRow) -> Descriptor:
    """The parsed narration of a row."""
    return row.descriptor


def mentions_holder(core: str, holders: Sequence[str]) -> bool:
    """Whether the payee's words hold the name of a member: two words of it, one of them in full."""
    payee = words_of(core)
    for holder in holders:
        name = words_of(holder)
        matched = {word for word in name if any(word.startswith(printed) for printed in payee)}
        if len(matched) > 1 and any(word in payee and len(word) > 2 for word in matched):
            return True
    return False


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


def names_broker(row: LightRow, account: OwnAccount) -> bool | None:
    """Whether the broker that the narration prints keeps `account`; None where either names none."""
    printed, keeps = _brokers(described(row).text), _brokers(f"{account.institution} {account.name}")
    return None if not printed or not keeps else bool(printed & keeps)


def _brokers(text: str) -> frozenset[str]:
    return frozenset(_BROKERS[word] for word in _PLAIN_WORD.findall(text.upper()) if word in _BROKERS)


def names_issuer(row: LightRow) -> bool:
    """Whether the narration prints the name of any bank that issues cards."""
    return bool(_ISSUER.search(described(row).text))


def kind_of(row: LightRow) -> str | None:
    """What the category of a row does, None while it has none."""
    return row.does


def says_transfer(row: LightRow) -> bool:
    """Whether category or words mark the row as a movement between accounts."""
    return kind_of(row) in MOVING_KINDS or row.category == taxonomy.CARD_SPENDING_UNSEEN or _says_own(row)


def is_said_to_move(row: LightRow) -> bool:
    """Whether a person, here or in the program that a row came from, said that it is a transfer."""
    return row.decided and row.does == "transfer"


def _says_own(row: LightRow) -> bool:
    return says_self(row) or says_salary_account(row)
