"""The commands."""

import gc
import ipaddress
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from finapp.app.cli import digest
from finapp.app.cli.demo import Profile
from finapp.app.settings import Settings
from finapp.kernel.clock import SystemClock
from finapp.platform.absent import absent
from finapp.platform.collecting import uncollected

if TYPE_CHECKING:
    from fastapi import FastAPI

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Personal finance a household can trust.")

_ADDRESS = "server.url"
"""In the data directory: where the server answers that holds it."""
_TURN_SECONDS = 0.0005
"""Python's own 5 ms would add up: a question takes several turns between threads."""
Data = Annotated[Path | None, typer.Option(help="Directory of the databases, keys and files; ./data by default.")]

app.command("digest")(digest.run)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless you say otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    data: Data = None,
    demo: Annotated[bool, typer.Option(help="Fill a demo household, when it is not there yet.")] = False,
) -> None:
    """Migrates the data and serves the product."""
    import uvicorn

    from finapp.app.cli.demo import fill_when_started
    from finapp.app.deadlines import Deadlines
    from finapp.app.warming import keep_tidy

    sys.setswitchinterval(_TURN_SECONDS)
    _require_free(host, port)
    settings, application = _application(data)
    quiet: dict[str, Any] = {"log_level": "warning", "server_header": False, "access_log": False, "ws": "none"}
    server = uvicorn.Server(uvicorn.Config(application, host=host, port=port, http=Deadlines, **quiet))
    url = f"http://{host}:{port}"
    threading.Thread(target=_announce, args=(server, url, keep_tidy), daemon=True).start()
    if demo:
        threading.Thread(target=fill_when_started, args=(server, url, _today(settings)), daemon=True).start()
    address = settings.data / _ADDRESS
    address.write_text(url)
    try:
        server.run()
    finally:
        address.unlink(missing_ok=True)


@app.command()
def demo(
    url: Annotated[str, typer.Option(help="A running server.")] = "http://127.0.0.1:8000",
    profile: Annotated[Profile, typer.Option(help="The country its banks and habits are of.")] = "in",
    seed: Annotated[int, typer.Option(help="Which household; equal seeds give equal ones.")] = 1,
) -> None:
    """Fills a demo household in a running server and prints how to sign in."""
    from finapp.app.cli.demo import fill_at

    fill_at(url, profile, seed, _today(Settings()))


@app.command()
def proxy(front: Annotated[str, typer.Option(help="The process that has everything else.")]) -> None:
    """Prints an nginx configuration for the contexts that FINAPP_ELSEWHERE names."""
    from finapp.app.cli.proxy import nginx

    typer.echo(nginx(front, Settings().contexts_elsewhere))


@app.command()
def doctor(
    data: Data = None,
    repair: Annotated[bool, typer.Option(help="Make what is wrong again from the rows.")] = False,
) -> None:
    """Recounts every kept sum, through the server that holds the data or by opening them, and says which are wrong."""
    from finapp.app.cli.doctor import examine
    from finapp.kernel.errors import FinappError

    try:
        wrong = examine(_settings(data), repair=repair, at=_running(data))
    except FinappError as refusal:
        raise typer.Exit(_say(str(refusal))) from None
    raise typer.Exit(1 if wrong else 0)


def _require_free(host: str, port: int) -> None:
    """Says before anything is started that the address cannot be listened on, and what an open one means."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as fault:
        raise typer.Exit(_say(f"cannot listen on {host}:{port} ({fault.strerror}); choose another --port")) from None
    if not ipaddress.ip_address(address[0]).is_loopback:
        _say(f"{host} can be reached by other machines, without encryption: put a proxy with TLS in front")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Statements.")],
    account: Annotated[str | None, typer.Option(help="Id, name or last digits of the account they are of.")] = None,
    url: Annotated[
        str | None, typer.Option(help="A running server; found by the data directory when left out.")
    ] = None,
    token: Annotated[str | None, typer.Option(envvar="FINAPP_TOKEN", help="An API token.")] = None,
    email: Annotated[str | None, typer.Option(envvar="FINAPP_EMAIL", help="Who you are, without a token.")] = None,
    mapping: Annotated[str | None, typer.Option(help="How to read the files, as JSON.")] = None,
    password: Annotated[str | None, typer.Option(help="Of encrypted files.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and store nothing.")] = False,
    data: Data = None,
) -> None:
    """Imports statements: through the server that holds the data, or by opening the data itself when none does."""
    from rich.console import Console

    from finapp.app.cli.importing import ImportRefused, Wanted, own_server, run, signed_in, through_server

    wanted = Wanted(files=tuple(files), account=account, mapping=mapping, password=password, dry_run=dry_run)
    try:
        with ExitStack() as opened:
            where = url or _running(data) or opened.enter_context(own_server(_application(data)[1]))
            known = token or signed_in(where, email or typer.prompt("E-mail"), _password())
            raise typer.Exit(run(opened.enter_context(through_server(where, known)), wanted, Console()))
    except ImportRefused as refusal:
        raise typer.Exit(_say(str(refusal))) from None


@app.command()
def categorize(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A statement.")],
    out: Annotated[Path | None, typer.Option(help="A new CSV file; the shell when left out.")] = None,
    country: Annotated[str, typer.Option(help="Where the account is kept, two letters.")] = "US",
    mapping: Annotated[str | None, typer.Option(help="How to read the file, as JSON.")] = None,
    password: Annotated[str | None, typer.Option(help="Of an encrypted file.")] = None,
) -> None:
    """Writes category, confidence, source and reason of a statement's rows as CSV. Needs no server, keeps nothing."""
    import sys
    import tempfile

    from rich.console import Console

    from finapp.app.cli.categorize import categorize as categorized
    from finapp.app.cli.categorize import output
    from finapp.app.cli.importing import ImportRefused, Wanted, own_server

    if out is not None and out.exists():
        raise typer.Exit(_say(f"{out} exists: name a new file"))
    wanted = Wanted(files=(file,), mapping=mapping, password=password)
    os.environ["FINAPP_LOG_LEVEL"] = "ERROR"
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as opened:
        try:
            where = opened.enter_context(own_server(_application(Path(scratch))[1]))
            written = output(out, sys.stdout)
            if out is not None:
                opened.enter_context(written)
            raise typer.Exit(categorized(where, wanted, country.upper(), written, Console(stderr=True)))
        except ImportRefused as refusal:
            raise typer.Exit(_say(str(refusal))) from None


def _password() -> str:
    return os.environ.get("FINAPP_PASSWORD") or typer.prompt("Password", hide_input=True)


def _running(data: Path | None) -> str | None:
    """Where the server answers that holds the data directory; None when none does."""
    from finapp.platform.engines import is_held

    directory = _settings(data).data
    lock, address = directory / "transactions.lock", directory / _ADDRESS
    if not lock.exists() or not is_held(lock):
        return None
    if not address.exists():
        raise typer.Exit(_say("another process holds the data directory: give its address with --url"))
    return address.read_text().strip()


def _application(data: Path | None) -> "tuple[Settings, FastAPI]":
    """The product for these settings; what is wrong with them is said in one line."""
    with uncollected():
        created = _created(data)
        # What the program consists of is no garbage, and there is a lot of it to look through.
        gc.freeze()
    return created


def _created(data: Path | None) -> "tuple[Settings, FastAPI]":
    from finapp.kernel.errors import FinappError

    try:
        settings = _settings(data)
        with absent("rich"):
            # It would print logs in colours; here they are JSON.
            from finapp.platform import logs

        from finapp.app.main import create_app

        logs.configure(settings.log_level)
        return settings, create_app(settings)
    except FinappError as refusal:
        message = refusal.detail
    except ValidationError as refusal:
        message = _wrong_settings(refusal)
    except ValueError as refusal:
        message = str(refusal)
    except OSError as fault:
        message = f"the data directory cannot be used: {fault.strerror}: {fault.filename}"
    raise typer.Exit(_say(message))


def _settings(data: Path | None) -> Settings:
    return Settings() if data is None else Settings(data=data)


def _today(settings: Settings) -> date:
    return settings.today or SystemClock().today()


def _announce(server: object, url: str, then: Callable[[], None]) -> None:
    while not getattr(server, "started", False):
        time.sleep(0.05)
    print(f"finapp serves at {url} (documentation at {url}/docs). Stop with Ctrl+C.", flush=True)
    then()


def _wrong_settings(refusal: ValidationError) -> str:
    found = ((item["loc"][0], item["msg"].removeprefix("Value error, ")) for item in refusal.errors())
    return "; ".join(f"FINAPP_{str(name).upper()}: {message}" for name, message in found)


def _say(message: str) -> int:
    typer.echo(f"finapp: {message}", err=True)
    return 2
