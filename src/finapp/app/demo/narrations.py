"""Fills the narrations of a bank: what is known of a payee once, what changes with every row later.

In the tables `{...}` is filled once per payee and `%(...)s` per row: `s` 16 digits, `h` 13 hexadecimal digits, `rrn`
the 12-digit reference of instant payments, `t` and `t2` a time, `d m y Y b j` the parts of the day, `k` "03/12" of a
plan, `period` the days that interest is for. Truncations such as `{name:.18}` are the banks' own.
"""

import re
from collections.abc import Mapping
from datetime import date
from random import Random

from finapp.app.demo.dice import digits, pick
from finapp.app.demo.profiles.shape import Narrations, Profile
from finapp.app.demo.truth import Account

_CODE = re.compile(r"@{2,}")
_TERMINAL = re.compile(r"SQ \*|SUMUP\s*\*|ZETTLE_\*|[#\d]+")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
TIMES = tuple(f"{8 + quarter * 7 // 60 % 14:02d}{quarter * 7 % 60:02d}" for quarter in range(128))


def day_slots(day: date) -> dict[str, str]:
    """The parts of a day that narrations print. Callers add the slots of the row."""
    year = f"{day.year:04d}"
    nth = f"{day.timetuple().tm_yday:03d}"
    return {
        "d": f"{day.day:02d}",
        "m": f"{day.month:02d}",
        "y": year[2:],
        "Y": year,
        "b": _MONTHS[day.month - 1],
        "j": nth,
        "start": year[3:] + nth,
        "k": "",
        "period": "",
    }


def number_slots(slots: dict[str, str], number: int, *, rich: bool) -> dict[str, str]:
    """`slots` with the references of one row, all taken from one number of 16 digits.

    Only `rich` narrations print a time or hexadecimal digits, so only they pay for them.
    """
    text = str(number)
    slots["s"] = text
    slots["rrn"] = slots["start"] + text[-8:]
    if rich:
        time = TIMES[number & 127]
        slots["h"] = f"{number:X}"
        slots["t"] = time
        slots["t2"] = f"{time[:2]}:{time[2:]}"
    return slots


def draw_number(random: Random) -> int:
    """A number of 16 digits."""
    return 1_000_000_000_000_000 + random.getrandbits(52)


def is_rich(text: str) -> bool:
    """Whether a narration prints a time or hexadecimal digits."""
    return "%(h)" in text or "%(t" in text


def spelling(random: Random, merchant: str, printed: str) -> tuple[str, str]:
    """The merchant and one of its spellings. Where `printed` lists several merchants, one of them by its own name."""
    text = pick(random, pick(random, printed.split(";")).split("|"))
    if ";" in printed:
        merchant = " ".join(_TERMINAL.sub("", text).split()).title()
    return merchant, text


class Narrator:
    """Writes the narrations of one household in the manner of its banks."""

    def __init__(self, profile: Profile, texts: Narrations, holder: str, city: tuple[str, str]) -> None:
        self._profile = profile
        self._texts = texts
        self._holder = holder
        self._city = city

    def payee_column(self, bank: str) -> bool:
        """Whether `bank` prints the counterparty in a column of its own."""
        return bank in self._texts.payee_columns

    def prints(self, bank: str, channel: str) -> bool:
        """Whether `bank` has rows of that channel."""
        return channel in self._texts.texts[bank]

    def payee(self, random: Random, merchant: str, printed: str, handle: str = "", purpose: str = "") -> dict[str, str]:
        """The slots of one payee: its spelling, handle, route, and the numbers that stay the same from row to row."""
        route, payee_bank = pick(random, self._texts.routes)
        name = digits(random, printed)
        slug = "".join(sign for sign in merchant if sign.isalnum())
        return {
            "name": name,
            "Name": name.title(),
            "Merchant": merchant,
            "Legal": name.title() if name.isupper() else name,
            "LEGAL": name.upper(),
            "Person": name,
            "PERSON": name.upper(),
            "handle": handle.lower() or f"q{digits(random, '########')}@ybl",
            "HANDLE": (handle or f"q{digits(random, '########')}@ybl").upper(),
            "note": purpose or pick(random, self._texts.notes),
            "purpose": purpose,
            "ifsc": route,
            "ifsc4": route[:4],
            "payee_bank": payee_bank,
            "biller": f"{slug[:4].upper()}{digits(random, '##')}",
            "gateway": pick(random, self._texts.gateways),
            "web": f"{slug.upper()[:12]}{self._texts.domain}",
            "ref": digits(random, "1#######"),
            "company": digits(random, "9#########"),
            "city": self._city[0],
            "state": self._city[1],
        }

    def other(self, account: Account, issuer_code: str) -> dict[str, str]:
        """The slots that name another account: of the household, or a card that it pays."""
        savings, salary = self._texts.labels
        issuer = account.bank.removesuffix(" Card") if self._profile.country == "US" else issuer_code
        short = "".join(sign for sign in account.bank if sign.isalpha()).upper()
        return {
            "other_number": account.number,
            "other4": account.last4,
            "other_card": account.number,
            "other_bank": account.bank,
            "other_issuer": issuer,
            "other_kind": "SAV" if account.kind == "savings" else "CHK",
            "other_label": savings if account.kind == "savings" else salary,
            "other_ach": issuer_code,
            "other_ifsc": issuer_code,
            "other_ifsc4": issuer_code[:4],
            "other_sort": issuer_code,
            "other_biller": f"{short[:4]}CC",
        }

    def text(self, random: Random, account: Account, channel: str, slots: Mapping[str, str]) -> str:
        """One of the bank's narrations for the channel, filled but for the slots of the row."""
        variants = self._texts.texts[account.bank][channel]
        own = {"last4": account.last4, "number": account.number, "holder": self._holder}
        filled = pick(random, variants).format_map({**slots, **own})
        filled = filled.replace("\t ", "\t")
        return _CODE.sub(lambda code: f"%(h).{len(code.group())}s", filled)
