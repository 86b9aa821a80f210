"""The door to the outside: only public addresses, the checked address is the called one, redirects are not followed."""

import socket
from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import ip_address
from typing import Any

import httpx2
import pytest

from finapp.kernel.errors import Unavailable
from finapp.platform import outgoing

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Sets what the name service answers; returns the list of names that were asked."""

    def install(*addresses: str) -> list[str]:
        asked: list[str] = []

        def getaddrinfo(host: str, port: int, **options: Any) -> list[Any]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return install


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[httpx2.Request]]:
    """Sets how the outside answers; returns the list of requests that reached it."""

    def install(answer: Callable[[httpx2.Request], httpx2.Response]) -> list[httpx2.Request]:
        reached: list[httpx2.Request] = []

        def handle(request: httpx2.Request) -> httpx2.Response:
            reached.append(request)
            return answer(request)

        client = partial(httpx2.Client, transport=httpx2.MockTransport(handle))
        monkeypatch.setattr(httpx2, "Client", client)
        return reached

    return install


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "::127.0.0.1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_not_public(address: str) -> None:
    assert not outgoing.is_public(ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, PUBLIC_6, "8.8.8.8", "64:ff9b::8.8.8.8"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert outgoing.is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "example.com",
        "",
        "https://",
        "https://user:secret@example.com/",
        "https://user@example.com/",
        "http://[::1",
        "https://exa mple.com:port/",
    ],
)
def test_what_is_no_plain_http_url_is_refused(url: str, resolve: Callable[..., list[str]]) -> None:
    asked = resolve(PUBLIC)
    with pytest.raises(outgoing.Refused):
        outgoing.send("POST", url)
    assert asked == []


@pytest.mark.parametrize("addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["fe80::1%eth0"], []])
def test_a_name_with_any_inner_address_is_refused(
    addresses: list[str], resolve: Callable[..., list[str]], outside: Callable[..., list[httpx2.Request]]
) -> None:
    resolve(*addresses)
    reached = outside(lambda request: httpx2.Response(200))
    with pytest.raises(outgoing.Refused):
        outgoing.send("POST", "https://hooks.example.com/")
    assert reached == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_an_inner_address_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises((outgoing.Refused, Unavailable)):
        outgoing.send("POST", f"http://{host}/")


def test_a_name_that_does_not_resolve_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> Any:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unavailable):
        outgoing.send("POST", "https://hooks.example.com/")


@pytest.mark.parametrize(
    ("address", "shown"), [(PUBLIC, PUBLIC), (PUBLIC_6, f"[{PUBLIC_6}]")], ids=["version 4", "version 6"]
)
def test_the_connection_goes_to_the_checked_address_under_the_name_that_was_given(
    address: str, shown: str, resolve: Callable[..., list[str]], outside: Callable[..., list[httpx2.Request]]
) -> None:
    asked = resolve(address)
    reached = outside(lambda request: httpx2.Response(202, headers={"X-Seen": "1"}, content=iter([b"o", b"k"])))
    reply = outgoing.send(
        "POST", "https://hooks.example.com:8443/a?b=c", body=b"{}", headers={"Host": "inner", "X-A": "1"}
    )
    assert (reply.status, reply.headers["x-seen"], reply.body) == (202, "1", b"ok")
    [request] = reached
    assert str(request.url) == f"https://{shown}:8443/a?b=c"
    assert request.headers.get_list("Host") == ["hooks.example.com:8443"]
    assert request.extensions["sni_hostname"] == "hooks.example.com"
    assert (request.headers["X-A"], request.content) == ("1", b"{}")
    assert asked == ["hooks.example.com"]


def test_a_redirect_is_an_answer_and_is_not_followed(
    resolve: Callable[..., list[str]], outside: Callable[..., list[httpx2.Request]]
) -> None:
    resolve(PUBLIC)
    headers = {"Location": "http://169.254.169.254/"}
    reached = outside(lambda request: httpx2.Response(302, headers=headers, content=iter([b""])))
    assert outgoing.send("GET", "https://hooks.example.com/").status == 302
    assert len(reached) == 1


def test_an_answer_that_does_not_end_is_cut_off(
    resolve: Callable[..., list[str]], outside: Callable[..., list[httpx2.Request]]
) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 100_000
            yield b"x" * 100_000

    resolve(PUBLIC)
    outside(lambda request: httpx2.Response(200, content=endless()))
    with pytest.raises(Unavailable, match="too long"):
        outgoing.send("GET", "https://hooks.example.com/")
    assert sent <= outgoing.OUTSIDE_BYTES + 200_000


def test_a_fault_on_the_way_is_unavailable(
    resolve: Callable[..., list[str]], outside: Callable[..., list[httpx2.Request]]
) -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectTimeout("no")

    resolve(PUBLIC)
    outside(fail)
    with pytest.raises(Unavailable):
        outgoing.send("GET", "https://hooks.example.com/")
