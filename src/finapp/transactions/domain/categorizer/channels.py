"""Codes that banks of one country print before the payee and that are words or brands elsewhere."""

import re
from typing import Final

from finapp.transactions.domain.descriptor import Descriptor, parse

_BRITISH: Final = re.compile(r"(?:BP|DR)\s+(?=\S+\s+\S)")
"""Bill payment and debit, as HSBC prints them. A filling station prints at most its town."""
_STATION: Final = re.compile(
    r"BP\s+(?:.*\b)?(?:CONNECT|PULSE|EXPRESS|SERVICE|SERVICES|STATION|FILLING|FUEL|PETROL|OIL|RETAIL|M&S|S/STN|SSTN|SF|"
    r"MFG|GARAGE|SPAR|PFS|ROAD|RD|STREET|ST|LTD)\b"
)


def british(descriptor: Descriptor) -> Descriptor:
    """A British narration without the code at its beginning where that code stands before a payee."""
    text = descriptor.text
    code = _BRITISH.match(text)
    if descriptor.channel or not code or _STATION.match(text):
        return descriptor
    behind = parse(text[code.end() :], descriptor.direction)
    return behind._replace(channel=behind.channel or "bank_transfer")
