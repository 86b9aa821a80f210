"""The sweep as a linear or mixed-integer program over the days on which anything can happen.

Between two such days balances stand still, so one variable per account and segment is enough. With a transfer cost,
a limit on transfers, or slabs that pay more for more, binaries enter and the program is mixed-integer. It generalises
dynamic lot-sizing (Wagner and Whitin, Management Science 1958) to several accounts, slabs and crediting dates.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from finapp.reports.domain.highs import INFINITE, Deadline, Program
from finapp.reports.domain.sweep.ledger import DAYS_IN_YEAR, Move
from finapp.reports.domain.sweep.setting import Place, Setting

Term = tuple[int, float]
_RELAXED_LIMIT = 5.0
"""Seconds for a bound when the time was too short for any: a linear program of this size takes less than one."""
_SCALE = 1000.0
"""The most money there can be, in the units that the solver works in."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`moves` is None when none was found in time; `bound` is the most net interest any plan can earn, minor units."""

    moves: tuple[Move, ...] | None
    bound: float | None
    proof: str


@dataclass(frozen=True)
class _Segment:
    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def solve(setting: Setting, time_limit: float, others: Sequence[int] | None = None) -> Plan:
    """The plan with the most interest after transfer costs, all time for building the program counted.

    With `others`, money moves to and from those accounts alone, and the bound holds for such plans only.
    """
    deadline = Deadline(time_limit)
    model = Program()
    segments = _segments(setting)
    reached = others or range(1, len(setting.places))
    held, crossing, counted = _variables(model, setting, segments, reached)
    _balance_rows(model, setting, segments, held, crossing)
    if setting.most is not None:
        model.row([(flag, 1.0) for flag in counted.values()], 0.0, float(setting.most))
    unit = max(1.0, max(_wealth(setting)) / _SCALE)
    solved = model.solve(deadline.left, gap=1e-7, unit=unit)
    proof = "time_limit" if solved.timed_out else ("mixed_integer" if counted else "linear")
    moves = None if solved.values is None else _moves(setting, solved.values, crossing)
    bound = solved.bound
    if bound is None and solved.timed_out:
        bound = model.solve(_RELAXED_LIMIT, unit=unit, relaxed=True).bound
    return Plan(moves=moves, bound=None if bound is None else -bound, proof=proof)


def _segments(setting: Setting) -> list[_Segment]:
    """Stretches of days in which no balance has a reason to change."""
    # With a largest amount a day, money that waits moves on any day.
    starts = {0} if setting.most_moved is None else set(range(setting.days))
    for day in range(setting.days):
        if any(line[day] for line in setting.flows):
            starts |= {day, day + 1}
        if day and any(line[day] != line[day - 1] for line in setting.required):
            starts.add(day)
        if any(setting.credits_after(place, day) for place in setting.places):
            starts.add(day + 1)
    for day in sorted(starts):
        before = day
        while 0 <= before < setting.days and not setting.open_days[before]:
            before -= 1
        after = day
        while after < setting.days and not setting.open_days[after]:
            after += 1
        starts |= {before, after} if before != day else set()
    ordered = sorted(day for day in starts if 0 <= day < setting.days)
    return [_Segment(day, later - 1) for day, later in zip(ordered, [*ordered[1:], setting.days], strict=True)]


Crossing = dict[tuple[int, int, int], int]
"""(day, from account, to account) -> variable of the amount moved, or of its binary."""


def _variables(
    model: Program, setting: Setting, segments: list[_Segment], others: Sequence[int]
) -> tuple[list[list[list[Term]]], Crossing, Crossing]:
    """Balances as sums of slab parts by account and segment, transfers, and the binaries that count them."""
    wealth = _wealth(setting)
    ceiling = max(wealth)
    held = [[_slab_parts(model, place, segment, ceiling) for segment in segments] for place in setting.places]
    owed = _owed(setting)
    crossing: Crossing = {}
    counted: Crossing = {}
    for segment in segments:
        if not setting.open_days[segment.first]:
            continue
        for other in others:
            for way in ((0, other), (other, 0)):
                key = (segment.first, *way)
                most = wealth[segment.first] if way[0] == 0 else min(wealth[segment.first], owed[segment.first])
                if setting.most_moved is not None:
                    most = min(most, float(setting.most_moved))
                crossing[key] = model.variable(most, float(setting.places[way[0]].charge))
                _whole_multiples(model, setting.places[way[1]], crossing[key], min(most, ceiling))
                if counts_transfers(setting):
                    most = min(most, ceiling)
                    counted[key] = model.binary(float(setting.cost))
                    model.row([(crossing[key], 1.0), (counted[key], -most)], -INFINITE, 0.0)
                    model.row([(crossing[key], 1.0), (counted[key], -float(setting.least_moved))], 0.0, INFINITE)
        for other in others:
            _one_way(model, setting, crossing, segment.first, other, ceiling)
    return held, crossing, counted


def counts_transfers(setting: Setting) -> bool:
    """Whether each transfer matters for itself, so that a binary must say whether it is made."""
    return bool(setting.cost or setting.least_moved) or setting.most is not None


def _one_way(model: Program, setting: Setting, crossing: Crossing, day: int, other: int, ceiling: float) -> None:
    """Money goes in or out on a day, not both: else a unit put in could be broken into any amount at once."""
    if setting.places[0].multiple == setting.places[other].multiple == 1:
        return
    into = model.binary()
    model.row([(crossing[day, 0, other], 1.0), (into, -ceiling)], -INFINITE, 0.0)
    model.row([(crossing[day, other, 0], 1.0), (into, ceiling)], -INFINITE, ceiling)


def _whole_multiples(model: Program, target: Place, moved: int, most: float) -> None:
    """What goes into a deposit is a whole number of its units."""
    if target.multiple > 1:
        units = model.whole(most // target.multiple)
        model.row([(moved, 1.0), (units, -float(target.multiple))], 0.0, 0.0)


def _wealth(setting: Setting) -> list[float]:
    """The most that all accounts can hold on each day before its debits, interest at the best rate included."""
    growth = 1.0 + max(float(place.top_rate) for place in setting.places)
    total, held = float(sum(place.balance for place in setting.places)), []
    for day in range(setting.days):
        total += sum(line[day] for line in setting.flows)
        paid = sum(max(-line[day], 0) for line in setting.flows)
        held.append(max(total + paid, 0.0) * growth + 1.0)
    return held


def _owed(setting: Setting) -> list[float]:
    """The most that is worth bringing back to the first account on each day: what it must still pay and hold.

    Where some of its money can earn more than elsewhere, there is no such limit.
    """
    first, *others = setting.places
    if first.top_rate > min(rate for place in others for _, rate in place.slabs):
        return [INFINITE] * setting.days
    held = float(max(setting.required[0]))
    owed = [held] * setting.days
    for day in range(setting.days - 1, -1, -1):
        held += max(0, -setting.flows[0][day])
        owed[day] = held
    return owed


def _slab_parts(model: Program, place: Place, segment: _Segment, ceiling: float) -> list[Term]:
    """One variable per slab; where a later slab pays more, a binary keeps it empty until the earlier one is full."""
    parts: list[Term] = []
    for number, (width, rate) in enumerate(place.slabs):
        top = ceiling if width is None else float(width)
        parts.append((model.variable(top, -float(rate * place.kept) * segment.days / DAYS_IN_YEAR), 1.0))
        if number and rate > place.slabs[number - 1][1]:
            full, before = model.binary(), place.slabs[number - 1][0]
            model.row([(parts[-1][0], 1.0), (full, -top)], -INFINITE, 0.0)
            model.row([(parts[-2][0], 1.0), (full, -float(before or 0))], 0.0, INFINITE)
    return parts


def _balance_rows(
    model: Program, setting: Setting, segments: list[_Segment], held: list[list[list[Term]]], crossing: Crossing
) -> None:
    moves: dict[tuple[int, int], list[Term]] = defaultdict(list)
    for (day, source, target), column in crossing.items():
        moves[day, source].append((column, 1.0))
        moves[day, target].append((column, -1.0))
    for account, place in enumerate(setting.places):
        unpaid: list[Term] = []
        for number, segment in enumerate(segments):
            flow = float(sum(setting.flows[account][segment.first : segment.last + 1]))
            before = [] if number == 0 else [(column, -value) for column, value in held[account][number - 1]]
            start = float(place.balance) if number == 0 else 0.0
            credited: list[Term] = []
            if number and setting.credits_after(place, segment.first - 1):
                credited, unpaid = [(column, -value) for column, value in unpaid], []
            moved = moves[segment.first, account]
            model.row([*held[account][number], *before, *credited, *moved], start + flow, start + flow)
            need = max(setting.required[account][segment.first : segment.last + 1])
            most = INFINITE if place.maximum is None else float(place.maximum)
            model.row(held[account][number], float(need), max(most, float(need)))
            rates = [float(rate) * segment.days / DAYS_IN_YEAR for _, rate in place.slabs]
            unpaid += [(column, share) for (column, _), share in zip(held[account][number], rates, strict=True)]


def _moves(setting: Setting, values: tuple[float, ...], crossing: Crossing) -> tuple[Move, ...]:
    """The solution's transfers in whole minor units, into deposits in whole multiples; both ways on one day netted."""
    netted: dict[tuple[int, int], int] = {}
    for (day, source, target), column in crossing.items():
        unit = setting.places[target].multiple
        amount = round(values[column] / unit) * unit
        other = target if source == 0 else source
        netted[day, other] = netted.get((day, other), 0) + (amount if source == 0 else -amount)
    return tuple(
        (day, 0, other, amount) if amount > 0 else (day, other, 0, -amount)
        for (day, other), amount in sorted(netted.items())
        if abs(amount) >= 1
    )
