"""Reads the tables of a profile from this folder."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from finapp.app.demo.profiles.shape import Bank, Lending, Narrations, Profile, Shop, Stream
from finapp.app.demo.truth import ProfileName

_FOLDER = Path(__file__).parent
_PLAIN = (
    "name",
    "country",
    "currency",
    "locale",
    "unit",
    "pay",
    "pay_rise",
    "pay_month",
    "holders",
    "people",
    "cities",
    "employers",
    "pay_rules",
    "cash_notes",
    "fees",
    "assets",
    "goals",
    "local_heads",
)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _fields(table: dict[str, Any]) -> dict[str, Any]:
    return {name: _frozen(value) for name, value in table.items()}


def _shops(name: str) -> dict[str, list[Shop]]:
    tables: dict[str, list[Shop]] = {}
    with (_FOLDER / name / "shops.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            shop = Shop(
                merchant=line["merchant"],
                leaf=line["leaf"],
                low=float(line["low"]),
                high=float(line["high"]),
                visits=float(line["visits"] or 1),
                ways=line["ways"],
                printed=line["printed"],
                handle=line["handle"],
                twins=line["twins"] == "yes",
                returns=float(line["returns"] or 0),
            )
            tables.setdefault(line["table"], []).append(shop)
    return tables


@cache
def profile(name: ProfileName) -> Profile:
    """The profile called `name`. Raises KeyError for a name that has no folder here."""
    if name not in ("in", "us", "gb", "eu"):
        raise KeyError(name)
    raw = tomllib.loads((_FOLDER / name / "household.toml").read_text(encoding="utf-8"))
    shops = _shops(name)
    return Profile(
        **{field: _frozen(raw[field]) for field in _PLAIN},
        banks=tuple(Bank(**_fields(bank)) for bank in raw["banks"]),
        cards=tuple(Bank(**_fields(card)) for card in raw["cards"]),
        wallet=Bank(**_fields(raw["wallet"])),
        streams=tuple(Stream(**_fields(stream)) for stream in raw["streams"]),
        lendings=tuple(Lending(**_fields(lending)) for lending in raw["lendings"]),
        shops=tuple(shops["shop"]),
        travel=tuple(shops["travel"]),
        medical=tuple(shops["medical"]),
        trades=tuple(shops["trade"]),
    )


@cache
def narrations(name: ProfileName) -> Narrations:
    """How the banks of a profile print their rows."""
    raw = tomllib.loads((_FOLDER / name / "narrations.toml").read_text(encoding="utf-8"))
    banks = {bank: table for bank, table in raw.items() if isinstance(table, dict)}
    texts: dict[str, dict[str, tuple[str, ...]]] = {}
    for bank, table in banks.items():
        source = banks[table["same_as"]] if "same_as" in table else table
        texts[bank] = {channel: tuple(lines) for channel, lines in source.items() if isinstance(lines, list)}
    return Narrations(
        texts=texts,
        payee_columns=frozenset(bank for bank, table in banks.items() if table.get("payee_column")),
        notes=tuple(raw["notes"]),
        routes=_frozen(raw["routes"]),
        gateways=tuple(raw["gateways"]),
        labels=_frozen(raw["labels"]),
        domain=raw["domain"],
    )
