"""Draws a household from a seed: its accounts, its plans, and the script by which its rows are booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.app.demo.accounts import money, open_accounts
from finapp.app.demo.booking import Due, Planned, Source
from finapp.app.demo.borrowing import Borrowed, borrow_all, plan_conversion
from finapp.app.demo.calendars import PER_YEAR
from finapp.app.demo.dice import between, dice, pick
from finapp.app.demo.history import Movements, Script, rows_of
from finapp.app.demo.narrations import Narrator
from finapp.app.demo.outlets import Spending, daily_spending, open_outlet
from finapp.app.demo.planning import Setting
from finapp.app.demo.profiles.reading import narrations, profile
from finapp.app.demo.profiles.shape import Shop
from finapp.app.demo.recurring import (
    choose_streams,
    own_sources,
    plan_bonus,
    plan_card_bills,
    plan_interest,
    plan_salary,
    plan_saving,
    plan_stream,
    plan_unseen_card,
)
from finapp.app.demo.truth import Account, Asset, Goal, Loan, ProfileName, Row, Series
from finapp.kernel.months import add_months

_PROFILES: tuple[ProfileName, ...] = ("in", "us", "gb", "eu")
_USUAL_MONTHS = 24
_MOST_MONTHS = 120
_ROWS_A_MONTH = 130
_EVERYDAY_SHARE = 0.33


@dataclass(frozen=True, kw_only=True)
class Household:
    """A simulated household and the truth about it.

    `accounts` includes loan accounts, which have no rows. `rows()` may be read any number of times; it costs the memory
    of one month whatever the length.
    """

    seed: int
    profile: ProfileName
    country: str
    currency: str
    locale: str
    holder: str
    first: date
    last: date
    accounts: tuple[Account, ...]
    series: tuple[Series, ...]
    loans: tuple[Loan, ...]
    assets: tuple[Asset, ...]
    goals: tuple[Goal, ...]
    script: Script

    def rows(self, account_id: str | None = None) -> Iterator[Row]:
        """Every row in date order, of one account or of all. Within an account the order is the bank's own."""
        rows = rows_of(self.script)
        return rows if account_id is None else (row for row in rows if row.account_id == account_id)

    def account(self, account_id: str) -> Account:
        """The account with that id. Raises KeyError when there is none."""
        found = next((account for account in self.accounts if account.id == account_id), None)
        if found is None:
            raise KeyError(account_id)
        return found


def simulate(
    *,
    seed: int,
    profile: ProfileName,
    until: date,
    months: int | None = None,
    rows: int | None = None,
) -> Household:
    """The household of `seed` with statements up to and including `until`.

    Either `months` of an ordinary household (24 by default) or, over as many months as that fills but at most 120,
    exactly `rows` rows: everyday spending is then more frequent and smaller than people's. The same arguments give the
    same household on every machine. Raises ValueError for fewer than 200 rows, less than a month, or both arguments.
    """
    if seed < 0 or (months is not None and (rows is not None or months < 1)) or (rows is not None and rows < 200):
        raise ValueError("give a seed of at least 0, and either months (1 or more) or rows (200 or more)")
    if rows is not None:
        months = min(_MOST_MONTHS, max(1, rows // _ROWS_A_MONTH))
    months = months or _USUAL_MONTHS
    setting = _setting(seed, profile, until, months)
    return _household(setting, seed, profile, rows)


def _setting(seed: int, name: ProfileName, until: date, months: int) -> Setting:
    table = profile(name)
    random = dice(seed, _PROFILES.index(name), 1)
    holder = pick(random, table.holders)
    pay = between(random, *table.pay)
    return Setting(
        profile=table,
        narrator=Narrator(table, narrations(name), holder, pick(random, table.cities)),
        random=random,
        opened=open_accounts(random, table, holder, pay),
        first=add_months(until.replace(day=1), 1 - months),
        last=until,
        pay=pay,
        employer=pick(random, table.employers),
    )


def _cost(planned: Planned) -> float:
    """What a series costs in an average month, in units."""
    paid = [-due.minor for due in planned.dues if due.minor is not None and due.minor < 0]
    if not paid:
        return 0.0
    return sum(paid) / len(paid) / 100 * PER_YEAR[planned.series.frequency] / 12


def _household(setting: Setting, seed: int, name: ProfileName, rows: int | None) -> Household:
    level = 0.75 + 0.5 * (setting.pay - setting.profile.pay[0]) / (setting.profile.pay[1] - setting.profile.pay[0])
    borrowed = borrow_all(setting, level)
    streams = choose_streams(setting, owns_home=any(loan.loan.kind == "home_loan" for loan in borrowed))
    plans = [loan.planned for loan in borrowed]
    plans += [planned for stream in streams if (planned := plan_stream(setting, stream, level))]
    spending = daily_spending(setting, local=_local_shops(setting, rows), busy=(rows or 0) > 20_000)
    committed = sum(_cost(planned) for planned in plans)
    factor = max(0.35, min(1.1, setting.pay * _EVERYDAY_SHARE / spending.monthly))
    spending = spending.scaled(factor)
    setting.pay = float(int(max(setting.pay, (committed + spending.monthly) * 1.1)))
    salary = plan_salary(setting)
    single = plan_bonus(setting, salary) if salary else []
    plans += [planned for planned in (salary, plan_unseen_card(setting)) if planned]
    plans += plan_saving(setting) + plan_card_bills(setting) + plan_interest(setting)
    bought, conversion = plan_conversion(setting)
    single += bought
    plans += [conversion] if conversion else []
    script = _script(setting, seed, name, plans, single, spending, rows)
    return Household(
        seed=seed,
        profile=name,
        country=setting.profile.country,
        currency=setting.profile.currency,
        locale=setting.profile.locale,
        holder=setting.opened.accounts[0].holder,
        first=setting.first,
        last=setting.last,
        accounts=setting.opened.accounts + tuple(loan.account for loan in borrowed),
        series=tuple(planned.series for planned in plans),
        loans=tuple(loan.loan for loan in borrowed),
        assets=_assets(setting, borrowed),
        goals=_goals(setting),
        script=script,
    )


def _local_shops(setting: Setting, rows: int | None) -> int:
    ordinary = 18 + int(setting.random.random() * 14)
    return ordinary if rows is None else min(1_800, ordinary + rows // 80)


def _script(
    setting: Setting,
    seed: int,
    name: ProfileName,
    plans: list[Planned],
    single: list[Due],
    spending: Spending,
    rows: int | None,
) -> Script:
    dues: dict[tuple[int, int], list[Due]] = {}
    for due in [*single, *(due for planned in plans for due in planned.dues)]:
        dues.setdefault((due.day.year, due.day.month), []).append(due)
    opened = setting.opened
    columns = [place for place, account in enumerate(opened.accounts) if setting.narrator.payee_column(account.bank)]
    return Script(
        seed=seed,
        profile=_PROFILES.index(name),
        first=setting.first,
        last=setting.last,
        accounts=opened.accounts,
        checking=opened.checking,
        savings=opened.savings,
        wallet=opened.wallet,
        pay=setting.pay,
        dues={month: tuple(due) for month, due in dues.items()},
        spending=spending,
        trips=_outlets(setting, setting.profile.travel),
        illness=_outlets(setting, setting.profile.medical),
        claim=_claim(setting),
        movements=_movements(setting),
        rows=rows,
        payee_columns=frozenset(columns),
    )


def _outlets(setting: Setting, shops: tuple[Shop, ...]) -> Spending:
    return Spending.of(open_outlet(setting, shop, pick(setting.random, shop.ways.split()), 1.0) for shop in shops)


def _claim(setting: Setting) -> Source:
    merchant, printed = setting.employer
    account = setting.opened.accounts[setting.opened.checking]
    payee = setting.narrator.payee(setting.random, merchant, printed, purpose="EXPENSE CLAIM")
    text = setting.narrator.text(setting.random, account, "credit", payee)
    return Source(
        account=setting.opened.checking, channel="credit", leaf="travel", flow="refund", merchant=merchant, text=text
    )


def _movements(setting: Setting) -> Movements:
    opened = setting.opened
    wallet = opened.wallet
    return Movements(
        save=own_sources(setting, opened.checking, opened.savings, kind="transfer"),
        draw=own_sources(setting, opened.savings, opened.checking, kind="transfer"),
        load=None if wallet is None else own_sources(setting, opened.checking, wallet, kind="wallet"),
    )


def _yearly_days(setting: Setting) -> list[date]:
    days, day = [], setting.first
    while day < setting.last:
        days.append(day)
        day = add_months(day, 12)
    return [*days, setting.last]


def _assets(setting: Setting, borrowed: list[Borrowed]) -> tuple[Asset, ...]:
    """What the household owns beside its accounts; a home only with a home loan, a car more often than not."""
    random, assets = setting.random, []
    owns_home = any(loan.loan.kind == "home_loan" for loan in borrowed)
    for title, kind, liquidity, low, high in setting.profile.assets:
        if (kind == "property" and not owns_home) or random.random() < 0.25:
            continue
        value = between(random, low, high)
        growth = -0.12 if kind == "vehicle" else between(random, 0.02, 0.1)
        valuations = []
        for day in _yearly_days(setting):
            valuations.append((day, money(int(value / 100) * 100.0)))
            value *= 1 + growth
        assets.append(Asset(name=title, kind=kind, liquidity=liquidity, valuations=tuple(valuations)))
    return tuple(assets)


def _goals(setting: Setting) -> tuple[Goal, ...]:
    return tuple(
        Goal(name=title, target=Decimal(int(setting.pay * months / 100) * 100), due_on=add_months(setting.last, ahead))
        for title, months, ahead in setting.profile.goals
    )
