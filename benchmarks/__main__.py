"""Runs the benchmarks: `python3 dev.py bench [--quick] [names]`."""

import argparse
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
CLOCKED = ("web", "others")
"""They measure what a person waits, so nothing else of ours may run meanwhile; the others measure CPU time."""
LONGEST = "product"


def main() -> int:
    """Runs the named benchmarks, or all of them in order of name, one after the other in this process.

    Several quick ones run as processes of their own, as many at once as there are processors.
    """
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="dev.py bench", description=f"Benchmarks: {', '.join(known) or 'none yet'}")
    parser.add_argument("names", nargs="*", help="which to run (default: all)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that they run")
    parser.add_argument("--write", action="store_true", help="keep the figures of `product` in docs/benchmarks.md")
    parser.add_argument(
        "--homes", type=Path, help="keep the households of `product` and `dashboard` here, and find them the next time"
    )
    parser.add_argument(
        "--peers",
        type=Path,
        nargs="?",
        const=Path(sys.executable),
        metavar="PYTHON",
        help="ask hledger, and what this Python has of beancount, beanquery and fava, the same of the same rows",
    )
    parser.add_argument(
        "--rows", type=int, nargs="*", help="measure only these sizes of `product`; the others as kept in --homes"
    )
    given = parser.parse_args()
    if unknown := sorted(set(given.names) - set(known)):
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(known) or 'none yet'}")
    if given.quick and not given.names and not (given.write or given.homes or given.peers or given.rows):
        return _all_quickly(known)
    for name in given.names or known:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        options = {}
        if name == "product":
            options = {"write": given.write, "homes": given.homes, "peers": given.peers, "only": given.rows}
        elif name == "dashboard":
            options = {"homes": given.homes}
        importlib.import_module(f"benchmarks.bench_{name}").main(quick=given.quick, **options)
        print(f"== {name}: {time.monotonic() - started:.1f} s", flush=True)
    return 0


def _all_quickly(names: Sequence[str]) -> int:
    """Every benchmark in its quick size: 1 when one failed, else 0."""
    started = time.monotonic()
    together = sorted((name for name in names if name not in CLOCKED), key=lambda name: name != LONGEST)
    with ThreadPoolExecutor(os.cpu_count()) as several:
        ended = list(several.map(_quickly, together))
    ended += [_quickly(name) for name in names if name in CLOCKED]
    print(f"== all: {time.monotonic() - started:.1f} s")
    return 1 if any(ended) else 0


def _quickly(name: str) -> int:
    """Runs one as a process and prints what it says once it has ended."""
    command = [sys.executable, "-m", "benchmarks", "--quick", name]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(ended.stdout, end="" if ended.returncode == 0 else f"== {name} failed\n", flush=True)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
