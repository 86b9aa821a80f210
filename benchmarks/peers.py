"""hledger and beancount, where they are installed, asked the same of the same rows."""

import importlib.util
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.served import API, Request, Served

_LOAD = "import sys; from beancount import loader; found, _, _ = loader.load_file(sys.argv[1]); assert found"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A program's answer: the seconds of CPU of a fresh process, because each reads the whole journal every time."""

    program: str
    question: str
    cpu_s: float


def ask_peers(product: Served) -> list[Asked]:
    """Exports the household and asks the programs that are there."""
    with TemporaryDirectory() as home:
        found = []
        if (hledger := shutil.which("hledger")) is not None:
            journal = _exported(product, "ledger", Path(home) / "household.journal")
            questions = {
                "category by month": ["balance", "--monthly", "--depth", "2"],
                "text search": ["register", "desc:zqxjvabsent"],
                "net worth by month": ["balancesheet", "--monthly"],
            }
            for question, arguments in questions.items():
                command = [hledger, "--file", str(journal), *arguments]
                found.append(Asked(program="hledger", question=question, cpu_s=_spent(command)))
        if importlib.util.find_spec("beancount") is not None:
            journal = _exported(product, "beancount", Path(home) / "household.beancount")
            command = [sys.executable, "-c", _LOAD, str(journal)]
            found.append(
                Asked(program="beancount", question="load, which fava does after each edit", cpu_s=_spent(command))
            )
        return found


def _exported(product: Served, kind: str, path: Path) -> Path:
    path.write_bytes(product.ask([Request(path=f"{API}/transactions/export?format={kind}")])[0].body)
    return path


def _spent(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
