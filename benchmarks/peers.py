"""hledger, beancount and fava, where they are installed, asked the same of the same rows."""

import json
import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.served import API, Request, Served

_HLEDGER = {
    "category by month": ["balance", "--monthly", "--depth", "2", "^expenses"],
    "text search": ["register", "desc:zqxjvabsent"],
    "net worth by month": ["balancesheet", "--monthly"],
    "rows of a category": ["register", "^expenses:food"],
}
_THERE = Path(__file__).with_name("peers_there.py")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A program's answer in seconds of CPU. hledger reads the whole journal for each; the others hold it in memory."""

    program: str
    question: str
    cpu_s: float


def ask_peers(product: Served, python: Path) -> list[Asked]:
    """Exports the household and asks the programs that are there: hledger, and what `python` has of the others."""
    with TemporaryDirectory() as home:
        found = []
        if (hledger := shutil.which("hledger")) is not None:
            journal = _exported(product, "ledger", Path(home) / "household.journal")
            for question, arguments in _HLEDGER.items():
                command = [hledger, "--file", str(journal), *arguments]
                found.append(Asked(program="hledger", question=question, cpu_s=_spent(command)))
        journal = _exported(product, "beancount", Path(home) / "household.beancount")
        told = subprocess.run([python, _THERE, str(journal)], stdout=subprocess.PIPE, check=True).stdout
        return found + [Asked(**each) for each in json.loads(told)]


def _exported(product: Served, kind: str, path: Path) -> Path:
    path.write_bytes(product.ask([Request(path=f"{API}/transactions/export?format={kind}")])[0].body)
    return path


def _spent(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
