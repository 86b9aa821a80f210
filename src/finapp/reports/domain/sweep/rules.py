"""Simple plans beside the optimum, and the last adjustment of a solved plan to whole minor units."""

from collections.abc import Sequence

from finapp.reports.domain.sweep.ledger import Move, replay
from finapp.reports.domain.sweep.setting import Setting, months_of

_ROUNDING = 1000
"""Minor units: rounding in a solved plan never needs more than this to be put right."""
_INTEREST = 10
"""A tenth of what was moved is more than a year's interest on it."""


def once_a_month(setting: Setting) -> tuple[Move, ...]:
    """On the day of each month's largest credit, everything not needed until the next such day goes out, for good."""
    months = months_of(setting)
    best: dict[str, int] = {}
    for day, month in enumerate(months):
        if setting.flows[0][day] > max(0, setting.flows[0][best[month]] if month in best else 0):
            best[month] = day
    paydays = sorted(best.values())
    target = max(range(1, len(setting.places)), key=lambda i: setting.places[i].slabs[-1][1] * setting.places[i].kept)
    moves: list[Move] = []
    for number, payday in enumerate(paydays):
        day = payday
        while day < setting.days and not setting.open_days[day]:
            day += 1
        until = paydays[number + 1] if number + 1 < len(paydays) else setting.days
        if day >= until:
            continue
        balances = replay(setting, moves).balances
        idle = min(balances[d][0] - setting.required[0][d] for d in range(day, until))
        ceiling = setting.places[target].maximum
        if ceiling is not None:
            idle = min(idle, ceiling - max(balances[d][target] for d in range(day, setting.days)))
        if setting.most_moved is not None:
            idle = min(idle, setting.most_moved)
        idle -= idle % setting.places[target].multiple
        if idle > 0 and idle >= setting.least_moved:
            moves.append((day, 0, target, idle))
    # What went out earns its interest elsewhere, so that a little less is there when this account's is credited.
    return repaired(setting, moves, most=max((amount for *_, amount in moves), default=0) // _INTEREST)


def repaired(setting: Setting, moves: Sequence[Move], most: int = _ROUNDING) -> tuple[Move, ...]:
    """The moves with the few minor units that rounding took from a required balance put back where they were lost."""
    current = list(moves)
    for _ in range(len(moves) * 2 + 2):
        ledger = replay(setting, current)
        if ledger.short is None or ledger.short[1] > most:
            break
        day, missing = ledger.short
        account = max(range(len(setting.places)), key=lambda i: setting.required[i][day] - ledger.balances[day][i])
        for index in range(len(current) - 1, -1, -1):
            when, source, target, amount = current[index]
            if when <= day and account in (source, target) and setting.places[target].multiple == 1:
                change = missing if target == account else -missing
                current[index] = (when, source, target, amount + change)
                break
        else:
            break
    return tuple(move for move in current if move[3] > 0)
