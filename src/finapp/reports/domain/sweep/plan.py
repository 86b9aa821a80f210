"""The salary sweep report: doing nothing, one transfer a month, and the best plan, all replayed day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import from_minor, rounded
from finapp.reports.domain import unanswered
from finapp.reports.domain.highs import Deadline
from finapp.reports.domain.sweep import ledger as ledgers
from finapp.reports.domain.sweep import program, rules
from finapp.reports.domain.sweep.ledger import Ledger, Move
from finapp.reports.domain.sweep.setting import Setting, setting
from finapp.reports.public.sweep import (
    DebitMove,
    SalarySweep,
    ScenarioName,
    Shortfall,
    SweepDay,
    SweepQuestion,
    SweepScenario,
    SweepTransfer,
    TightestDay,
)

VERSION = 2
_MOST_MOVES = 12
_FIRST_SHARE = 0.7
"""Of the time, for the whole program; the rest is for a smaller one that finds a good plan when that is too large."""


def plan(question: SweepQuestion, as_of: date) -> SalarySweep:
    """Compares the scenarios. When all money together is too little, says the first day and how much is missing.

    Raises Invalid with the field for input that makes no sense.
    """
    found = setting(question, as_of)
    basis = _basis(question)
    short = ledgers.missing_money(found)
    if short is not None:
        return _infeasible(question, found, basis, short)
    deadline = Deadline(question.time_limit_seconds)
    plans = list(_plans(found, deadline))
    solved = plans[0]
    runs: dict[ScenarioName, tuple[Move, ...]] = {"none": (), "once": rules.once_a_month(found)}
    if found.most is not None and len(runs["once"]) > found.most:
        runs["once"] = runs["once"][: found.most]
    ranked = {name: (moves, ledgers.replay(found, moves)) for name, moves in runs.items()}
    proposed = [rules.repaired(found, each.moves) for each in plans if each.moves is not None]
    every = [*((moves, ledgers.replay(found, moves)) for moves in proposed), *ranked.values()]
    feasible = [(moves, ledger) for moves, ledger in every if ledger.short is None]
    if not feasible:
        return _infeasible(question, found, basis, _first_short(ranked["none"][1]))
    # The best plan is the optimum's, whichever rule found it: it is never worse than a simpler one, and of plans that
    # earn the same it is the one that moves money least often.
    ranked["optimal"] = max(feasible, key=lambda run: (ledgers.net(found, run[1], run[0]), -len(run[0])))
    none = ledgers.net(found, ranked["none"][1], ())
    scenarios = tuple(_scenario(found, name, *ranked[name], none) for name in ("none", "once", "optimal"))
    report = _report(question, found, basis, scenarios, solved, none)
    return replace(report, moves=debit_moves(question, found, deadline))


def _plans(found: Setting, deadline: Deadline) -> Iterator[program.Plan]:
    """The solved program, and when that took too long, the best plan that uses the account which pays most alone."""
    several = program.counts_transfers(found) and len(found.places) > 2
    solved = program.solve(found, deadline.left * (_FIRST_SHARE if several else 1))
    yield solved
    if several and solved.proof == "time_limit":
        best = max(range(1, len(found.places)), key=lambda i: found.places[i].top_rate * found.places[i].kept)
        yield program.solve(found, deadline.left, others=(best,))


def _report(
    question: SweepQuestion,
    found: Setting,
    basis: Basis,
    scenarios: tuple[SweepScenario, ...],
    solved: program.Plan,
    none: int,
) -> SalarySweep:
    best = scenarios[-1]
    # Rounding each interest credit, tax and charge can add half a minor unit to a real plan.
    allowance = len(found.places) * (found.days // 28 + 3) + len(best.transfers)
    upper = None if solved.bound is None else found.money(ceil(solved.bound) + allowance - none)
    upper = None if upper is None else max(upper, best.gain)
    return SalarySweep(
        as_of=found.start,
        basis=basis,
        currency=question.currency,
        feasible=True,
        scenarios=scenarios,
        best="optimal",
        transfers=best.transfers,
        daily=best.daily,
        interest=best.interest,
        gain=best.gain,
        lower_bound=best.gain,
        upper_bound=upper,
        upper_bound_reason=None if upper is not None else "not_solved_in_time",
        gap=None if upper is None else upper - best.gain,
        gap_reason=None if upper is not None else "not_solved_in_time",
    )


def _first_short(ledger: Ledger) -> tuple[int, int]:
    return ledger.short or (0, 0)


def _infeasible(question: SweepQuestion, found: Setting, basis: Basis, short: tuple[int, int]) -> SalarySweep:
    missing = Shortfall(date=found.on(short[0]), missing=found.money(short[1]))
    return unanswered.salary_sweep(question.currency, found.start, "infeasible", basis=basis, shortfall=missing)


def _scenario(found: Setting, name: ScenarioName, moves: Sequence[Move], ledger: Ledger, none: int) -> SweepScenario:
    short, net = ledger.short, ledgers.net(found, ledger, moves)
    return SweepScenario(
        name=name,
        feasible=short is None,
        shortfall=None if short is None else Shortfall(date=found.on(short[0]), missing=found.money(short[1])),
        transfers=tuple(
            SweepTransfer(
                date=found.on(day),
                from_=found.places[source].id,
                to=found.places[target].id,
                amount=found.money(amount),
            )
            for day, source, target, amount in moves
        ),
        daily=tuple(_day(found, ledger, day) for day in range(found.days)),
        interest=found.money(ledger.interest),
        costs=found.money(ledgers.costs(found, moves)),
        tax=found.money(ledger.tax),
        net=found.money(net),
        gain=found.money(net - none),
        tightest=tuple(_tightest(found, ledger, account) for account in range(len(found.places))),
    )


def _day(found: Setting, ledger: Ledger, day: int) -> SweepDay:
    earned = ledger.earned[day]
    amount = Decimal(earned.numerator) / Decimal(earned.denominator) * from_minor(1, found.currency)
    return SweepDay(
        date=found.on(day),
        balances={place.id: found.money(ledger.balances[day][i]) for i, place in enumerate(found.places)},
        interest=rounded(amount, found.currency),
    )


def _tightest(found: Setting, ledger: Ledger, account: int) -> TightestDay:
    day = min(range(found.days), key=lambda d: ledger.balances[d][account] - found.required[account][d])
    balance, required = ledger.balances[day][account], found.required[account][day]
    return TightestDay(
        account_id=found.places[account].id,
        date=found.on(day),
        balance=found.money(balance),
        required=found.money(required),
        slack=found.money(balance - required),
    )


def debit_moves(question: SweepQuestion, found: Setting, deadline: Deadline) -> tuple[DebitMove, ...]:
    """What moving each of the largest debits to the last day of its month would earn, by solving again without costs.

    Only with free, unlimited transfers of any size, where a re-solve is a small linear program, and while there is
    time; otherwise nothing is claimed.
    """
    if program.counts_transfers(found) or any(len(place.slabs) > 1 or place.multiple > 1 for place in found.places):
        return ()
    base = program.solve(found, deadline.left).bound
    moves = []
    largest = sorted(range(len(question.debits)), key=lambda i: -question.debits[i].amount)[:_MOST_MOVES]
    for index in largest:
        debit = question.debits[index]
        later = min(_month_end(debit.date), found.on(found.days - 1))
        if later <= debit.date or base is None or deadline.is_over:
            continue
        debits = list(question.debits)
        debits[index] = replace(debit, date=later)
        changed = setting(replace(question, debits=tuple(debits)), found.start)
        bound = None if ledgers.missing_money(changed) else program.solve(changed, deadline.left).bound
        earns = 0 if bound is None else round(bound - base)
        if earns > 0:
            moves.append(
                DebitMove(
                    name=debit.name,
                    date=debit.date,
                    amount=debit.amount,
                    better_date=later,
                    earns=found.money(earns),
                )
            )
    return tuple(sorted(moves, key=lambda move: -move.earns))


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _basis(question: SweepQuestion) -> Basis:
    accounts = tuple(
        Input(id=account.id, kind="account", name=account.id, value=f"{account.balance} at {account.annual_rate}")
        for account in question.accounts
    )
    dated = {item.stream_id or item.name: item for item in (*question.debits, *question.credits)}
    planned = tuple(
        Input(
            id=name,
            kind="figure" if item.stream_id else "assumption",
            name=item.name,
            value=str(item.amount),
            source="stream" if item.stream_id else "",
        )
        for name, item in dated.items()
        if name
    )
    return Basis(
        formula="reports.salary_sweep",
        version=VERSION,
        assumptions={
            "interest": "daily product on closing balances / 365, slabs marginal, rounded when credited",
            "tax": "on the interest of each account, when it is credited",
            "needed": question.needed,
            "buffer": str(question.buffer),
            "buffer_quantile": str(question.buffer_quantile),
            "order_of_a_day": "interest credited, money in and out, transfers, closing balance",
            "upper_bound": "optimum of the relaxation plus half a minor unit per account and interest period",
        },
        figures={
            "gain": Figure(
                kind="formula", formula="net - net of none, net = interest - costs - tax", inputs=(*accounts, *planned)
            )
        },
    )
