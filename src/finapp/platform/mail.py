"""The only door for outgoing mail: one configured server, and nobody else."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

SERVER, SENDER = "FINAPP_SMTP", "FINAPP_MAIL_FROM"
SECONDS = 30.0
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A message as plain text and as a page."""

    to: str
    subject: str
    text: str
    html: str


def message(mail: Mail, sender: str) -> EmailMessage:
    """The message as it goes out: text first, the page beside it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, mail.to, mail.subject
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    return made


def send_mail(mail: Mail) -> None:
    """Sends a message through the server that FINAPP_SMTP names: `smtps://user:password@host`,
    `smtp+starttls://...`, or `smtp://host` without encryption for a server of one's own.

    Raises ValueError when it is not configured or not such an address, OSError when the server does not take it.
    """
    import smtplib
    import ssl

    server, sender = urlsplit(os.environ.get(SERVER, "")), os.environ.get(SENDER, "")
    if server.scheme not in _PORTS or not server.hostname or not sender:
        raise ValueError(f"{SERVER} must be smtp://, smtp+starttls:// or smtps://host, and {SENDER} an address")
    port, safe = server.port or _PORTS[server.scheme], ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(server.hostname, port, timeout=SECONDS, context=safe)
    else:
        connection = smtplib.SMTP(server.hostname, port, timeout=SECONDS)
    with connection:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=safe)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message(mail, sender))
