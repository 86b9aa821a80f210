"""The sweep replayed on rows that have been booked: what it would have earned, beside what was earned."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from finapp.kernel.money import to_minor
from finapp.reports.domain.sweep import ledger as ledgers
from finapp.reports.domain.sweep import program, rules
from finapp.reports.domain.sweep.ledger import Move
from finapp.reports.domain.sweep.setting import setting
from finapp.reports.public.sweep import DatedMoney, SweepQuestion, SweepReplay

DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Booked:
    """One booked row of an account of the plan; the two sides of an own transfer share `transfer_id`."""

    account_id: str
    date: date
    amount: Decimal
    transfer_id: str | None


def replayed(question: SweepQuestion, rows: Sequence[Booked], as_of: date) -> SweepReplay | str:
    """The last 365 days up to `as_of`, or the reason why they cannot be replayed.

    `question` names the accounts with their balances of `as_of`. Transfers between them are the plan's to decide and
    are taken out; everything else happens as it did.
    """
    first = as_of - timedelta(days=DAYS - 1)
    accounts = {account.id: account for account in question.accounts}
    period = [row for row in rows if row.account_id in accounts and first <= row.date <= as_of]
    if not period or min(row.date for row in rows) > first:
        return "too_short_history"
    moved: dict[str, Decimal] = defaultdict(Decimal)
    for row in period:
        moved[row.account_id] += row.amount
    opened = {name: account.balance - moved[name] for name, account in accounts.items()}
    if min(opened.values()) < 0:
        return "overdrawn"
    own = _own_transfers(period)
    outside = [row for row in period if row.transfer_id not in own]
    past = replace(
        question,
        accounts=tuple(replace(account, balance=opened[account.id]) for account in question.accounts),
        credits=tuple(_daily(outside, 1)),
        debits=tuple(_daily(outside, -1)),
        horizon=DAYS,
        buffer=Decimal(0),
    )
    return _compared(past, own, first, as_of)


def _compared(
    past: SweepQuestion, own: Mapping[str, tuple[Booked, Booked]], first: date, as_of: date
) -> SweepReplay | str:
    found = setting(past, first)
    if ledgers.missing_money(found) is not None:
        return "overdrawn"
    index = {place.id: number for number, place in enumerate(found.places)}
    kept: list[Move] = [
        ((out.date - first).days, index[out.account_id], index[into.account_id], to_minor(into.amount, past.currency))
        for out, into in own.values()
    ]
    solved = program.solve(found, float(past.time_limit_seconds))
    if solved.moves is None:
        return "not_solved_in_time"
    moves = rules.repaired(found, solved.moves)
    swept, before = ledgers.replay(found, moves), ledgers.replay(found, kept)
    gain = ledgers.net(found, swept, moves) - ledgers.net(found, before, kept)
    return SweepReplay(
        first=first,
        last=as_of,
        interest_as_kept=found.money(before.interest),
        interest_if_swept=found.money(swept.interest),
        gain=found.money(gain),
        transfers=len(moves),
    )


def _own_transfers(rows: Sequence[Booked]) -> dict[str, tuple[Booked, Booked]]:
    """Transfers with both sides among the rows: (out, in) by id."""
    sides: dict[str, list[Booked]] = defaultdict(list)
    for row in rows:
        if row.transfer_id is not None:
            sides[row.transfer_id].append(row)
    pairs = {name: sorted(both, key=lambda row: row.amount) for name, both in sides.items() if len(both) == 2}
    return {name: (out, into) for name, (out, into) in pairs.items() if out.amount + into.amount == 0}


def _daily(rows: Sequence[Booked], sign: int) -> Iterator[DatedMoney]:
    """Net money of each account and day, of one direction."""
    net: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in rows:
        net[row.account_id, row.date] += row.amount
    for (account, day), amount in sorted(net.items()):
        if amount * sign > 0:
            yield DatedMoney(date=day, amount=abs(amount), account_id=account)
