"""The words of a parsed descriptor."""

from typing import Literal, NamedTuple

Direction = Literal["in", "out", ""]
"""Seen from the account: `in` is a credit. Empty when neither the amount nor the text says."""

Channel = Literal[
    "",
    "upi",
    "bank_transfer",
    "instant_transfer",
    "direct_debit",
    "direct_credit",
    "standing_order",
    "card",
    "bill_pay",
    "cash",
    "cheque",
    "instalment",
    "card_bill",
    "fee",
    "interest",
]


class Descriptor(NamedTuple):
    """One narration, taken apart. Texts are upper case with single spaces; absent parts are empty.

    A named tuple rather than a dataclass: 80,000 of them are made in a second.
    """

    text: str
    """The whole narration, normalised."""
    core: str
    """The payee without channel, references, dates, city. Never empty for a non-empty narration."""
    channel: Channel = ""
    direction: Direction = ""
    handle: str = ""
    """UPI address or similar, as printed."""
    note: str = ""
    """What the payer wrote, or the purpose."""
    reference: str = ""
    city: str = ""
    last4: str = ""
    """Last four digits of a counterparty account or card named in the text."""
    person: bool = False
    """The text itself says that the other side is a person (P2A, a phone number as the handle, e-transfer ...)."""
