"""Loans, and card purchases turned into instalments."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from finapp.app.demo.amounts import Price
from finapp.app.demo.booking import Due, Planned, Source
from finapp.app.demo.calendars import Rule
from finapp.app.demo.dice import between, digits, pick
from finapp.app.demo.narrations import spelling
from finapp.app.demo.planning import Life, Setting, minor, plan, rule_for
from finapp.app.demo.profiles.shape import Lending
from finapp.app.demo.truth import Account, Flow, Loan
from finapp.kernel.months import add_months, count_months, month_of

_CENT = Decimal("0.01")
_PURPOSES = {"US": "LOAN PMT", "DE": "Darlehen Rate"}


@dataclass(frozen=True, kw_only=True)
class Borrowed:
    """A loan with the account that stands for it and the series that repays it."""

    loan: Loan
    account: Account
    planned: Planned


def instalment(principal: Decimal, annual_rate: Decimal, months: int, unit: Decimal) -> Decimal:
    """The level instalment P i / (1 - (1 + i)^-n) with i = annual/12, rounded up to `unit`; P/n at 0 %."""
    rate = annual_rate / 12
    exact = principal / months if not rate else principal * rate / (1 - (1 + rate) ** -months)
    return (exact / unit).to_integral_value(rounding=ROUND_UP) * unit


def outstanding(loan: Loan, paid: int) -> Decimal:
    """What is still owed after `paid` instalments, interest rounded to the cent each month."""
    balance = loan.principal
    for _ in range(paid):
        interest = (balance * loan.annual_rate / 12).quantize(_CENT, rounding=ROUND_HALF_UP)
        balance = max(Decimal("0.00"), balance + interest - loan.instalment)
    return balance


def _first_instalment(setting: Setting, months: int, rule: Rule) -> date:
    """Most loans run already when the window opens, some begin inside it."""
    random = setting.random
    span = count_months(month_of(setting.first), month_of(setting.last))
    if random.random() < 0.22 and span > 6:
        offset = 1 + int(random.random() * span * 0.6)
    else:
        offset = -int(random.random() * months * 0.75)
    return add_months(setting.first.replace(day=1), offset).replace(day=rule.days[0])


def borrow(setting: Setting, lending: Lending, lender: tuple[str, str], level: float) -> Borrowed | None:
    """One loan repaid on a day of the month from the salary account, None when nothing of it falls into the window."""
    random = setting.random
    indian = setting.profile.currency == "INR"
    step = 10_000 if indian else 500
    principal = Decimal(int(between(random, *lending.principal) * level / step + 1) * step)
    months = pick(random, lending.months)
    rate = Decimal(int(between(random, *lending.rate) * 2000 + 0.5)) / 2000
    when = pick(random, ("2-10", "5-5", "7-7", "10-10", "15-28"))
    rule = rule_for(random, "monthly", when, lending.shift, setting.first)
    begins = _first_instalment(setting, months, rule)
    source = _instalment_source(setting, lender)
    loan = Loan(
        account_id=f"loan-{source.series_id}",
        name=lending.name,
        kind=lending.kind,
        lender=lender[0],
        principal=principal.quantize(_CENT),
        annual_rate=rate,
        months=months,
        instalment=instalment(principal, rate, months, Decimal(1) if indian else _CENT).quantize(_CENT),
        start=add_months(begins, -1),
        series_id=source.series_id or "",
    )
    life = Life(begins=begins, ends=add_months(begins, months - 1))
    planned = plan(setting, [source], rule, life, Price(amount=float(loan.instalment)))
    if planned is None:
        return None
    return Borrowed(loan=loan, account=_loan_account(setting, loan, begins), planned=planned)


def _instalment_source(setting: Setting, lender: tuple[str, str]) -> Source:
    random, checking = setting.random, setting.opened.accounts[setting.opened.checking]
    channel = "emi" if lender[0] == checking.bank else "debit"
    payee = setting.narrator.payee(random, *lender, purpose=_PURPOSES.get(setting.profile.country, ""))
    return Source(
        account=setting.opened.checking,
        channel=channel,
        leaf="loan",
        flow="debt",
        merchant=lender[0],
        text=setting.narrator.text(random, checking, channel, payee),
        series_id=setting.name_series(),
    )


def _loan_account(setting: Setting, loan: Loan, begins: date) -> Account:
    paid = max(0, count_months(month_of(begins), month_of(setting.first)))
    return Account(
        id=loan.account_id,
        name=loan.name,
        kind="loan",
        bank=loan.lender,
        layout=None,
        number=digits(setting.random, "4########"),
        currency=setting.profile.currency,
        opening_balance=-outstanding(loan, paid) if begins <= setting.first else Decimal("0.00"),
        annual_rate=loan.annual_rate,
        holder=setting.opened.accounts[0].holder,
    )


def borrow_all(setting: Setting, level: float) -> list[Borrowed]:
    """The household's loans. A later loan is often from the lender of an earlier one: two instalments to one bank."""
    borrowed: list[Borrowed] = []
    used: list[tuple[str, str]] = []
    for lending in setting.profile.lendings:
        if setting.random.random() >= lending.chance:
            continue
        loyal = used and setting.random.random() < 0.3
        lender = pick(setting.random, used if loyal else lending.lenders)
        loan = borrow(setting, lending, lender, level)
        if loan:
            borrowed.append(loan)
            used.append(lender)
    return borrowed


def plan_conversion(setting: Setting) -> tuple[list[Due], Planned | None]:
    """A large card purchase, the credit that turns it into a plan, and the plan's instalments."""
    random, opened = setting.random, setting.opened
    span = (setting.last - setting.first).days
    if not opened.cards or span < 200 or random.random() < 0.7:
        return [], None
    place = pick(random, opened.cards)
    shop = max((shop for shop in setting.profile.shops if shop.leaf == "shopping"), key=lambda shop: shop.high)
    merchant, printed = spelling(random, shop.merchant, shop.printed)
    payee = setting.narrator.payee(random, merchant, printed)

    def source(channel: str, leaf: str, flow: Flow) -> Source:
        text = setting.narrator.text(random, opened.accounts[place], channel, payee)
        return Source(account=place, channel=channel, leaf=leaf, flow=flow, merchant=merchant, text=text)

    amount = Decimal(int(setting.pay * between(random, 0.25, 0.6)))
    bought = Due(
        day=setting.first + timedelta(days=int(span * random.random() * 0.5)),
        source=source("shop", "shopping", "expense"),
        minor=-minor(amount),
        mirror=source("conversion", "transfer", "transfer"),
        lag=3,
        pair="conversion",
    )
    part = replace(source("instalment", "loan", "debt"), series_id=setting.name_series())
    return [bought], _conversion_plan(setting, part, bought.day + timedelta(days=12), amount)


def _conversion_plan(setting: Setting, part: Source, begins: date, amount: Decimal) -> Planned | None:
    months = pick(setting.random, (6, 9, 12))
    rule = rule_for(setting.random, "monthly", "10-24", "none", setting.first)
    life = Life(begins=begins, ends=add_months(begins, months) - timedelta(days=1))
    payment = instalment(amount, Decimal("0.15"), months, _CENT)
    planned = plan(setting, [part], rule, life, Price(amount=float(payment)))
    if planned is None:
        return None
    dues = tuple(replace(due, number=f"{index:02d}/{months:02d}") for index, due in enumerate(planned.dues, start=1))
    return replace(planned, dues=dues)
