"""The digest by a real mail server of this process: in plain text, signed in behind STARTTLS, and refused."""

import base64
import datetime as dt
import ipaddress
import smtplib
import socketserver
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from finapp.platform.mail import WAITS, Mail, send_mail

pytestmark = pytest.mark.acceptance
MAIL = Mail(to="reader@example.com", subject="Your week", text="Income 1 €\n.\n", html="<p>Income 1 €</p>")
USER, PASSWORD = "digest", "p@ss:word"


class _Talk(socketserver.StreamRequestHandler):
    """One conversation by RFC 5321, with AUTH PLAIN (RFC 4954) and STARTTLS (RFC 3207) where there is a certificate."""

    server: "_Server"

    def handle(self) -> None:
        self._say("220 test")
        is_known = False
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                offers = ["test", *(["STARTTLS"] if self.server.context and not self._is_safe else [])]
                offers += ["AUTH PLAIN"] if self._is_safe else []
                for number, offer in enumerate(offers):
                    self._say(f"250{' ' if number == len(offers) - 1 else '-'}{offer}")
            elif word == "STARTTLS" and self.server.context:
                self._say("220 go on")
                self.finish()
                plain, self.request = self.request, None
                self.request = self.server.context.wrap_socket(plain, server_side=True)
                self.setup()
            elif word == "AUTH":
                said = base64.b64decode(line.split(" ")[2]).decode().split("\0")[1:]
                is_known = said == [USER, PASSWORD]
                self._say("235 welcome" if is_known else "535 no")
            elif word == "MAIL" and self.server.context and not is_known:
                self._say("530 sign in first")
            elif word == "RCPT" and self.server.refusals:
                self._say(self.server.refusals.pop(0))
            elif word == "DATA":
                self._say("354 go on")
                self._take()
                self._say("250 taken")
            elif word == "QUIT":
                self._say(self.server.goodbye)
                return
            else:
                self._say("250 ok")

    def finish(self) -> None:
        super().finish()
        if self._is_safe:
            self.request.close()

    @property
    def _is_safe(self) -> bool:
        return isinstance(self.request, ssl.SSLSocket)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.taken.append((self._is_safe, b"".join(lines)))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None, refusals: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.context, self.refusals, self.goodbye = context, refusals, "221 bye"
        self.taken: list[tuple[bool, bytes]] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up at a certificate is what one of the tests is about."""


@contextmanager
def listening(context: ssl.SSLContext | None = None, refusals: Iterable[str] = ()) -> Iterator[_Server]:
    with _Server(context, list(refusals)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Any:
    # Asking for the own name may wait for a name server.
    monkeypatch.setattr("socket.getfqdn", lambda: "test.example.com")

    def configure(server: _Server, scheme: str, signs_in: str = "") -> None:
        monkeypatch.setenv("FINAPP_SMTP", f"{scheme}://{signs_in}127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv("FINAPP_MAIL_FROM", "finapp@example.com")

    return configure


def test_a_mail_arrives_as_it_was_written(configured: Any) -> None:
    with listening() as server:
        configured(server, "smtp")
        send_mail(MAIL)
    ((_, taken),) = server.taken
    found = message_from_bytes(taken, policy=policy.default)
    assert (found["To"], found["From"], found["Subject"]) == (MAIL.to, "finapp@example.com", MAIL.subject)
    text, page = (part.get_content() for part in found.iter_parts())
    assert (text.replace("\r\n", "\n"), page.strip()) == (MAIL.text, MAIL.html)


def test_it_signs_in_behind_encryption(configured: Any, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(context) as server:
        configured(server, "smtp+starttls", f"{USER}:p%40ss%3Aword@")
        send_mail(MAIL)
        configured(server, "smtp+starttls", f"{USER}:wrong@")
        with pytest.raises(smtplib.SMTPAuthenticationError):
            send_mail(MAIL)
    assert [is_safe for is_safe, _ in server.taken] == [True]


def test_a_server_that_nobody_vouches_for_gets_no_password(configured: Any, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with listening(context) as server:
        configured(server, "smtp+starttls", f"{USER}:p%40ss%3Aword@")
        with pytest.raises(ssl.SSLCertVerificationError):
            send_mail(MAIL)
    assert server.taken == []


def test_a_mail_that_is_not_taken_is_tried_again_and_arrives_once(configured: Any) -> None:
    failures: list[str] = []
    waits: list[float] = []
    with listening(refusals=["451 later", "450 busy"]) as server:
        configured(server, "smtp")
        send_mail(MAIL, failed=failures.append, wait=waits.append)
    assert waits == list(WAITS[:2])
    assert ["451" in failures[0], "450" in failures[1], len(failures)] == [True, True, 2]
    ((_, taken),) = server.taken
    found = message_from_bytes(taken, policy=policy.default)
    assert found["Message-ID"].endswith("@example.com>")
    assert found["Date"]


def test_a_server_that_says_goodbye_rudely_has_the_mail_or_has_said_why_not(configured: Any) -> None:
    waits: list[float] = []
    with listening() as server:
        server.goodbye = "421 enough"
        configured(server, "smtp")
        send_mail(MAIL, wait=waits.append)
        server.refusals = ["550 nobody here"]
        with pytest.raises(OSError, match="nobody"):
            send_mail(MAIL, wait=waits.append)
    assert (waits, len(server.taken)) == ([], 1)


def test_a_mail_that_is_refused_for_good_is_not_tried_again(configured: Any) -> None:
    waits: list[float] = []
    with listening(refusals=["550 nobody here"]) as server:
        configured(server, "smtp")
        with pytest.raises(OSError, match="nobody"):
            send_mail(MAIL, wait=waits.append)
    assert (waits, server.taken) == ([], [])


def test_a_mail_that_is_never_taken_is_an_error_after_a_few_tries(configured: Any) -> None:
    waits: list[float] = []
    with listening(refusals=["451 later"] * 9) as server:
        configured(server, "smtp")
        with pytest.raises(OSError, match="later"):
            send_mail(MAIL, wait=waits.append)
    assert waits == list(WAITS)
    with pytest.raises(OSError, match="refused"):
        send_mail(MAIL, wait=waits.append)
    assert waits == [*WAITS, *WAITS]
    assert server.taken == []
