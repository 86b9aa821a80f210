"""Tables that are of a credit card by their headings or by the numbers in their rows."""

import re
from collections.abc import Collection

from finapp.transactions.readers.detection import Detected
from finapp.transactions.readers.words import normalized

_HEADING = re.compile(
    r"(credit )?card ?(no|num|number|member|holder|ending|last 4 digits|holder name)s?|kreditkarte\w*"
)
_OF_ACCOUNT = re.compile(r"(?!.*\bcard\b)(.*\b(account|a c|acct|iban)\b.*)")
_MASKED = re.compile(r"(?:[Xx*•]{4}[ -]){3}\d{3,5}|\d{4}[ -]?\d{0,2}[Xx*•]{2,}[Xx*• -]*\d{3,5}")
"""`XXXX XXXX XXXX 4417`, `4315 81XX XXXX 4417`, `431581******4417`: the sixteen places of a card, some hidden."""
_DEBIT = re.compile(r"(?i)\bdebit ?cards?\b|\bcheck ?cards?\b|girocard|\bprepaid\b")


def is_of_card(detected: Detected, numbers: Collection[str | None]) -> bool:
    """Whether a table of no known layout is of a credit card.

    It is where a heading or the own number of its rows says card, unless there is a running balance or the number of
    a bank account beside it, or the file speaks of debit cards. `numbers` are what its rows name as their account.
    """
    table, plan = detected.table, detected.plan
    headings = [normalized(heading) for heading in table.headings]
    if plan.money.balance is not None or any(map(_OF_ACCOUNT.fullmatch, headings)):
        return False
    own = [number for number in numbers if number]
    named = any(map(_HEADING.fullmatch, headings))
    if not named and not (own and all(map(_MASKED.fullmatch, own))):
        return False
    around = " ".join(cell for record in (*table.before, *table.body[:50]) for cell in record.cells)
    return _DEBIT.search(f"{' '.join(table.headings)} {around}") is None
