"""`finapp import`: statements into the ledger from a shell, through a running server or by opening the data itself."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

API = "/api/v1"
OK, FAILED, REFUSED = 0, 1, 2
"""Exit codes: every file taken in; a file refused or waiting for an answer; nothing could be tried."""
_LOOK = 0.2
_ENDED = ("done", "failed", "cancelled", "needs_mapping")


class ImportRefused(Exception):
    """Nothing could be tried; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is imported, and how."""

    files: tuple[Path, ...]
    account: str | None = None
    """Id, name or last digits of an account."""
    mapping: str | None = None
    password: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class Session:
    """A client that speaks for a person."""

    client: Any
    headers: Mapping[str, str]

    def get(self, path: str) -> Any:
        """The JSON of a GET under the API. Raises ImportRefused."""
        return _json(self.client.get(f"{API}{path}", headers=self.headers))

    def upload(self, file: Path, said: Mapping[str, str]) -> Any:
        """Queues a file. Raises ImportRefused."""
        with file.open("rb") as opened:
            sent = {"file": (file.name, opened, "application/octet-stream")}
            return _json(self.client.post(f"{API}/imports", headers=self.headers, files=sent, data=said))


@contextmanager
def through_server(url: str, token: str) -> Iterator[Session]:
    """A session with a running server. Raises ImportRefused when it does not answer."""
    import httpx2

    with httpx2.Client(base_url=url.rstrip("/"), timeout=300, trust_env=False) as client:
        try:
            yield Session(client=client, headers={"authorization": f"Bearer {token}"})
        except httpx2.HTTPError as fault:
            raise ImportRefused(f"the server at {url} does not answer: {fault}") from None


@contextmanager
def own_server(application: Any) -> Iterator[str]:
    """The product served to this process alone, for as long as it is needed; its address."""
    import uvicorn

    quiet: dict[str, Any] = {"log_level": "warning", "access_log": False}
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=0, **quiet))
    thread = threading.Thread(target=server.run, name="own-server", daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise ImportRefused("the data could not be opened")
            time.sleep(_LOOK / 10)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def signed_in(url: str, email: str, password: str) -> str:
    """An access token for a person. Raises ImportRefused."""
    import httpx2

    form = {"username": email, "password": password}
    try:
        with httpx2.Client(base_url=url.rstrip("/"), timeout=60, trust_env=False) as client:
            return str(_json(client.post(f"{API}/auth/token", data=form))["access_token"])
    except httpx2.HTTPError as fault:
        raise ImportRefused(f"the server at {url} does not answer: {fault}") from None


def run(session: Session, wanted: Wanted, console: Console) -> int:
    """Imports the files one after the other, shows how far each is, and what became of all. Answers an exit code."""
    said = {"dry_run": "true" if wanted.dry_run else "false"}
    if wanted.account is not None:
        said["account_id"] = _account(session, wanted.account)
    if wanted.mapping is not None:
        said["mapping"] = wanted.mapping
    if wanted.password is not None:
        said["password"] = wanted.password
    found: list[tuple[Path, Any]] = []
    with _bar(console) as bar:
        for file in wanted.files:
            found += _statements(session, file, _one(session, file, said, bar))
    _show(found, wanted.dry_run, console)
    return OK if all(each["status"] == "done" for _, each in found) else FAILED


def _one(session: Session, file: Path, said: Mapping[str, str], bar: Progress) -> Any:
    task = bar.add_task(file.name, total=None, phase="sending", speed="")
    try:
        made = session.upload(file, said)
    except ImportRefused as refusal:
        bar.update(task, phase="refused", total=1, completed=1)
        return {"status": "failed", "failure": str(refusal)}
    while made["status"] not in _ENDED:
        progress = made["progress"]
        speed = f"{progress['rows_per_second']:,.0f} rows/s" if progress["rows_per_second"] else ""
        bar.update(
            task,
            completed=progress["rows_read"],
            total=progress["rows_total"],
            phase=progress["phase"],
            speed=speed,
        )
        time.sleep(_LOOK)
        made = session.get(f"/imports/{made['id']}")
    rows = made["counts"]["rows"] or 1
    bar.update(task, completed=rows, total=rows, phase=made["status"], speed="")
    return made


def _statements(session: Session, file: Path, made: Any) -> Iterator[tuple[Path, Any]]:
    """An import, or those of an archive's files: the archive is done when one of them is."""
    files = made.get("files", ())
    if not files:
        yield file, made
    for each in files:
        yield file / each["filename"], session.get(f"/imports/{each['import_id']}")


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[phase]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        console=console,
    )


def _show(found: list[tuple[Path, Any]], dry_run: bool, console: Console) -> None:
    table = Table(title="Nothing was stored: this was a dry run" if dry_run else None)
    columns = ("file", "result", "account", "rows", "new", "known", "refused", "balances")
    for name in columns:
        table.add_column(name, justify="right" if name in columns[3:7] else "left", overflow="fold")
    for file, made in found:
        for row in _lines(file, made):
            table.add_row(*row)
    console.print(table)
    for file, made in found:
        for question in made.get("questions", ()):
            console.print(f"{file.name}: {question['message']}", markup=False)
            for option in question["options"] or [{"value": each, "label": each} for each in question["choices"]]:
                console.print(f"  {option['value']}  {option['label']}", markup=False)
        for row in [row for row in made.get("rows", ()) if row["outcome"] == "rejected"][:20]:
            console.print(f"{file.name}, line {row['line']}: {row['message']}", markup=False)
        for warning in made.get("warnings", ()):
            console.print(f"{file.name}: {warning}", markup=False)


def _lines(file: Path, made: Any) -> Iterator[tuple[str, ...]]:
    if made["status"] != "done":
        yield (file.name, made["status"].replace("_", " "), made.get("failure") or "", *[""] * 5)
        return
    for account in made["accounts"]:
        counts = account["counts"]
        name = account["name"] or account["account_id"] or "a new account"
        numbers = (counts["rows"], counts["imported"], counts["duplicates"], counts["rejected"])
        yield (file.name, "done", name, *map(str, numbers), _balances(account["reconciliation"]))


def _balances(said: Any) -> str:
    if said["balanced"] is None:
        return "none in the file"
    return "as printed" if said["balanced"] else f"differ by {said['difference']}"


def _account(session: Session, wanted: str) -> str:
    accounts = session.get("/accounts?limit=500")["items"]
    checks: tuple[Callable[[Any], bool], ...] = (
        lambda one: one["id"] == wanted,
        lambda one: one["name"].casefold() == wanted.casefold(),
        lambda one: one["number_last4"] == wanted,
    )
    for check in checks:
        matching = [one for one in accounts if check(one)]
        if len(matching) == 1:
            return str(matching[0]["id"])
    known = ", ".join(f"{one['name']} ({one['id']})" for one in accounts) or "none"
    raise ImportRefused(f"no single account is called {wanted!r}; there are: {known}")


def _json(answer: Any) -> Any:
    if answer.status_code < 300:
        return answer.json()
    try:
        said = answer.json()
    except json.JSONDecodeError:
        raise ImportRefused(f"the server answers {answer.status_code}") from None
    fields = "; ".join(f"{each['field']}: {each['message']}" for each in said.get("errors", ()))
    raise ImportRefused(fields or said.get("detail") or said.get("title") or f"the server answers {answer.status_code}")
