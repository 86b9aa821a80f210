"""Runs the benchmarks: `python3 dev.py bench [--quick] [names]`."""

import argparse
import importlib
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Runs the named benchmarks, or all of them in order of name, one after the other in this process."""
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


if __name__ == "__main__":
    sys.exit(main())
