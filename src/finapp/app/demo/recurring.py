"""The recurring life of a household: its streams, and what its accounts do by themselves."""

from dataclasses import replace

from finapp.app.demo.amounts import Price, tidy
from finapp.app.demo.booking import Due, Planned, Source
from finapp.app.demo.calendars import MONTHS_BETWEEN, PER_YEAR
from finapp.app.demo.dice import between, pick
from finapp.app.demo.narrations import spelling
from finapp.app.demo.planning import Life, Setting, draw_life, plan, rule_for
from finapp.app.demo.profiles.shape import Stream
from finapp.app.demo.truth import Account, Flow, Frequency, Shift

_MANDATED = ("debit", "online", "credit")


def choose_streams(setting: Setting, *, owns_home: bool) -> list[Stream]:
    """The streams this household has: each by its chance, of one choice at most one, a home by rent or by loan."""
    taken = {"home"} if owns_home else set()
    chosen = []
    for stream in setting.profile.streams:
        if stream.choice in taken or setting.random.random() >= stream.chance:
            continue
        if stream.choice:
            taken.add(stream.choice)
        chosen.append(stream)
    if "home" not in taken:
        chosen.append(next(stream for stream in setting.profile.streams if stream.choice == "home"))
    return chosen


def stream_sources(setting: Setting, stream: Stream) -> list[Source]:
    """How the rows of a stream are printed: one way, or two where people pay by hand or a bank changes its wording."""
    opened, random = setting.opened, setting.random
    on_card = stream.on == "card" and opened.cards
    place = pick(random, opened.cards) if on_card else opened.checking
    account = opened.accounts[place]
    person, local = pick(random, setting.profile.people), pick(random, setting.profile.local_heads)
    merchant, printed = spelling(random, stream.merchant, stream.printed.format(person=person, local=local))
    handle = stream.handle.format(person=person.lower().replace(" ", ""), local="")
    payee = setting.narrator.payee(random, merchant, printed, handle, stream.purpose)
    if "{" in stream.printed:
        merchant = printed.title()
    channel = stream.way if setting.narrator.prints(account.bank, stream.way) else "shop"
    shapes = 2 if stream.way in _MANDATED or random.random() < 0.25 else 1
    series_id = setting.name_series()
    return [
        Source(
            account=place,
            channel=channel,
            leaf=stream.leaf,
            flow=stream.flow,
            merchant=merchant,
            text=setting.narrator.text(random, account, channel, payee),
            series_id=series_id,
        )
        for _ in range(shapes)
    ]


def plan_stream(setting: Setting, stream: Stream, level: float) -> Planned | None:
    """One stream, its amounts scaled to the household's `level` of living where they are not list prices."""
    random = setting.random
    frequency = pick(random, stream.frequency)
    scale = PER_YEAR[stream.frequency[0]] / PER_YEAR[frequency]
    price = Price(
        amount=between(random, stream.low, stream.high) * scale * level,
        kind=stream.amount,
        prices=tuple(value if 0.8 < scale < 1.25 else value * scale for value in stream.prices),
        raises=stream.raises,
        raise_month=int(random.random() * 12) + 1,
        swing=stream.swing,
        whole=stream.whole,
    )
    rule = rule_for(random, frequency, stream.when, stream.shift, setting.first)
    life = draw_life(setting, frequency, stream.late)
    sources = stream_sources(setting, stream)
    changes = stream.way in _MANDATED and random.random() < 0.08
    mixed = sources if stream.way not in _MANDATED else sources[:1]
    planned = plan(setting, mixed, rule, life, price)
    return _reprinted(setting, planned, sources[-1]) if planned and changes else planned


def _reprinted(setting: Setting, planned: Planned, later: Source) -> Planned:
    """The series as a bank prints it that changes its wording one day."""
    change = int(setting.random.random() * len(planned.dues))
    dues = [replace(due, source=later) if index >= change else due for index, due in enumerate(planned.dues)]
    return replace(planned, dues=tuple(dues))


def plan_salary(setting: Setting) -> Planned | None:
    """The household's pay: monthly, four-weekly, semi-monthly, biweekly or weekly, with a yearly rise."""
    random, profile = setting.random, setting.profile
    frequency, when, shift = pick(random, profile.pay_rules)
    merchant, printed = setting.employer
    payee = setting.narrator.payee(random, merchant, printed, purpose="SALARY")
    account = setting.opened.accounts[setting.opened.checking]
    source = Source(
        account=setting.opened.checking,
        channel="payroll",
        leaf="income_salary",
        flow="income",
        merchant=merchant,
        text=setting.narrator.text(random, account, "payroll", payee),
        series_id=setting.name_series(),
    )
    price = Price(
        amount=setting.pay * 12 / PER_YEAR[frequency],
        kind="variable" if random.random() < 0.12 else "stepped",
        raises=profile.pay_rise,
        raise_month=profile.pay_month,
        swing=0.04,
    )
    return plan(setting, [source], rule_for(random, frequency, when, shift, setting.first), Life(), price)


def plan_bonus(setting: Setting, salary: Planned) -> list[Due]:
    """A yearly bonus of half to twice a month's pay that some employers add to one pay day: no series of its own."""
    random = setting.random
    if random.random() < 0.65:
        return []
    month = int(random.random() * 12) + 1
    days = {due.day.year: due for due in salary.dues if due.day.month == month}
    return [
        replace(due, minor=int(setting.pay * between(random, 0.5, 2)) * 100, source=replace(due.source, series_id=None))
        for due in days.values()
    ]


def _side(setting: Setting, place: int, channel: str, leaf: str, other: Account, flow: Flow = "transfer") -> Source:
    account = setting.opened.accounts[place]
    payee = setting.narrator.payee(setting.random, other.bank, other.bank.upper())
    slots = {**payee, **setting.narrator.other(other, setting.opened.codes[other.id])}
    text = setting.narrator.text(setting.random, account, channel, slots)
    return Source(account=place, channel=channel, leaf=leaf, flow=flow, merchant=None, text=text)


def own_sources(setting: Setting, out: int, into: int, *, kind: str) -> tuple[Source, Source]:
    """The two sides of a movement between own accounts; `kind` is transfer, card, wallet or unwallet."""
    channels = {
        "transfer": ("own_out", "own_in", "transfer"),
        "card": ("card_bill", "card_credit", "card_payment"),
        "wallet": ("wallet_out", "wallet_out", "transfer"),
        "unwallet": ("wallet_in", "wallet_in", "transfer"),
    }
    paid, received, leaf = channels[kind]
    accounts = setting.opened.accounts
    foreign = accounts[out].bank.split()[0] != accounts[into].bank.split()[0]
    if kind == "card" and setting.random.random() < (0.3 if setting.profile.country != "US" else foreign):
        paid = "app_bill"
    return (_side(setting, out, paid, leaf, accounts[into]), _side(setting, into, received, leaf, accounts[out]))


def _mirrored(setting: Setting, planned: Planned, mirror: Source, *, pair: str, lag: int) -> list[Planned]:
    """The series on the paying account, and the same movement as it arrives on the other."""
    mirror = replace(mirror, series_id=setting.name_series())
    dues = tuple(replace(due, mirror=mirror, lag=lag, pair=pair) for due in planned.dues)
    arriving = replace(
        planned.series,
        id=mirror.series_id or "",
        account_id=setting.opened.accounts[mirror.account].id,
        direction="in",
        merchant="",
    )
    return [Planned(series=planned.series, dues=dues), Planned(series=arriving, dues=())]


def plan_saving(setting: Setting) -> list[Planned]:
    """A standing order from the salary account to savings."""
    random, opened = setting.random, setting.opened
    out, into = own_sources(setting, opened.checking, opened.savings, kind="transfer")
    out = replace(out, series_id=setting.name_series())
    rule = rule_for(random, "monthly", "2-12", "next", setting.first)
    amount = tidy(setting.pay * between(random, 0.04, 0.1), setting.profile.currency)
    planned = plan(setting, [out], rule, Life(), Price(amount=amount))
    return _mirrored(setting, planned, into, pair="transfer", lag=0) if planned else []


def plan_card_bills(setting: Setting) -> list[Planned]:
    """Each card's bill, paid in full from the salary account on its due day."""
    planned = []
    for card in setting.opened.cards:
        out, into = own_sources(setting, setting.opened.checking, card, kind="card")
        out = replace(out, series_id=setting.name_series())
        rule = rule_for(setting.random, "monthly", "3-24", "next", setting.first)
        bills = plan(setting, [out], rule, Life(), None)
        if bills:
            planned += _mirrored(setting, bills, into, pair="card", lag=0)
    return planned


def plan_unseen_card(setting: Setting) -> Planned | None:
    """The bill of a card whose own statements are not in the ledger: real spending, seen only as one sum."""
    card = setting.opened.unseen_card
    if card is None:
        return None
    source = _side(setting, setting.opened.checking, "card_bill", "card_spending_unseen", card, flow="expense")
    source = replace(source, merchant=card.bank, series_id=setting.name_series())
    rule = rule_for(setting.random, "monthly", "3-24", "next", setting.first)
    price = Price(amount=setting.pay * between(setting.random, 0.03, 0.08), kind="variable", swing=0.45)
    return plan(setting, [source], rule, Life(), price)


def plan_interest(setting: Setting) -> list[Planned]:
    """Interest that banks credit on deposits: quarterly or half-yearly in India, monthly or quarterly elsewhere."""
    frequency: Frequency = "quarterly" if setting.profile.name == "in" or setting.random.random() < 0.3 else "monthly"
    shift: Shift = "none"
    opened, planned = setting.opened, []
    for place in (opened.checking, opened.savings):
        account = opened.accounts[place]
        if not account.annual_rate:
            continue
        payee = setting.narrator.payee(setting.random, account.bank, account.bank.upper())
        source = Source(
            account=place,
            channel="interest",
            leaf="income_interest",
            flow="income",
            merchant=account.bank,
            text=setting.narrator.text(setting.random, account, "interest", payee),
            series_id=setting.name_series(),
        )
        rule = replace(rule_for(setting.random, frequency, "last", shift, setting.first), start=setting.first)
        if frequency == "quarterly":
            rule = replace(rule, start=rule.start.replace(month=3, day=1))
        credits = plan(setting, [source], rule, Life(), None)
        if credits:
            months = MONTHS_BETWEEN[frequency]
            planned.append(replace(credits, dues=tuple(_for_months(due, months) for due in credits.dues)))
    return planned


def _for_months(due: Due, months: int) -> Due:
    return replace(due, months=months)
