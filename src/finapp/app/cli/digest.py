"""Prints or mails the digest of a household, from a running server."""

import os
from typing import Literal

import typer

from finapp.platform.mail import Mail, send_mail

Period = Literal["week", "month", "year"]
Format = Literal["text", "html"]
TOKEN = "FINAPP_TOKEN"  # noqa: S105  the name of the variable, not a token


class DigestError(Exception):
    """What went wrong, in one line."""


def digest(url: str, period: Period, year: int | None, mail_to: str | None, written: Format) -> str:
    """The digest as asked; mailed as both text and page when there is an address. Raises DigestError."""
    token = os.environ.get(TOKEN)
    if not token:
        raise DigestError(f"{TOKEN} must hold an access token or an API token with the scope dashboard:read")
    if mail_to is None:
        return _asked(url, token, period, year, written)
    text, page = (_asked(url, token, period, year, each) for each in ("text", "html"))
    try:
        send_mail(Mail(to=mail_to, subject=text.splitlines()[0], text=text, html=page), failed=_told)
    except (OSError, ValueError) as fault:
        raise DigestError(f"the mail could not be sent: {fault}") from None
    return f"The digest was mailed to {mail_to}."


def _told(fault: str) -> None:
    typer.echo(f"finapp: the mail server did not take it, {fault}", err=True)


def _asked(url: str, token: str, period: Period, year: int | None, written: str) -> str:
    import httpx2

    path = "/api/v1/dashboard/year-end" if period == "year" else "/api/v1/dashboard/digest"
    asked = {
        "format": written,
        **({"year": str(year)} if year else {}),
        **({} if period == "year" else {"period": period}),
    }
    try:
        with httpx2.Client(base_url=url, timeout=60, trust_env=False) as client:
            answer = client.get(path, params=asked, headers={"Authorization": f"Bearer {token}"})
    except httpx2.HTTPError as fault:
        raise DigestError(f"{url} does not answer: {fault}") from None
    if answer.status_code != 200:
        raise DigestError(f"{url} refused ({answer.status_code}): {answer.json().get('detail', '')}")
    return answer.text


def run(
    url: str = typer.Option("http://127.0.0.1:8000", help="A running server."),
    period: Period = typer.Option("week", help="The last whole week, month or year."),
    year: int | None = typer.Option(None, help="Another year, for the period year."),
    mail_to: str | None = typer.Option(
        None, help="Mail it there instead of printing it; FINAPP_SMTP names the server."
    ),
    written: Format = typer.Option("text", "--format", help="How to print it."),
) -> None:
    """Prints a summary of the household whose token FINAPP_TOKEN holds, or mails it."""
    try:
        typer.echo(digest(url, period, year, mail_to, written))
    except DigestError as fault:
        typer.echo(f"finapp: {fault}", err=True)
        raise typer.Exit(1) from None
