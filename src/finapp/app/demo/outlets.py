"""Where a household spends from day to day: shops, their branches, and the accounts that pay them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from finapp.app.demo.booking import Source
from finapp.app.demo.dice import between, pick
from finapp.app.demo.narrations import is_rich, spelling
from finapp.app.demo.planning import Setting
from finapp.app.demo.profiles.shape import Shop
from finapp.app.demo.truth import Flow

_WHOLE = {"dining", "transport", "personal_care", "services", "gifts_donations", "home", "fuel", "auto"}
_WALLET_WAYS = {"upi", "app", "online", "shop"}
_MEAN_OF_CUBE = 0.25
_NEIGHBOURHOOD = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """One branch of one shop, paid in one way. Amounts are minor units, multiples of `step`, mostly near `low`."""

    source: Source
    low: int
    spread: int
    step: int
    weight: float
    rich: bool
    twins: bool
    returns: float
    refund: Source | None
    reversal: Source | None

    @property
    def mean(self) -> float:
        """The average amount in minor units: the amount is low + spread u^3 for an even u."""
        return self.low + self.spread * _MEAN_OF_CUBE


@dataclass(frozen=True, kw_only=True)
class Spending:
    """Outlets with their cumulative weights; `visits` is how many rows an ordinary month has."""

    outlets: tuple[Outlet, ...]
    cumulative: tuple[float, ...]
    visits: float
    monthly: float

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> "Spending":
        """The spending that visits each outlet as often as its weight says."""
        kept = tuple(outlets)
        cumulative = tuple(accumulate(outlet.weight for outlet in kept))
        monthly = sum(outlet.weight * outlet.mean for outlet in kept)
        return cls(outlets=kept, cumulative=cumulative, visits=cumulative[-1], monthly=monthly / 100)

    def scaled(self, factor: float) -> "Spending":
        """The same outlets, each visited `factor` times as often."""
        return Spending.of(replace(outlet, weight=outlet.weight * factor) for outlet in self.outlets)


def local_shops(setting: Setting, count: int) -> list[Shop]:
    """`count` businesses of the neighbourhood, each name a head and a trade; of many, most name their city too."""
    profile, random = setting.profile, setting.random
    shops = []
    for _ in range(count):
        trade, head = pick(random, profile.trades), pick(random, profile.local_heads)
        trade_first = profile.country == "DE" and random.random() < 0.5
        name = f"{trade.printed} {head}" if trade_first else f"{head} {trade.printed}"
        if count > _NEIGHBOURHOOD and random.random() < 0.8:
            name = f"{name} {pick(random, profile.cities)[0]}"
        shops.append(replace(trade, merchant=name.title(), printed=name, visits=between(random, 0.08, 0.5)))
    return shops


def _place(setting: Setting, way: str) -> tuple[int, str]:
    opened, random = setting.opened, setting.random
    if opened.wallet is not None and way in _WALLET_WAYS and random.random() < 0.08:
        return opened.wallet, "online" if way == "online" else "shop"
    if way == "card" and opened.cards:
        return pick(random, opened.cards), "shop"
    return opened.checking, "shop" if way == "card" else way


def _source(setting: Setting, place: int, channel: str, shop: Shop, payee: dict[str, str]) -> Source:
    account = setting.opened.accounts[place]
    text = setting.narrator.text(setting.random, account, channel, payee)
    flow: Flow = "transfer" if shop.leaf == "cash" else "expense"
    merchant = None if shop.leaf == "cash" else payee["Merchant"]
    return Source(account=place, channel=channel, leaf=shop.leaf, flow=flow, merchant=merchant, text=text)


def _step(setting: Setting, shop: Shop) -> int:
    if setting.profile.currency == "INR":
        return 100 if "upi" in shop.ways or shop.leaf in _WHOLE else 1
    return 5 if shop.twins or (setting.profile.currency == "GBP" and shop.leaf == "dining") else 1


def open_outlet(setting: Setting, shop: Shop, way: str, weight: float) -> Outlet:
    """One branch of `shop`, paid by `way`, with the narrations its account's bank prints."""
    random = setting.random
    place, channel = _place(setting, way)
    bank = setting.opened.accounts[place].bank
    if channel == "shop" and ("online" in shop.ways or "upi card" in shop.ways) and random.random() < 0.6:
        channel = "online"
    if not setting.narrator.prints(bank, channel):
        channel = "shop" if setting.narrator.prints(bank, "shop") else "app"
    merchant, printed = spelling(random, shop.merchant, shop.printed)
    if "{" in printed:
        printed = printed.format(person=pick(random, setting.profile.people))
        merchant = printed.title()
    payee = setting.narrator.payee(random, merchant, printed, shop.handle)
    source = _source(setting, place, channel, shop, payee)
    reversible = channel in ("upi", "online", "app")
    return Outlet(
        source=source,
        low=int(shop.low * 100),
        spread=int((shop.high - shop.low) * 100),
        step=_step(setting, shop),
        weight=weight,
        rich=is_rich(source.text),
        twins=shop.twins,
        returns=shop.returns,
        refund=_back(setting, place, "refund", shop, payee),
        reversal=_back(setting, place, "reversal", shop, payee) if reversible else None,
    )


def _back(setting: Setting, place: int, kind: str, shop: Shop, payee: dict[str, str]) -> Source | None:
    if shop.leaf == "cash" or not setting.narrator.prints(setting.opened.accounts[place].bank, kind):
        return None
    return replace(_source(setting, place, kind, shop, payee), flow="refund")


def _cash(setting: Setting, shop: Shop) -> list[Outlet]:
    outlets = []
    for note in setting.profile.cash_notes:
        outlet = open_outlet(setting, shop, "atm", shop.visits / len(setting.profile.cash_notes))
        outlets.append(replace(outlet, low=note * 100, spread=0, step=100))
    return outlets


def _fees(setting: Setting) -> list[Outlet]:
    chosen = [fee for fee in setting.profile.fees if setting.random.random() < 0.6]
    shops = [Shop("", "bank_fees", low, high, 0.12, "fee", name) for name, low, high in chosen]
    bank = setting.opened.accounts[setting.opened.checking].bank
    return [open_outlet(setting, replace(shop, merchant=bank), "fee", shop.visits) for shop in shops]


def daily_spending(setting: Setting, *, local: int, busy: bool) -> Spending:
    """The household's everyday outlets: most chains (all when `busy`), `local` shops, cash machines, charges."""
    random = setting.random
    chains = [shop for shop in setting.profile.shops if busy or random.random() < 0.62]
    outlets: list[Outlet] = []
    for shop in [*chains, *local_shops(setting, local)]:
        if shop.leaf == "cash":
            outlets += _cash(setting, shop)
            continue
        ways = shop.ways.split()
        branches = min(len(ways), 3) if busy else 1 + (random.random() < 0.5)
        habit = shop.visits * between(random, 0.4, 1.6)
        chosen = ways[:branches] if busy else [pick(random, ways) for _ in range(branches)]
        outlets += [open_outlet(setting, shop, way, habit / branches) for way in chosen]
    return Spending.of(outlets + _fees(setting))
