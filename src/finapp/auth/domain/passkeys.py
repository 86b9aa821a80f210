"""Where a passkey is good: at the address it was made under, and nowhere else."""

import re
from ipaddress import ip_address

from finapp.auth.public import NoNameForPasskeys

MOST_PASSKEYS = 20
TICKET_SECONDS = 5 * 60
_WITHOUT_PORT = re.compile(r":\d+$")


def relying_party(origin: str) -> str:
    """The name that browsers bind passkeys of an origin to. Raises NoNameForPasskeys for a bare address."""
    host = _WITHOUT_PORT.sub("", origin.partition("://")[2]).lower()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        if host:
            return host
    raise NoNameForPasskeys("origin", f"{origin} has no name that a passkey could be bound to")
