"""A period in short, to be read away from the screen: by week, by month, by year."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from finapp.kernel.basis import Basis

DigestPeriod = Literal["week", "month", "year"]


@dataclass(frozen=True, kw_only=True)
class DigestLine:
    """A figure in words: what it is, what it was, and beside it the same of the period before or a remark."""

    label: str
    value: str
    """An amount with its currency, a share or a text, as the household's locale writes them; `not known` with the
    reason where there is no figure."""
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class DigestSection:
    """Lines under a heading."""

    title: str
    lines: tuple[DigestLine, ...]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A period in short. Sections whose context could not be asked are left out and named."""

    as_of: dt.date
    period: DigestPeriod
    first: dt.date
    last: dt.date
    dates: str
    """`first` to `last` as the household's locale writes days."""
    title: str
    sections: tuple[DigestSection, ...]
    left_out: tuple[str, ...]
    basis: Basis
