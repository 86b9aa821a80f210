"""A sweep question in whole minor units and day numbers, checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor, rounded, to_minor
from finapp.kernel.months import month_of
from finapp.reports.domain import checks
from finapp.reports.public.sweep import Crediting, DatedMoney, SweepAccount, SweepQuestion

LONGEST = 366
MOST_FLOWS = 10_000
"""A household whose five accounts move every day has 1,825 in a year that is replayed."""
_PERIOD_MONTHS: dict[Crediting, int] = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, kw_only=True)
class Place:
    """An account: marginal `slabs` are (width or None for the rest, yearly rate), from the first unit up."""

    id: str
    balance: int
    minimum: int
    maximum: int | None
    slabs: tuple[tuple[int | None, Fraction], ...]
    months: int
    multiple: int = 1
    charge: Fraction = Fraction(0)
    tax: Fraction = Fraction(0)

    @property
    def top_rate(self) -> Fraction:
        """The best rate any part of the balance can earn."""
        return max(rate for _, rate in self.slabs)

    @property
    def kept(self) -> Fraction:
        """The part of its interest that is left after tax."""
        return 1 - self.tax

    def yearly_interest(self, balance: int) -> Fraction:
        """Interest of a year on a constant balance, in minor units; nothing on a negative one."""
        total, left = Fraction(0), max(balance, 0)
        for width, rate in self.slabs:
            part = left if width is None else min(left, width)
            total += part * rate
            left -= part
        return total


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Day t is `start` + t. `flows[a][t]` is what comes (positive) or goes on day t at account a.

    `required[a][t]` is what account a must hold at the close of day t.
    """

    start: date
    days: int
    currency: str
    places: tuple[Place, ...]
    flows: tuple[tuple[int, ...], ...]
    required: tuple[tuple[int, ...], ...]
    open_days: tuple[bool, ...]
    cost: int
    most: int | None
    least_moved: int = 0
    most_moved: int | None = None

    def on(self, day: int) -> date:
        """The date of a day number."""
        return self.start + timedelta(days=day)

    def money(self, minor: int) -> Decimal:
        """Minor units as an amount."""
        return from_minor(minor, self.currency)

    def credits_after(self, place: Place, day: int) -> bool:
        """Whether the interest period of an account ends with this day."""
        tomorrow = self.on(day + 1)
        return tomorrow.day == 1 and (tomorrow.month - 1) % place.months == 0


def setting(question: SweepQuestion, as_of: date) -> Setting:
    """The question checked and in numbers. Raises Invalid with the field that makes no sense."""
    days = checks.whole(question.horizon, "horizon", 1, LONGEST)
    checks.count(question.accounts, "accounts", 6, 2)
    checks.distinct((account.id for account in question.accounts), "accounts")
    checks.count(question.credits, "credits", MOST_FLOWS)
    checks.count(question.debits, "debits", MOST_FLOWS)
    checks.count(question.closed, "closed", MOST_FLOWS)
    checks.rate(question.buffer_quantile, "buffer_quantile", lowest=Decimal("0.5"), highest=Decimal("0.9999"))
    checks.whole(question.time_limit_seconds, "time_limit_seconds", 1, 60)
    if question.max_transfers is not None:
        checks.whole(question.max_transfers, "max_transfers", 0, 1000)
    places = tuple(_place(account, i, question.currency) for i, account in enumerate(question.accounts))
    flows, cushion = _flows(question, as_of, days, places)
    closed = set(question.closed)
    dates = [as_of + timedelta(days=day) for day in range(days)]
    buffer = checks.minor(question.buffer, question.currency, "buffer")
    return Setting(
        start=as_of,
        days=days,
        currency=question.currency,
        places=places,
        flows=tuple(tuple(line) for line in flows),
        required=tuple(
            _required(question, place, flows[i], cushion[i], buffer if i == 0 else 0) for i, place in enumerate(places)
        ),
        open_days=tuple(d not in closed and not (question.weekends_closed and d.weekday() >= 5) for d in dates),
        cost=checks.minor(question.transfer_cost, question.currency, "transfer_cost"),
        most=question.max_transfers,
        least_moved=checks.minor(question.transfer_minimum, question.currency, "transfer_minimum"),
        most_moved=_most_moved(question),
    )


def _most_moved(question: SweepQuestion) -> int | None:
    if question.transfer_maximum is None:
        return None
    most = checks.minor(question.transfer_maximum, question.currency, "transfer_maximum", zero=False)
    if question.transfer_maximum < question.transfer_minimum:
        raise Invalid("transfer_maximum", "is below transfer_minimum")
    return most


def _place(account: SweepAccount, index: int, currency: str) -> Place:
    where = f"accounts.{index}"
    balance = checks.minor(account.balance, currency, f"{where}.balance")
    minimum = checks.minor(account.minimum, currency, f"{where}.minimum")
    maximum = None if account.maximum is None else checks.minor(account.maximum, currency, f"{where}.maximum")
    if maximum is not None and maximum < minimum:
        raise Invalid(f"{where}.maximum", "is below the minimum")
    checks.count(account.slabs, f"{where}.slabs", 10)
    bounds = [0]
    rates = [Fraction(checks.rate(account.annual_rate, f"{where}.annual_rate"))]
    for number, slab in enumerate(account.slabs):
        above = checks.minor(slab.above, currency, f"{where}.slabs.{number}.above")
        rate = Fraction(checks.rate(slab.annual_rate, f"{where}.slabs.{number}.annual_rate"))
        if above == 0 and number == 0:
            rates[0] = rate
        elif above <= bounds[-1]:
            raise Invalid(f"{where}.slabs.{number}.above", "slabs must rise")
        else:
            bounds.append(above)
            rates.append(rate)
    widths = [later - earlier for earlier, later in pairwise(bounds)]
    return Place(
        id=account.id,
        balance=balance,
        minimum=minimum,
        maximum=maximum,
        slabs=tuple(zip([*widths, None], rates, strict=True)),
        months=_PERIOD_MONTHS[account.credited],
        multiple=1
        if account.multiple is None
        else checks.minor(account.multiple, currency, f"{where}.multiple", zero=False),
        charge=Fraction(checks.rate(account.withdrawal_charge, f"{where}.withdrawal_charge")),
        tax=Fraction(checks.rate(account.tax_rate, f"{where}.tax_rate")),
    )


def _flows(
    question: SweepQuestion, as_of: date, days: int, places: Sequence[Place]
) -> tuple[list[list[int]], list[list[int]]]:
    """Daily flows by account, and the cushion that variable debits ask for on their day."""
    index = {place.id: i for i, place in enumerate(places)}
    flows = [[0] * days for _ in places]
    cushion = [[0] * days for _ in places]
    factor = Decimal(repr(NormalDist().inv_cdf(float(question.buffer_quantile))))
    for field, sign, items in (("credits", 1, question.credits), ("debits", -1, question.debits)):
        for number, item in enumerate(items):
            where = f"{field}.{number}"
            place = _where(item, where, index)
            day = (item.date - as_of).days
            checks.day(item.date, f"{where}.date", as_of, as_of + timedelta(days=LONGEST))
            amount = checks.minor(item.amount, question.currency, f"{where}.amount", zero=False)
            checks.minor(item.deviation, question.currency, f"{where}.deviation")
            if day < days:
                flows[place][day] += sign * amount
                if sign < 0:
                    spare = rounded(item.deviation * factor, question.currency)
                    cushion[place][day] += to_minor(spare, question.currency)
    return flows, cushion


def _where(item: DatedMoney, field: str, index: dict[str, int]) -> int:
    if item.account_id is None:
        return 0
    if item.account_id not in index:
        raise Invalid(f"{field}.account_id", "is not the id of an account in this question")
    return index[item.account_id]


def _required(
    question: SweepQuestion, place: Place, flows: Sequence[int], cushion: Sequence[int], buffer: int
) -> tuple[int, ...]:
    """Minimum plus buffer, plus the cushion of a variable debit, plus tomorrow's net debit when it is due tonight.

    S_t = max(M, M + debit_(t+1) - credit_(t+1)) when money must be there the evening before.
    """
    base = place.minimum + buffer
    held = []
    for day in range(len(flows)):
        need = base + cushion[day]
        if question.needed == "evening_before" and day + 1 < len(flows):
            need = base + max(cushion[day], cushion[day + 1] + max(0, -flows[day + 1]))
        held.append(need)
    return tuple(held)


def months_of(setting: Setting) -> list[str]:
    """The calendar month of each day."""
    return [month_of(setting.on(day)) for day in range(setting.days)]
