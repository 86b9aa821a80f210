"""Tills and collectors that print their own mark before the payee, and what is usually paid through them."""

import re
from typing import Final

from finapp.transactions.domain.categorizer.findings import Finding

_TILLS: Final = (
    ("TST", "dining", 0.90, "paid through a till that restaurants use"),
    ("SPO*", "dining", 0.88, "paid through a till that restaurants use"),
    ("TM *", "entertainment", 0.88, "paid through a ticket office"),
    ("FH*", "entertainment", 0.80, "paid through a booking office for outings"),
    ("FH *", "entertainment", 0.80, "paid through a booking office for outings"),
    ("EB *", "entertainment", 0.85, "paid through a ticket office"),
    ("ABC*", "personal_care", 0.85, "collected for a gym"),
    ("CTLP*", "dining", 0.75, "a vending machine"),
    ("NYX*", "dining", 0.75, "a vending machine"),
    ("PSN*", "utilities", 0.72, "collected for a utility or a town"),
    ("SP *", "shopping", 0.75, "paid to an online shop"),
    ("SP ", "shopping", 0.75, "paid to an online shop"),
    ("AWX*", "shopping", 0.72, "paid to an online shop"),
    ("GLOBAL-E", "shopping", 0.80, "paid to an online shop"),
    ("BT*", "shopping", 0.50, "paid to an online shop"),
    ("SQ ", "dining", 0.45, "paid through a till that cafés and stalls use"),
    ("ZETTLE", "dining", 0.45, "paid through a till that cafés and stalls use"),
    ("SUMUP", "dining", 0.45, "paid through a till that cafés and stalls use"),
    ("ZAPPER", "dining", 0.85, "paid by a code on the table, as restaurants use"),
    ("SNAPSCAN", "dining", 0.45, "paid through a till that cafés and stalls use"),
    ("YOCO", "dining", 0.45, "paid through a till that cafés and stalls use"),
    ("PAYPAL *", "shopping", 0.45, "paid through PayPal"),
)
"""How tills and collectors begin their lines, and what is usually paid through them. The first that fits decides."""
_MARK: Final = re.compile(
    r"(?:APLPAY |GGLPAY |(?:RECURRING )?(?:CARD|DEBIT CARD|POS|POS DEBIT) PURCHASE (?:WITH PIN )?[-\d/ ]*)*"
    f"({'|'.join(re.escape(row[0]) for row in _TILLS)})"
)
_FINDINGS: Final = {
    beginning: Finding(leaf, strength, "template", "", why) for beginning, leaf, strength, why in _TILLS
}


def of(text: str) -> str:
    """How the till or collector of a line begins its name, empty without one."""
    mark = _MARK.match(text)
    return mark[1] if mark else ""


def finding(till: str) -> Finding | None:
    """What is usually paid through a till that `of` named; None for none."""
    return _FINDINGS.get(till)
