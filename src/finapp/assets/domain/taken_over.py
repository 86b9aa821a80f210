"""Things owned and debts that another program kept, as this one keeps them."""

import re
from datetime import date
from decimal import Decimal

from finapp.assets.public import AssetDetails, AssetKind, LiabilityDetails, LiabilityKind, Liquidity

_ASSETS: tuple[tuple[str, AssetKind, Liquidity], ...] = (
    (r"sav|current acc|checking|bank|wallet", "bank", "today"),
    (r"cash", "cash", "today"),
    (r"\bfd\b|\brd\b|fixed|recurring|deposit|term", "deposit", "months"),
    (r"ppf|epf|\bpf\b|nps|provident|pension|retire|401|\bira\b|superann", "retirement", "locked"),
    (r"mutual|fund|\bmf\b|etf|index|sip", "fund", "days"),
    (r"stock|share|equit", "stock", "days"),
    (r"bond|debenture|gilt|\bsgb\b", "bond", "days"),
    (r"gold|silver|jewel", "gold", "days"),
    (r"propert|real ?estate|house|flat|home|land|plot|apartment", "property", "months"),
    (r"vehicle|car\b|bike|scooter|motor", "vehicle", "months"),
    (r"crypto|bitcoin|ethereum", "crypto", "days"),
)
_DEBTS: tuple[tuple[str, LiabilityKind], ...] = (
    (r"home|hous|mortgage|property", "home_loan"),
    (r"car\b|vehicle|auto|bike|two ?wheeler", "vehicle_loan"),
    (r"educat|student|study", "education_loan"),
    (r"gold", "gold_loan"),
    (r"credit ?card|\bcard\b", "credit_card"),
    (r"overdraft|\bod\b", "overdraft"),
    (r"personal|consumer", "personal_loan"),
)
_NOTE = "taken over from another program"
_HIGHEST_ACCRUAL = 1


def asset_of(*, name: str, word: str, currency: str, annual_rate: Decimal | None) -> AssetDetails:
    """What is stated of an asset; its kind by that program's word for it, else by its name."""
    kinds = (
        (kind, liquidity) for text in _texts(word, name) for words, kind, liquidity in _ASSETS if re.search(words, text)
    )
    kind, liquidity = next(kinds, ("other", "months"))
    earns = kind in ("deposit", "retirement") and (annual_rate or 0) <= _HIGHEST_ACCRUAL
    return AssetDetails(
        name=name,
        kind=kind,
        currency=currency,
        liquidity=liquidity,
        accrual_rate=annual_rate if earns else None,
        note=_NOTE,
    )


def liability_of(
    *, name: str, word: str, currency: str, annual_rate: Decimal | None, owed: Decimal, on: date
) -> LiabilityDetails:
    """What is stated of a debt: what is owed from a day on; its schedule is for a person to add."""
    kinds = (kind for text in _texts(word, name) for words, kind in _DEBTS if re.search(words, text))
    return LiabilityDetails(
        name=name,
        kind=next(kinds, "other"),
        currency=currency,
        principal=owed,
        annual_rate=annual_rate,
        start=on,
        note=_NOTE,
    )


def _texts(*said: str) -> tuple[str, ...]:
    """In words apart: `home_loan` and `HomeLoan` alike."""
    return tuple(re.sub(r"[_-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).casefold() for text in said)
