"""Opens the accounts of a household."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from finapp.app.demo.dice import between, digits, pick
from finapp.app.demo.profiles.shape import Bank, Profile
from finapp.app.demo.truth import Account, AccountKind


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The accounts of a household that print statements, by their place in `accounts`.

    `codes` are the routing codes by which other banks print each account. `unseen_card` is a card whose statements the
    household does not have: its bills are paid, its spending is never seen.
    """

    accounts: tuple[Account, ...]
    checking: int
    savings: int
    cards: tuple[int, ...]
    wallet: int | None
    codes: dict[str, str]
    unseen_card: Account | None


def money(value: float) -> Decimal:
    """`value` in units as money with two decimals."""
    return Decimal(int(value * 100 + (0.5 if value >= 0 else -0.5))).scaleb(-2)


def _open(random: Random, bank: Bank, kind: AccountKind, holder: str, profile: Profile, opening: float) -> Account:
    slug = bank.name.lower().replace(" ", "-")
    label = {"checking": "salary account", "savings": "savings", "credit_card": bank.product, "cash": "wallet"}[kind]
    rate = bank.rate if kind in ("checking", "savings") else 0.0
    if kind == "savings":
        rate += 0.005
    return Account(
        id=f"{slug}-{kind.replace('_', '-')}",
        name=bank.name if kind == "cash" else f"{bank.name} {label}",
        kind=kind,
        bank=bank.name,
        layout=bank.layout,
        number=digits(random, bank.number),
        currency=profile.currency,
        opening_balance=money(opening),
        annual_rate=Decimal(str(round(rate, 4))),
        holder=holder,
    )


def open_accounts(random: Random, profile: Profile, holder: str, pay: float) -> Opened:
    """A salary account, savings at the same or another bank, up to two cards, sometimes a wallet."""
    main = pick(random, profile.banks)
    saver = pick(random, [bank for bank in profile.banks if "savings" in bank.roles])
    banks = [main, saver]
    accounts = [
        _open(random, main, "checking", holder, profile, int(pay * between(random, 0.9, 1.6))),
        _open(random, saver, "savings", holder, profile, int(pay * between(random, 4, 8))),
    ]
    issuers = list(profile.cards)
    cards = []
    for _ in range((0, 1, 1, 1, 2, 2)[int(random.random() * 6)]):
        issuer = issuers.pop(int(random.random() * len(issuers)))
        cards.append(len(accounts))
        accounts.append(_open(random, issuer, "credit_card", holder, profile, -pay * between(random, 0.03, 0.12)))
        banks.append(issuer)
    wallet = None
    if random.random() < 0.3:
        wallet = len(accounts)
        accounts.append(_open(random, profile.wallet, "cash", holder, profile, pay * between(random, 0.002, 0.01)))
        banks.append(profile.wallet)
    unseen = None
    if issuers and random.random() < 0.25:
        issuer = pick(random, issuers)
        unseen = _open(random, issuer, "credit_card", holder, profile, 0)
        banks.append(issuer)
    opened = [*accounts, *([unseen] if unseen else [])]
    codes = {account.id: bank.code or bank.name.upper() for account, bank in zip(opened, banks, strict=True)}
    return Opened(
        accounts=tuple(accounts),
        checking=0,
        savings=1,
        cards=tuple(cards),
        wallet=wallet,
        codes=codes,
        unseen_card=unseen,
    )
