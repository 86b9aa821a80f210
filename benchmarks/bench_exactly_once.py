"""Whether every row of shuffled histories is in the ledger once: 0 lost and 0 doubled is the goal.

python -m benchmarks.bench_exactly_once [--quick]
"""

import argparse

from benchmarks.exactly_once import NOTHING, history


def main(quick: bool) -> None:
    """Prints what became of the rows of 1,000 histories, or of 12."""
    total = NOTHING
    for seed in range(12 if quick else 1_000):
        total += history(seed)
        if total.histories % 100 == 0:
            print(f"{total.histories:,} histories: {total.lost} lost, {total.doubled} doubled", flush=True)
    print(
        f"{total.histories:,} histories, {total.imports:,} files, {total.rows:,} true rows: "
        f"{total.lost} lost, {total.doubled} doubled, {total.review} left to a person"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    main(quick=parser.parse_args().quick)
