"""Books the rows of a household month by month: what is planned, what is spent, and what keeps accounts solvent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from finapp.app.demo.booking import Due, Source
from finapp.app.demo.dice import between, dice, pick
from finapp.app.demo.outlets import Spending
from finapp.app.demo.planning import minor
from finapp.app.demo.spending import Draft, Numbering, Printer, everyday
from finapp.app.demo.truth import Account, Row
from finapp.kernel.months import add_months

_order = itemgetter(0, 1)
_TRIPS = 0.11
_ILLNESSES = 0.06
_MOST_SHRUNK = 0.02


@dataclass(frozen=True, kw_only=True)
class Movements:
    """The two sides of each own movement a household makes when an account runs low or full."""

    save: tuple[Source, Source]
    draw: tuple[Source, Source]
    load: tuple[Source, Source] | None


@dataclass(frozen=True, kw_only=True)
class Script:
    """Everything decided before the first row: plans, outlets, and the size of the household.

    `rows` is the exact number of rows wanted, None for as many as such a household has.
    """

    seed: int
    profile: int
    first: date
    last: date
    accounts: tuple[Account, ...]
    checking: int
    savings: int
    wallet: int | None
    pay: float
    dues: dict[tuple[int, int], tuple[Due, ...]]
    spending: Spending
    trips: Spending
    illness: Spending
    claim: Source
    movements: Movements
    rows: int | None
    payee_columns: frozenset[int]


@dataclass(kw_only=True)
class _State:
    balances: list[int]
    produced: int = 0
    sequence: list[int] = field(default_factory=list)
    carried: list[Draft] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)


def months_of(script: Script) -> list[date]:
    """The first day of every month of the window."""
    month, months = script.first.replace(day=1), []
    while month <= script.last:
        months.append(month)
        month = add_months(month, 1)
    return months


def rows_of(script: Script) -> Iterator[Row]:
    """Every row of the household in date order, one month in memory at a time."""
    state = _State(
        balances=[minor(account.opening_balance) for account in script.accounts],
        sequence=[0] * len(script.accounts),
    )
    months = months_of(script)
    for index, month in enumerate(months):
        drafts = _month(script, state, month, index, len(months))
        yield from _booked(script, state, drafts)


def _month(script: Script, state: _State, month: date, index: int, months: int) -> list[Draft]:
    begin = max(month, script.first)
    end = min(add_months(month, 1) - timedelta(days=1), script.last)
    days = [begin + timedelta(days=offset) for offset in range((end - begin).days + 1)]
    printer = Printer(random=dice(script.seed, script.profile, 7, index))
    fixed = [draft for draft in state.carried if draft.day <= end]
    state.carried = [draft for draft in state.carried if draft.day > end]
    for due in script.dues.get((month.year, month.month), ()):
        fixed += _due(script, state, printer, due)
    fixed += _events(script, state, printer, days)
    natural = script.spending.visits * len(days) / 30.4
    wanted = None if script.rows is None else script.rows * (index + 1) // months - state.produced
    rows = int(natural + printer.random.random()) if wanted is None else max(0, wanted - len(fixed))
    shrink = max(_MOST_SHRUNK, min(1.0, natural * 1.25 / max(rows, 1)))
    spent = everyday(
        printer, script.spending, days, rows=rows, shrink=shrink, last=script.last, numbering=state.numbering
    )
    state.carried += [draft for draft in spent if draft.day > end]
    spent = [draft for draft in spent if draft.day <= end]
    added = _solvent(script, state, printer, fixed + spent, days)
    surplus = 0 if wanted is None else len(fixed) + len(spent) + len(added) - wanted
    return sorted(fixed + _without(spent, surplus) + added, key=_order)


def _due(script: Script, state: _State, printer: Printer, due: Due) -> list[Draft]:
    amount = due.minor
    if amount is None and due.mirror is not None:
        amount = -max(100, -state.balances[due.mirror.account])
    elif amount is None:
        account = script.accounts[due.source.account]
        balance = Decimal(max(0, state.balances[due.source.account]))
        amount = max(1, int(balance * account.annual_rate * due.months / 12))
    slots = printer.slots(due.day)
    slots["k"] = due.number
    begin = add_months(due.day.replace(day=1), 1 - max(1, due.months))
    slots["period"] = f"{begin:%d-%m-%Y} to {due.day:%d-%m-%Y}"
    transfer_id = state.numbering.next(due.pair) if due.pair else None
    drafts = [printer.draft(due.day, due.source, amount, transfer_id=transfer_id)]
    arrives = due.day + timedelta(days=due.lag)
    if due.mirror is not None and arrives <= script.last:
        mirrored = printer.draft(arrives, due.mirror, -amount, transfer_id=transfer_id)
        if (arrives.year, arrives.month) == (due.day.year, due.day.month):
            drafts.append(mirrored)
        else:
            state.carried.append(mirrored)
    return drafts


def _events(script: Script, state: _State, printer: Printer, days: list[date]) -> list[Draft]:
    """A trip or an illness in some months; some trips are the employer's, who pays them back."""
    random = printer.random
    drafts: list[Draft] = []
    if random.random() < _TRIPS:
        start = pick(random, days)
        stay = [day for day in days if 0 <= (day - start).days < 6]
        trip = everyday(
            printer,
            script.trips,
            stay,
            rows=2 + int(random.random() * 4),
            shrink=1,
            last=days[-1],
            numbering=state.numbering,
        )
        back = start + timedelta(days=12 + int(random.random() * 14))
        plain = all(draft.refund_id is None for draft in trip)
        if plain and back <= script.last and random.random() < 0.2:
            claim_id = state.numbering.next("claim")
            total = -sum(draft.minor for draft in trip)
            trip = [draft._replace(refund_id=claim_id) for draft in trip]
            state.carried.append(printer.draft(back, script.claim, total, refund_id=claim_id))
        drafts += trip
    if random.random() < _ILLNESSES:
        rows = 1 + int(random.random() * 3)
        drafts += everyday(printer, script.illness, days, rows=rows, shrink=1, last=days[-1], numbering=state.numbering)
    back_now = [draft for draft in state.carried if draft.day <= days[-1]]
    state.carried = [draft for draft in state.carried if draft.day > days[-1]]
    return drafts + back_now


def _moved(
    state: _State, printer: Printer, day: date, sides: tuple[Source, Source], amount: int, kind: str
) -> list[Draft]:
    transfer_id = state.numbering.next(kind)
    out, into = sides
    return [
        printer.draft(day, out, -amount, transfer_id=transfer_id, rank=-2),
        printer.draft(day, into, amount, transfer_id=transfer_id, rank=-1),
    ]


class _Path(NamedTuple):
    """The lowest balance of an account in a month, the last one, and the first day on which it falls short."""

    lowest: int
    closing: int
    short: date | None


def _path(drafts: list[Draft], account: int, balance: int, floor: int) -> _Path:
    lowest, short = balance, None
    for draft in sorted(drafts, key=_order):
        if draft.source.account == account:
            balance += draft.minor
            lowest = min(lowest, balance)
            if short is None and balance < floor:
                short = draft.day
    return _Path(lowest, balance, short)


def _solvent(script: Script, state: _State, printer: Printer, drafts: list[Draft], days: list[date]) -> list[Draft]:
    """The own movements of the month: what keeps the wallet and the salary account above zero, what is saved."""
    random = printer.random
    step = 100 * (5_000 if script.accounts[0].currency == "INR" else 100)
    added = _loaded(script, state, printer, drafts, days[0], step // 10)
    floor = int(script.pay * 8)
    path = _path(drafts + added, script.checking, state.balances[script.checking], floor)
    if path.short is not None:
        amount = -(-(floor - path.lowest) // step) * step
        day = _shortly_before(printer, path.short, days[0])
        return added + _moved(state, printer, day, script.movements.draw, amount, "transfer")
    if path.closing > script.pay * 260 and len(days) > 14:
        amount = int((path.closing - script.pay * between(random, 150, 190)) // step * step)
        day = days[min(11 + int(random.random() * 8), len(days) - 1)]
        if path.lowest - amount > 0:
            added += _moved(state, printer, day, script.movements.save, amount, "transfer")
    return added


def _loaded(
    script: Script, state: _State, printer: Printer, drafts: list[Draft], first: date, step: int
) -> list[Draft]:
    if script.wallet is None or script.movements.load is None:
        return []
    path = _path(drafts, script.wallet, state.balances[script.wallet], 0)
    if path.short is None:
        return []
    amount = (int(printer.random.random() * 4) - path.lowest // step) * step
    day = _shortly_before(printer, path.short, first)
    return _moved(state, printer, day, script.movements.load, amount, "wallet")


def _shortly_before(printer: Printer, day: date, first: date) -> date:
    """The day, or one of the three before it, but not before `first`: people notice at different times."""
    return max(first, day - timedelta(days=int(printer.random.random() * 4)))


def _without(spent: list[Draft], surplus: int) -> list[Draft]:
    """`spent` without `surplus` of its unpaired purchases; everything when nothing is too much."""
    if surplus <= 0:
        return spent
    kept = []
    for draft in spent:
        if surplus > 0 and draft.refund_id is None:
            surplus -= 1
        else:
            kept.append(draft)
    return kept


def _booked(script: Script, state: _State, drafts: list[Draft]) -> Iterator[Row]:
    balances, sequence = state.balances, state.sequence
    ids = [account.id for account in script.accounts]
    columns = script.payee_columns
    for day, _, source, amount, text, reference, transfer_id, refund_id in drafts:
        place = source.account
        balances[place] += amount
        sequence[place] += 1
        payee = ""
        if place in columns:
            payee, _, text = text.partition("\t")
        yield Row(
            f"{ids[place]}:{sequence[place]:07d}",
            ids[place],
            day,
            Decimal(amount).scaleb(-2),
            Decimal(balances[place]).scaleb(-2),
            text,
            payee,
            source.channel,
            reference,
            source.leaf,
            source.flow,
            source.merchant,
            transfer_id,
            refund_id,
            source.series_id,
        )
    state.produced += len(drafts)
