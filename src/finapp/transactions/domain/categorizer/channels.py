"""Codes that banks of one country print before the payee and that are words or brands elsewhere."""

import re
from typing import Final

from finapp.transactions.domain.descriptor import Descriptor, parse

_BRITISH: Final = re.compile(r"(?:BP|DR)\s+(?=\S+\s+\S)")
"""Bill payment and debit, as HSBC prints them."""
_STATION: Final = re.compile(
    r"BP\s+(?:.*\b)?(?:CONNECT|PULSE|EXPRESS|STATION|FILLING|FUEL|PETROL|OIL|RETAIL|M&S|S/STN|SSTN|SF|"
    r"MFG|GARAGE|SPAR|PFS|ROAD|RD|STREET|ST)\b"
)
"""A filling station of that brand."""
_DOCTOR: Final = re.compile(
    r"DR\s.*\b(?:DENT\w*|CLINIC|SURGERY|MEDICAL|PRACTICE|PHARMACY|HEALTH\w*|OPTIC\w*|VET\w*|AND)\b"
)
"""A doctor, who is not a debit."""


def british(descriptor: Descriptor) -> Descriptor:
    """A British narration without the code at its beginning where that code stands before a payee."""
    text = descriptor.text
    code = _BRITISH.match(text)
    if descriptor.channel or not code or _STATION.match(text) or _DOCTOR.match(text):
        return descriptor
    behind = parse(text[code.end() :], descriptor.direction)
    return behind._replace(channel=behind.channel or "bank_transfer")
