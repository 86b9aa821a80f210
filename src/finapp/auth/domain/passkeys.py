"""Where a passkey is good: at the address it was made under, and nowhere else."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from finapp.auth.public import NoNameForPasskeys

MOST_PASSKEYS = 20
TICKET_SECONDS = 5 * 60


def relying_party(origin: str) -> str:
    """The name that browsers bind passkeys of an origin to. Raises NoNameForPasskeys for a bare address."""
    host = urlsplit(origin).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        if host:
            return host
    raise NoNameForPasskeys("origin", f"{origin} has no name that a passkey could be bound to")
