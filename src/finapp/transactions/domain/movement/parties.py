"""Whom a narration names: nobody, the household itself, or somebody else."""

import re
from functools import lru_cache
from typing import Final, Literal

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.movement import evidence, wording
from finapp.transactions.domain.movement.evidence import ALSO_PRINTED, described, names_holder
from finapp.transactions.domain.movement.values import Household, LightRow, OwnAccount
from finapp.transactions.domain.movement.wording import words_of

# What banks print around a movement of money: none of these words is anybody's name.
_BANKING: Final = frozenset(
    """
    A ABRECHNUNG AC ACC ACCOUNT ACCOUNTS ACCT ACH ADD ADDED ADDING ADVICE AHORRO AN APR ATM AUF AUFTRAG AUG AUSGANG
    AUTO AUTOMATIC AUTOPAY BACS BALANCE BANK BANKING BCC BESTEN BETAALREKENING BGC BIL BILL BILLPAY BONIFICO BONUS
    BOOK BP BPAY BRANCH BREAK BY CARD CARDS CASH CBA CC CHAPS CHECKING CHK CHQ CLEARED CLEARING CO COM COMPTE CONTO
    COURANT CR CRD CREATION CRED CREDIT CREDITCARD CREDITED CUENTA CUENTAS CURRENT DANKE DATE DAUERAUFTRAG DAY DE
    DEBIT DEBITED DEC DEP DEPOSIT DES DESDE DIRECT DOMESTIC DR DU ECHECK ECHTZEIT ECHTZEITUEBERWEISUNG ECS
    EFFETTUATO EFT EIGEN EIGENE EIGENES EINGANG EINZAHLUNG EL ELECTRONIC EMI EMIS EMITIDA END ENTRE ENTRY EPARGNE
    EPARGNER EPAY EPAYMENT ERHALTEN EUR EVERYDAY EXCHANGE EXCHANGED EXT EXTERNAL FAST FASTER FAVEUR FAVORE FD FEB
    FINANCE FIXED FN FOR FP FPI FPO FPS FROM FT FUND FUNDS GBP GEHALT GEHALTSKONTO GIRO GIROCONTO GIROKONTO GIROPAY
    GOAL GUTSCHRIFT HACIA HAUSBANK HOLDING IB IBFT IFT IHRE IMPS IN INB INC INCOMING INF INFT INR INST INSTALLMENT
    INSTALLMENTS INSTALMENT INSTALMENTS INSTANT INTER INTERAC INTERACCOUNT INTERBANK INTERNAL INTERNE INTERNET INTO
    ISA ISAVER IST JAN JOINT JUL JUN KARTE KONTO KREDITKARTE KREDITKARTENABRECHNUNG LA LASTSCHRIFT LE LIMITED LINKED
    LIVRET LOAD LOADED LOAN LOHN LTD MADE MAIN MAR MAY MB MEIN MEINE MICR MMT MOB MOBILE MOD MON MONEY MONTHLY MOVE
    MOVED MY NA NAAR NACH NB NEFT NET NETBANK NETBANKING NETSAVER NEXT NO NOMINA NOMINATED NOREF NOV NPP NUMBER OCT
    OF OFFSET ON ONL ONLINE ORDER OSKO OUT OUTGOING OUTWARD OVERBOEKING OWN P2A P2M P2P PAID PARTY PAY PAYID PAYMENT
    PAYMENTS PAYMNT PENDING PENSION PER PERMANENT PERSONAL PLC PMT POT PPD PREPAID PROPIA PYMT RCVD RD RECD RECEIPT
    RECEIVED RECIBIDA RECU RECURRING RECVD REDEMPTION REF REFERENCE REGULAR REKENING REMITTANCE REVOLUT RISPARMIO
    RTGS RTP SAL SALARY SAME SAV SAVE SAVER SAVING SAVINGS SB SCHEDULED SELF SENT SEP SEPA SET SHARE SO
    SPAARREKENING SPACE SPARBUCH SPAREKONTO SPAREN SPARKONTO SPARRATE STANDARD STANDING STARTER STO SU SWEEP
    TAGESGELD TAGESGELDKONTO TEL TELEPHONE TERM TF TFR THANK THANKS THE THIRD THROUGH THRU TO TOP TOPUP TOWARDS TPT
    TRANS TRANSACT TRANSACTION TRANSF TRANSFER TRANSFERENCIA TRANSFERRED TRANSFERS TRANSFERWISE TRASPASO TRF TRSF
    TRX TT TU TXN TXNS UEBERTRAG UEBERWEISUNG UMBUCHUNG UP UPI USD USING VAN VAULT VERRECHNUNGSKONTO VERS VIA VIR
    VIREMENT VOM VON VPA WALLET WEB WIRE WISE WITH WITHDRAWAL WITHDRAWALS WITHDRAWN XFER YOU YOUR ZAHLUNG ZELLE
    """.split()
)  # fmt: skip
SURE: Final = 0.95
"""Confidence from which a category speaks for itself."""
Party = Literal["nobody", "holder", "holder_among_others", "stranger"]
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_REFERENCE: Final = re.compile(r"(?<![\dX*])(?!20\d\d[01]\d[0-3]\d)\d{9,}(?![\dX*])")
_CHEQUE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")
_PLAIN: Final = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "É": "E", "È": "E", "Ç": "C"})
_TELLS_NOTHING: Final = frozenset("BANK CARD CREDIT ACCOUNT THE AND MAIN NEW OLD CASH JOINT PERSONAL".split())
_COMPANY: Final = re.compile(
    r"\b(?:LTD|LIMITED|PVT|LLP|LLC|INC|CORP|CORPORATION|CO|PLC|GMBH|AG|SE|UG|KG|EV|SA|SARL|SAS|SL|BV|NV|SRL|SPA|AB|OY|"
    r"TECHNOLOGIES|TECHNOLOGY|SERVICES|SOLUTIONS|SYSTEMS|COMPANY|GROUP|INDUSTRIES|UNIVERSITY|COUNCIL|NHS|HOSPITAL|SCHOOL)\b"
)


def could_move(row: LightRow) -> bool:
    """Whether the row may be one side of an own movement: not one that a person or a certain category says is not.

    Money that came in may always be an own movement, however much its words look like a salary.
    """
    if row.amount == 0:
        return False
    kind = row.does
    if row.category == taxonomy.CARD_SPENDING_UNSEEN or kind is None or kind in evidence.MOVING_KINDS:
        return True
    if row.decided:
        return False
    if kind == "income" or row.says & (wording.MOVED | wording.SELF | wording.SALARY_ACCOUNT):
        return True
    return row.confidence < SURE and evidence.goes_by_transfer(row)


def stands_alone(row: LightRow) -> bool:
    """Whether a row is spending by its category alone, whatever else is in the ledger: rows of one account and category
    that say the same are decided alike."""
    if row.cues is None or row.decided or row.amount >= 0 or row.does != "expense":
        return False
    return row.account_kind not in ("credit_card", "loan", "investment") and not could_move(row)


def prints_movement(row: LightRow) -> bool:
    """Whether the narration prints a word for money that is moved, whoever the other side is."""
    return bool(row.says & wording.MOVED)


def says_sweep(row: LightRow) -> bool:
    """Whether the bank itself moved the money between an account and its deposit."""
    return wording.says_sweep(described(row).text)


def says_converted(row: LightRow) -> bool:
    """Whether a card's credit says that a purchase was turned into instalments."""
    return row.account_kind == "credit_card" and bool(row.says & wording.CONVERTED)


def named_party(row: LightRow, household: Household, ours: frozenset[str]) -> Party:
    """Whom the payee's words name; `ours` are the household's own words (see own_words)."""
    if names_holder(row, household.holders):
        return "holder"
    core = described(row).core
    unknown = [word for word in _WORD.findall(core.translate(_PLAIN)) if word not in _BANKING and word not in ours]
    if evidence.mentions_holder(core, household.holders):
        if not unknown:
            return "holder"
        # What stands beside the own name is a purpose, unless it is a company, which prints whom it pays.
        return "stranger" if _COMPANY.search(core) else "holder_among_others"
    return "stranger" if unknown else "nobody"


def names_own_account(row: LightRow, account: OwnAccount) -> bool:
    """Whether the narration prints the name that the household gave the account: its words that tell it apart."""
    telling = [word for word in words_of(account.name) if len(word) > 2 and word not in _TELLS_NOTHING]
    printed = set(_WORD.findall(described(row).text))
    return bool(telling) and all(word in printed for word in telling)


def own_words(household: Household) -> frozenset[str]:
    """The words of the names of the household's members, accounts and banks."""
    words = {word for holder in household.holders for word in words_of(holder)}
    for account in household.accounts:
        words.update(words_of(account.name))
        for word in words_of(account.institution):
            words.update((word, *ALSO_PRINTED.get(word, ())))
    return frozenset(word.translate(_PLAIN) for word in words)


def share_a_name(one: LightRow, other: LightRow) -> bool:
    """Whether a telling word of one payee begins a word of the other, as banks that cut names print them."""
    theirs = telling_words(other)
    return any(a.startswith(b) or b.startswith(a) for a in telling_words(one) for b in theirs)


def telling_words(row: LightRow) -> tuple[str, ...]:
    """The words of a payee, of four letters or more, that are not what banks print around it."""
    return _telling_words(described(row).core)


@lru_cache(8_192)
def _telling_words(core: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(core) if len(word) > 3 and word not in _BANKING)


def same_reference(out: LightRow, into: LightRow) -> str | None:
    """A bank's own number of one payment that both narrations print; None when they share none, or when it came back.

    Two cheque lines share the number of the cheque; a long number that begins with a day is none.
    """
    if evidence.says_refund(into):
        return None
    cheque = described(out).channel == described(into).channel == "cheque"
    pattern = _CHEQUE if cheque else _REFERENCE
    return min({*pattern.findall(out.description)} & {*pattern.findall(into.description)}, default=None)
