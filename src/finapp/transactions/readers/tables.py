"""Where the table of a file begins: its headings, by their words and by what stands below them."""

from collections import Counter
from dataclasses import dataclass

from finapp.transactions.readers.amounts import has_fraction, is_filler, looks_like_amount
from finapp.transactions.readers.dates import is_serial, looks_like_date
from finapp.transactions.readers.grid import Record, is_data
from finapp.transactions.readers.words import Role, role_of

_HEADING_DEPTH = 120
_PROFILED = 400
_DATES: set[Role] = {"transaction_date", "date", "value_date"}
_MONEY: set[Role] = {"amount", "debit", "credit", "original_amount"}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the cells of one column are, as shares of the non-blank ones."""

    filled: int
    rows: int
    dates: float
    serials: float
    amounts: float
    fractions: float
    distinct: int
    letters: float
    length: float
    """Mean length of the text."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table found in a file: headings (empty names where there are none), and the records around it."""

    header_line: int
    """The line of the headings, 0 when there are none."""
    headings: tuple[str, ...]
    roles: tuple[Role | None, ...]
    before: tuple[Record, ...]
    """The records before the table."""
    body: tuple[Record, ...]
    """The records after the headings, as far as they were looked at."""
    profiles: tuple[Profile, ...]

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.headings)

    @property
    def named_width(self) -> int:
        """How many columns there are up to the last that has a heading; all of them where there are no headings."""
        named = [number for number, heading in enumerate(self.headings, start=1) if heading]
        return max(named, default=self.width)


def find_table(found: list[Record], header_line: int | None = None) -> Table | None:
    """The table among records, or None when no record carries a date and an amount."""
    if header_line is not None:
        at = next((i for i, record in enumerate(found) if record.line >= header_line), 0) if header_line else None
        return _table(found, at, [*found[at].cells]) if at is not None else _headless(found)
    best: tuple[float, int, list[str]] | None = None
    for index, record in enumerate(found[:_HEADING_DEPTH]):
        for cells in _candidates(found, index):
            score = _heading_score(cells, found[index + 1 : index + 60])
            if score and (best is None or score > best[0]):
                best = (score, index if cells is record.cells else index + 1, cells)
    return _table(found, best[1], best[2]) if best else _headless(found)


def _candidates(found: list[Record], index: int) -> list[list[str]]:
    """The record itself, and the record joined with the next one, for headings over two lines."""
    cells = found[index].cells
    if sum(bool(cell.strip()) for cell in cells) < 2:
        return []
    below = found[index + 1].cells if index + 1 < len(found) else []
    if not 2 <= len(below) <= len(cells) or is_data(below) or any(len(cell) > 30 for cell in below):
        return [cells]
    if sum(bool(cell.strip()) for cell in below) < 2 or any(char.isdigit() for cell in below for char in cell):
        return [cells]
    padded = below + [""] * (len(cells) - len(below))
    both = [_named(top, bottom) for top, bottom in zip(cells, padded, strict=True)]
    alone = max(len(_roles(cells)), len(_roles(below)))
    return [cells, both] if len(_roles(cells)) >= 2 and len(_roles(both)) > alone else [cells]


def _named(top: str, bottom: str) -> str:
    """One heading of two lines: both together where they say something, else the lower, the more particular one."""
    together = f"{top} {bottom}".strip()
    return bottom if role_of(together) is None and role_of(bottom) is not None else together


def _roles(cells: list[str]) -> set[Role]:
    return {role for cell in cells if (role := role_of(cell)) and role != "other"}


def _heading_score(cells: list[str], below: list[Record]) -> float:
    """How well a record serves as headings: known words, distinct roles, and dates and amounts below the right ones."""
    roles = [role_of(cell) for cell in cells]
    known = {role for role in roles if role and role != "other"}
    dated = [i for i, role in enumerate(roles) if role in _DATES]
    money = [i for i, role in enumerate(roles) if role in _MONEY]
    if not dated or not money or any(looks_like_date(cell) for cell in cells):
        return 0.0
    if sum(looks_like_amount(cell) for cell in cells) > 1:
        return 0.0
    hits = sum(
        any(i < len(r.cells) and (looks_like_date(r.cells[i]) or is_serial(r.cells[i])) for i in dated)
        and any(i < len(r.cells) and looks_like_amount(r.cells[i]) for i in money)
        for r in below
    )
    if not hits and any(is_data(record.cells) for record in below):
        return 0.0
    return len(known) + 0.5 * sum(role is not None for role in roles) + min(hits, 10) + (3 if hits else 0)


def _date_at(cells: list[str]) -> int:
    return next(index for index, cell in enumerate(cells) if cell and looks_like_date(cell))


def _headless(found: list[Record]) -> Table | None:
    """A table without known headings: from the first record with a date and an amount on."""
    # A line about the account above the rows may hold a date and an amount too, but not where the rows have them.
    placed = [(i, _date_at(record.cells)) for i, record in enumerate(found[:_PROFILED]) if is_data(record.cells)]
    usual = Counter(at for _, at in placed).most_common(1)
    first = next((i for i, at in placed if at == usual[0][0]), None)
    if first is None:
        return None
    width = len(found[first].cells)
    above = found[first - 1] if first else None
    if above and len(above.cells) == width and _could_be_headings(above.cells):
        return _table(found, first - 1, above.cells)
    start = found[first:]
    width = max(len(record.cells) for record in start[:50] if is_data(record.cells))
    return _built(0, [""] * width, found[:first], start)


def _could_be_headings(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= 3 and all(len(cell) < 40 and not any(c.isdigit() for c in cell) for cell in filled)


def _table(found: list[Record], at: int, headings: list[str]) -> Table:
    return _built(found[at].line, headings, found[:at], found[at + 1 :])


def _built(line: int, headings: list[str], before: list[Record], body: list[Record]) -> Table:
    width = len(headings)
    roles = [role_of(heading) for heading in headings]
    named = max((number for number, heading in enumerate(headings, start=1) if heading.strip()), default=width)
    text = roles.index("text") if "text" in roles else None
    data = [record.cells for record in body if is_data(record.cells) or _serial_row(record.cells)][:_PROFILED]
    data = [aligned(cells, named, text) for cells in data]
    dated = [index for index, role in enumerate(roles) if role in _DATES]
    data = [cells for cells in data if _has_date(cells, dated)] or data
    columns = [[row[i].strip() if i < len(row) else "" for row in data] for i in range(width)]
    profiles = tuple(_profile(column) for column in columns)
    return Table(
        header_line=line,
        headings=tuple(heading.strip().lstrip("\ufeff").strip() for heading in headings),
        roles=tuple(_settled(role, profile) for role, profile in zip(roles, profiles, strict=True)),
        before=tuple(before),
        body=tuple(body),
        profiles=profiles,
    )


def _has_date(cells: list[str], columns: list[int]) -> bool:
    return any(i < len(cells) and (looks_like_date(cells[i]) or is_serial(cells[i])) for i in columns)


def aligned(cells: list[str], width: int, text: int | None) -> list[str]:
    """A record whose text holds the delimiter, put together so that its columns line up with the others."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    extra = len(cells) - width
    if extra <= 0 or text is None:
        return cells
    return [*cells[:text], ",".join(cells[text : text + extra + 1]), *cells[text + extra + 1 :]]


def _settled(role: Role | None, profile: Profile) -> Role | None:
    """`Valuta` is a date in one language and a currency in another: the cells tell."""
    if role == "value_date" and profile.dates < 0.5 and profile.length == 3 and profile.letters == 1:
        return "currency"
    return "value_date" if role == "currency" and profile.dates >= 0.5 else role


def _serial_row(cells: list[str]) -> bool:
    return any(is_serial(cell) for cell in cells[:4]) and sum(looks_like_amount(cell) for cell in cells) > 1


def _profile(cells: list[str]) -> Profile:
    filled = [cell for cell in cells if not is_filler(cell)]
    count = len(filled) or 1
    return Profile(
        filled=len(filled),
        rows=len(cells),
        dates=sum(map(looks_like_date, filled)) / count,
        serials=sum(map(is_serial, filled)) / count,
        amounts=sum(map(looks_like_amount, filled)) / count,
        fractions=sum(map(has_fraction, filled)) / count,
        distinct=len(set(filled)),
        letters=sum(sum(c.isalpha() for c in cell) > 2 for cell in filled) / count,
        length=sum(map(len, filled)) / count,
    )
