"""Simulated households of a wanted size, brought in the way a person brings theirs: by uploading statements."""

import json
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.processes import children_of, seconds_of
from benchmarks.served import API, TODAY, Request, Served, resident_mb
from finapp.app.demo.household import simulate
from finapp.app.demo.statements.writing import whole_history

_SEED = 5
_CHUNK = 1024 * 1024
_BOUNDARY = "finapp-benchmark-boundary"
EMAIL, PASSWORD = "household@example.com", "violet-anchor-tundra-42"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What one upload cost, from the request until the rows stand in the ledger, the child that reads it included."""

    rows: int
    new: int
    cpu_s: float
    added_mb: float
    """The most that this process and its children held beyond what it held before."""

    @property
    def rows_per_second(self) -> float:
        """Rows of the file for each second of CPU."""
        return self.rows / self.cpu_s


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """A household in the product: its accounts there, each account's statement, and what the uploads cost."""

    currency: str
    accounts: dict[str, str]
    files: dict[str, Path]
    uploads: tuple[Upload, ...]


def write_statements(rows: int, directory: Path) -> None:
    """Each account's whole history as one file of its bank's layout, `<account>.csv`."""
    household = simulate(seed=_SEED, profile="in", until=TODAY, rows=rows)
    for account in household.accounts:
        if account.layout is not None:
            with (directory / f"{account.id}.csv").open("wb") as file:
                file.writelines(whole_history(household, account.id))


def sign_in(served: Served) -> None:
    """Speaks with a fresh access token."""
    form = f"username={EMAIL}&password={PASSWORD}".encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    request = Request(method="POST", path=f"{API}/auth/token", headers=headers, body=(form,))
    served.speak_for(served.ask([request])[0].json()["access_token"])


def seed(served: Served, rows: int, directory: Path) -> Seeded:
    """Registers a person, opens the accounts of a household with so many rows, and uploads every statement."""
    # Another process draws the household, so that its memory and time are not the product's.
    drawing = multiprocessing.get_context("spawn").Process(target=write_statements, args=(rows, directory))
    drawing.start()
    drawing.join()
    if drawing.exitcode != 0:
        raise RuntimeError("the household could not be drawn")
    household = simulate(seed=_SEED, profile="in", until=TODAY, rows=rows)
    who = {"email": EMAIL, "password": PASSWORD, "display_name": "The Household"}
    served.send("POST", "/auth/register", {**who, "currency": household.currency, "locale": household.locale})
    sign_in(served)
    accounts, files, uploads = {}, {}, []
    for account in household.accounts:
        if account.layout is None:
            continue
        body = {"name": account.name, "kind": account.kind, "currency": account.currency, "institution": account.bank}
        opening = {"opening_balance": f"{account.opening_balance:.2f}", "number_last4": account.last4}
        accounts[account.id] = served.send("POST", "/accounts", {**body, **opening}).json()["id"]
        files[account.id] = directory / f"{account.id}.csv"
        uploads.append(upload(served, files[account.id], accounts[account.id]))
    served.settle()
    sign_in(served)
    return Seeded(currency=household.currency, accounts=accounts, files=files, uploads=tuple(uploads))


def seed_once(served: Served, rows: int, directory: Path) -> Seeded:
    """As `seed`; what it made is written down beside the data, and known when it is there."""
    known = directory / "seeded.json"
    if not known.exists():
        made = seed(served, rows, directory)
        uploads = [vars(each) for each in made.uploads]
        known.write_text(json.dumps({"currency": made.currency, "accounts": made.accounts, "uploads": uploads}))
        return made
    sign_in(served)
    told = json.loads(known.read_text())
    files = {name: directory / f"{name}.csv" for name in told["accounts"]}
    uploads = tuple(Upload(**each) for each in told["uploads"])
    return Seeded(currency=told["currency"], accounts=told["accounts"], files=files, uploads=uploads)


def upload(served: Served, file: Path, account_id: str) -> Upload:
    """Uploads a statement and waits for its import. Raises RuntimeError when it does not end as done."""
    served.settle()
    facade = served.app.state.facades["transactions"]
    owner = served.get("/auth/me")["household_id"]
    headers = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
    request = Request(method="POST", path=f"{API}/imports", headers=headers, body=_multipart(file, account_id))
    held, added, before = resident_mb(), 0.0, _spent()
    import_id = served.ask([request])[0].json()["id"]
    found = facade.import_progress(owner=owner, import_id=import_id)
    while found.status in ("queued", "running"):
        time.sleep(0.05)
        added = max(added, resident_mb() + _children_mb() - held)
        found = facade.import_progress(owner=owner, import_id=import_id)
    spent = _spent() - before
    if found.status != "done":
        raise RuntimeError(f"{file.name}: {found.status}: {found.failure or found.questions}")
    return Upload(rows=found.counts.rows, new=found.counts.imported, cpu_s=spent, added_mb=added)


def _spent() -> float:
    """Seconds of CPU of this process and of its children: one reads and categorizes each file."""
    return time.process_time() + seconds_of(os.getpid())[1]


def _children_mb() -> float:
    return sum(map(processes.resident_mb, children_of(os.getpid())))


def _multipart(file: Path, account_id: str) -> Iterator[bytes]:
    line = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; "
    named = f'name="file"; filename="{file.name}"\r\nContent-Type: text/csv'
    yield f'{line}name="account_id"\r\n\r\n{account_id}\r\n{line}{named}\r\n\r\n'.encode()
    yield from _chunks(file)
    yield f"\r\n--{_BOUNDARY}--\r\n".encode()


def _chunks(file: Path) -> Iterable[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk
