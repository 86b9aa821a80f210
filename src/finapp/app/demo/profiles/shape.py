"""The shape of a profile: the tables from which a household of one country is drawn."""

from dataclasses import dataclass

from finapp.app.demo.truth import AmountKind, Flow, Frequency, Liquidity, Shift


@dataclass(frozen=True)
class Shop:
    """Somewhere a household pays now and then.

    Amounts are in units of the currency, drawn between `low` and `high` with the weight at `low`; `visits` a month.
    `ways` are channels. `printed` are the spellings on statements, `#` a digit of the branch's number: `|` parts the
    spellings of one merchant, `;` merchants of one kind, each known by its own name.
    `twins` marks fares that are often paid twice a day, `returns` the share of purchases that come back.
    """

    merchant: str
    leaf: str
    low: float
    high: float
    visits: float
    ways: str
    printed: str
    handle: str = ""
    twins: bool = False
    returns: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A recurring payment a household may have, with probability `chance`; of one `choice` at most one.

    `frequency` lists the possible ones; amounts are for the first and scale with the period for the others.
    `when`: "4-9" a day drawn from that range, "last" the last day, "working" the last working day, "2nd" an nth
    weekday, "1,15" two days. `late` is how many days a hand-paid one may come after its day.
    `prices` are successive prices; `raises` is a yearly rise between two shares; a variable one moves by `swing`.
    """

    merchant: str
    leaf: str
    frequency: tuple[Frequency, ...] = ("monthly",)
    when: str = "1-28"
    low: float = 0
    high: float = 0
    amount: AmountKind = "fixed"
    prices: tuple[float, ...] = ()
    raises: tuple[float, float] = (0.0, 0.0)
    swing: float = 0.3
    way: str = "debit"
    printed: str
    handle: str = ""
    purpose: str = ""
    chance: float = 0.5
    choice: str = ""
    flow: Flow = "expense"
    shift: Shift = "none"
    late: int = 0
    on: str = "checking"
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Lending:
    """A kind of loan: who lends it, how much, at which rate, for how long. `debit` is how the instalment is printed."""

    kind: str
    name: str
    lenders: tuple[tuple[str, str], ...]
    principal: tuple[int, int]
    rate: tuple[float, float]
    months: tuple[int, ...]
    chance: float
    shift: Shift = "next"


@dataclass(frozen=True, kw_only=True)
class Bank:
    """A bank or card issuer: the name its narrations go by, its statement layout, and how its numbers look.

    `roles` are the account kinds it offers. `code` is the routing code that other banks print for it.
    """

    name: str
    roles: tuple[str, ...]
    layout: str
    number: str
    code: str = ""
    rate: float = 0.0
    product: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything that differs from country to country.

    `unit` is the coin amounts paid by hand are rounded to. `pay` is the range of one month's net pay.
    A local business is a word of `local_heads` and one of `trades`. `employers` are (name, printed name).
    `pay_rules` are (frequency, when, shift); `goals` (name, months of pay, months ahead); `fees` (name, low, high).
    """

    name: str
    country: str
    currency: str
    locale: str
    holders: tuple[str, ...]
    people: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]
    banks: tuple[Bank, ...]
    cards: tuple[Bank, ...]
    wallet: Bank
    employers: tuple[tuple[str, str], ...]
    pay: tuple[int, int]
    pay_rules: tuple[tuple[Frequency, str, Shift], ...]
    pay_rise: tuple[float, float]
    pay_month: int
    unit: float
    cash_notes: tuple[int, ...]
    streams: tuple[Stream, ...]
    lendings: tuple[Lending, ...]
    shops: tuple[Shop, ...]
    travel: tuple[Shop, ...]
    medical: tuple[Shop, ...]
    local_heads: tuple[str, ...]
    trades: tuple[Shop, ...]
    fees: tuple[tuple[str, float, float], ...]
    assets: tuple[tuple[str, str, Liquidity, float, float], ...]
    goals: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, kw_only=True)
class Narrations:
    """How the banks of a country print: by bank and channel, several variants each.

    Banks in `payee_columns` print the counterparty apart from the purpose. `routes` are (code, name) of other banks,
    `labels` what a savings and a salary account are called.
    """

    texts: dict[str, dict[str, tuple[str, ...]]]
    payee_columns: frozenset[str]
    notes: tuple[str, ...]
    routes: tuple[tuple[str, str], ...]
    gateways: tuple[str, ...]
    labels: tuple[str, str]
    domain: str
