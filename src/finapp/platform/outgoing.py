"""The only door for outgoing HTTP: guarded towards the outside, plain towards the configured neighbours."""

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from finapp.kernel.errors import FinappError, Unavailable

if TYPE_CHECKING:
    import httpx2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

CONNECT_SECONDS = 1.0
READ_SECONDS = 30.0
# Shorter than the five seconds after which uvicorn closes an idle connection, so that none is reused while it closes.
IDLE_SECONDS = 4.0
OUTSIDE_SECONDS = 10.0
OUTSIDE_BYTES = 1_000_000

# Stricter than `is_global`, whose table differs between releases of Python and knows no metadata services.
_UNICAST_6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INSIDE = (
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments; Oracle's metadata service
    ipaddress.ip_network("168.63.129.16/32"),  # Azure's metadata service
    ipaddress.ip_network("2002::/16"),  # 6to4, which carries any IPv4 address
)


class Refused(FinappError):
    """The address is not one that may be called from here."""

    code = "address_refused"
    status = 422
    title = "This address may not be called"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the outside answered. Redirects are answers too: they are never followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def neighbour_client(url: str, read_seconds: float = READ_SECONDS) -> "httpx2.Client":
    """A keep-alive client for one configured neighbour: no guard, no proxy from the environment, no redirects."""
    import httpx2

    return httpx2.Client(
        base_url=url,
        timeout=httpx2.Timeout(read_seconds, connect=CONNECT_SECONDS),
        limits=httpx2.Limits(keepalive_expiry=IDLE_SECONDS),
        trust_env=False,
        follow_redirects=False,
    )


def send(method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
    """One request to an address that a person gave, such as a webhook.

    The name is resolved once and the connection goes to the address that was checked, so that a second answer of
    the name service cannot lead inside. Waits at most 10 seconds for each read, and takes at most 10 seconds and 1 MB
    of answer. Raises Refused for an address that is not public, for another scheme than http or https and for
    credentials in the URL; Unavailable when the other side does not answer within the limits.
    """
    import httpx2

    target, address = _checked(url)
    host = target.netloc.decode("ascii")
    request = httpx2.Request(
        method,
        target.copy_with(host=str(address)),
        content=body,
        headers={**(headers or {}), "Host": host, "Accept-Encoding": "identity"},
        # The certificate is checked for the name, although the connection goes to the number.
        extensions={"sni_hostname": target.host, "timeout": httpx2.Timeout(OUTSIDE_SECONDS).as_dict()},
    )
    try:
        with httpx2.Client(trust_env=False, follow_redirects=False) as client:
            return _read(client, request)
    except httpx2.HTTPError:
        raise Unavailable("the other side does not answer") from None


def require_public(url: str) -> None:
    """Raises Refused for an address that `send` would not call, Unavailable for a name that cannot be resolved."""
    _checked(url)


def _checked(url: str) -> "tuple[httpx2.URL, Address]":
    import httpx2

    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise Refused("this is not a URL") from None
    if target.scheme not in ("http", "https") or not target.host or target.userinfo:
        raise Refused("only http and https URLs without credentials may be called")
    return target, public_address(target.host, target.port or (443 if target.scheme == "https" else 80))


def _read(client: "httpx2.Client", request: "httpx2.Request") -> Reply:
    deadline = time.monotonic() + OUTSIDE_SECONDS
    answer = client.send(request, stream=True)
    received = bytearray()
    try:
        for chunk in answer.iter_raw():
            received += chunk
            if len(received) > OUTSIDE_BYTES or time.monotonic() > deadline:
                raise Unavailable("the answer is too long or too slow")
    finally:
        answer.close()
    return Reply(status=answer.status_code, headers=dict(answer.headers), body=bytes(received))


def public_address(host: str, port: int) -> Address:
    """The first address of `host`. Raises Refused unless every one of its addresses is public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unavailable("the name cannot be resolved") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise Refused("the name leads to an address that is not public")
    return addresses[0]


def is_public(address: Address) -> bool:
    """Whether an address lies in the open internet. NAT64 counts as the address it carries."""
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST_6:
        return False
    inside = address.is_multicast or any(address in network for network in _INSIDE)
    return address.is_global and not inside
