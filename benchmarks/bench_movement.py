"""How right money movement is: on what is true of simulated households, and on wordings of banks written by hand.

    python -m benchmarks.bench_movement [--quick]

A pair is right when its two rows are one movement in the simulator's truth: own transfers, card bills, wallet loads,
purchases turned into instalments. A link is right when the purchase is the one that came back. A flow is right when it
is what the row really was.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from finapp.app.demo.household import Household as Simulated
from finapp.app.demo.household import simulate
from finapp.app.demo.scoring import Score, pairs, score
from finapp.app.demo.truth import ProfileName, Row
from finapp.transactions.domain.categorizer import Line, suggest
from finapp.transactions.domain.movement import Household, LightRow, Movement, OwnAccount, decide
from finapp.transactions.domain.movement.refunds import links_among
from tests.transactions.movement.own_pairs import counted

PROFILES: tuple[ProfileName, ...] = ("in", "us", "gb", "eu")
MOVED = ("transfer", "card", "wallet", "conversion")
RETURNED = ("refund", "reversal")
UNTIL = date(2026, 6, 30)


class Seen(NamedTuple):
    """A simulated household as money movement saw it."""

    rows: list[Row]
    light: list[LightRow]
    movement: Movement


def seen(simulated: Simulated) -> Seen:
    """What movement makes of a household whose whole history arrives at once."""
    accounts = {account.id: account for account in simulated.accounts if account.layout}
    rows = list(simulated.rows())
    texts = [f"{row.counterparty} {row.description}".strip() for row in rows]
    lines = [Line(description=text, amount=row.amount) for text, row in zip(texts, rows, strict=True)]
    said = suggest(lines, country=simulated.country, currency=simulated.currency)
    light = [
        LightRow(
            id=row.key,
            account_id=row.account_id,
            account_kind=accounts[row.account_id].kind,
            date=row.date,
            amount=row.amount,
            currency=simulated.currency,
            description=text,
            category=one.category,
            merchant_key=one.merchant_key,
            confidence=one.confidence,
        )
        for row, text, one in zip(rows, texts, said, strict=True)
    ]
    own = tuple(
        OwnAccount(
            id=account.id,
            kind=account.kind,
            currency=account.currency,
            name=account.name,
            institution=account.bank,
            last4=account.last4,
            covered=((simulated.first, simulated.last),),
        )
        for account in accounts.values()
    )
    return Seen(rows, light, decide(light, Household(accounts=own, holders=(simulated.holder,))))


def households(profile: ProfileName, seeds: range, months: int = 24) -> Iterator[Seen]:
    """Some households of a country."""
    for seed in seeds:
        yield seen(simulate(seed=seed, profile=profile, until=UNTIL, months=months))


def pairs_score(household: Seen) -> Score:
    """Pairs of own movements against the truth."""
    found = {frozenset((pair.out_id, pair.in_id)) for pair in household.movement.pairs}
    return score(found, pairs(household.rows, kinds=MOVED))


def links_score(household: Seen) -> Score:
    """Purchases of what came back against the truth."""
    flows = {decision.id: decision.flow for decision in household.movement.decisions}
    back = [row for row in household.light if flows[row.id] == "refund"]
    bought = [row for row in household.light if flows[row.id] == "expense"]
    found = links_among(back, bought, said={}, rejected=frozenset())
    links = {frozenset((link.out_id, link.in_id)) for link in found}
    return score(links, pairs(household.rows, kinds=RETURNED))


def flow_counts(household: Seen) -> Counter[str]:
    """How many rows have the flow that they really had, and how many which other."""
    counts: Counter[str] = Counter()
    for row, decision in zip(household.rows, household.movement.decisions, strict=True):
        right = row.flow == decision.flow or decision.reason in ("card_unseen", "instalments")
        counts["right" if right else f"{row.flow} as {decision.flow}"] += 1
    return counts


def _line(name: str, found: Score) -> str:
    return (
        f"{name:>24}: precision {found.precision or 0:.4f}, recall {found.recall or 0:.4f}"
        f"  ({found.right:,} right of {found.found:,} found, {found.true:,} true)"
    )


def main(quick: bool) -> None:
    """Prints precision and recall by country and of all, and how many flows are right."""
    total, linked = (Score(right=0, found=0, true=0) for _ in range(2))
    flows: Counter[str] = Counter()
    for profile in PROFILES:
        here = Score(right=0, found=0, true=0)
        for household in households(profile, range(3 if quick else 25)):
            here += pairs_score(household)
            linked += links_score(household)
            flows += flow_counts(household)
        print(_line(f"own movements, {profile}", here))
        total += here
    print(_line("own movements", total))
    print(_line("refunds and reversals", linked))
    print(f"{'flows':>24}: {flows['right'] / flows.total():.4f} right of {flows.total():,}", end="")
    print("; " + ", ".join(f"{name} {count}" for name, count in flows.most_common(7) if name != "right"))
    count, _ = counted()
    print(_line("wordings by hand", Score(right=count.right, found=count.found, true=count.true)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    main(quick=parser.parse_args().quick)
