"""Which answers grow with the ledger: ends with 1 when one grows past its bound, which is how CI sees a regression."""

import sys

from benchmarks.growth import LARGE, SMALL, growths


def main(quick: bool) -> None:
    """Prints each ratio beside its bound; raises SystemExit when one is past it. The quick size is the only one."""
    past = 0
    print(f"  from {SMALL:,} to {LARGE:,} rows")
    for each in growths():
        past += not each.is_within
        verdict = "" if each.is_within else ", PAST ITS BOUND"
        print(f"  {each.answer}, {each.of}: {each.ratio:.2f} times, at most {each.bound:g}{verdict}", flush=True)
    if past:
        sys.exit(f"{past} answers grow past their bounds")
