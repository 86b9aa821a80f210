"""The only door for outgoing mail: one configured server, and nobody else."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

SERVER, SENDER = "FINAPP_SMTP", "FINAPP_MAIL_FROM"
SECONDS = 30.0
WAITS = (2.0, 10.0, 30.0)
"""Seconds before each further try."""
_FOR_GOOD = 500
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A message as plain text and as a page."""

    to: str
    subject: str
    text: str
    html: str


def message(mail: Mail, sender: str) -> EmailMessage:
    """The message as it goes out: text first, the page beside it. Its id stays through every try, so that a reader's
    server knows one it has taken already."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, mail.to, mail.subject
    made["Date"] = formatdate()
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or None)
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    return made


def send_mail(
    mail: Mail, *, failed: Callable[[str], None] = lambda _: None, wait: Callable[[float], None] = time.sleep
) -> None:
    """Sends a message through the server that FINAPP_SMTP names: `smtps://user:password@host`,
    `smtp+starttls://...`, or `smtp://host` without encryption for a server of one's own.

    What may pass (no connection, an answer 4xx) is tried again after each of `WAITS`; `failed` is told of every such
    failure. Raises ValueError when it is not configured or not such an address, OSError when the server does not take
    it.
    """
    server, sender = urlsplit(os.environ.get(SERVER, "")), os.environ.get(SENDER, "")
    if server.scheme not in _PORTS or not server.hostname or not sender:
        raise ValueError(f"{SERVER} must be smtp://, smtp+starttls:// or smtps://host, and {SENDER} an address")
    written = message(mail, sender)
    for number, seconds in enumerate(WAITS, start=1):
        try:
            _hand_over(server, written)
        except OSError as fault:
            if not _may_pass(fault):
                raise
            failed(f"try {number} of {len(WAITS) + 1}: {fault}; again in {seconds:g} s")
            wait(seconds)
        else:
            return
    _hand_over(server, written)


def _may_pass(fault: OSError) -> bool:
    """Whether a later try may succeed: not after a refusal for good (5xx) or with a certificate of nobody known."""
    import smtplib
    import ssl

    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code < _FOR_GOOD for code, _ in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return fault.smtp_code < _FOR_GOOD
    return not isinstance(fault, smtplib.SMTPNotSupportedError | ssl.SSLError)


def _hand_over(server: SplitResult, written: EmailMessage) -> None:
    import smtplib
    import ssl

    host, port, safe = server.hostname or "", server.port or _PORTS[server.scheme], ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=safe)
    else:
        connection = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=safe)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(written)
    finally:
        # How a server says goodbye changes nothing: it has the message, or has said why not.
        with suppress(OSError):
            connection.quit()
        connection.close()
