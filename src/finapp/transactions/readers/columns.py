"""Which column plays which part: by its heading, held against what its cells are."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from finapp.transactions.domain.statement import Mapping
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.own_accounts import account_rank, own_account
from finapp.transactions.readers.tables import Profile, Table
from finapp.transactions.readers.words import Role, currency_given, normalized

_KIND_CELLS = re.compile(
    r"(?i)(ach|dda|pos|atm|e)?[ _-]?(debit|credit|check|chq|dslip|deposit|withdrawal|sale|payment|return|fee|purchase|"
    r"transfer|other|interest|adjustment|dr|cr|dep|int|income|expense|refund|reversal)s?([ _-](paid|debit|credit|pmt))?"
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]){10,30}")
_TEXT_LAST = re.compile(r"(extended|original|appears|full|short).*")
_MOST_TEXTS = 4
_ABOVE = re.compile(r"(?i)parent|group|main|haupt")
"""In the heading of a category: it is one that others stand below."""
NO_FEE = "none"
"""In a mapping: the fees are inside the amounts already."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Column numbers by part. Money is a list of candidates, which arithmetic decides between."""

    date: int
    other_date: int | None = None
    texts: tuple[int, ...] = ()
    payee: int | None = None
    payer: int | None = None
    amounts: tuple[int, ...] = ()
    debits: tuple[int, ...] = ()
    credits: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()
    balances: tuple[int, ...] = ()
    kind: int | None = None
    parts: dict[str, int]
    """Mapping field -> column, for the simple ones (bank_id, currency, status ...)."""


def name_of(table: Table, column: int) -> str:
    """How a mapping names a column: its heading when that is unique, else its position."""
    heading = table.headings[column]
    if heading and not heading.startswith("#") and table.headings.count(heading) == 1:
        return heading
    return f"#{column + 1}"


def index_of(headings: tuple[str, ...], name: str, field: str) -> int:
    """The column a mapping names. Raises UnreadableStatement when there is none."""
    if re.fullmatch(r"#\d{1,3}", name) and 1 <= int(name[1:]) <= max(len(headings), 1):
        return int(name[1:]) - 1
    wanted = name.strip().casefold()
    for index, heading in enumerate(headings):
        if heading.strip().casefold() == wanted:
            return index
    listed = ", ".join(repr(heading) for heading in headings if heading) or f"#1 to #{len(headings)}"
    raise UnreadableStatement("bad_mapping", f"there is no column {name!r}; there are {listed}", f"mapping.{field}")


def assign(table: Table, given: Mapping) -> Columns | None:
    """The parts of the columns, or None when no column holds dates."""
    if currency_given(table.headings, given.currency):
        given = replace(given, currency=None)
    fixed = {
        field: index_of(table.headings, name, field)
        for field in _FIELDS
        if isinstance(name := getattr(given, field), str) and not (field == "fee" and name.casefold() == NO_FEE)
    }
    dates = [fixed["date"]] if "date" in fixed else _dates(table)
    if not dates:
        return None
    taken = {dates[0]} | set(fixed.values())
    known = table.header_line > 0 and any(role and role != "other" for role in table.roles)
    found = _by_heading(table, taken) if known else _by_content(table, taken)
    texts = tuple(index_of(table.headings, name, "descriptions") for name in given.descriptions or ()) or found.texts
    parts = {**found.parts, **{field: column for field, column in fixed.items() if field in _SIMPLE}}
    if given.fee is not None and "fee" not in fixed:
        parts.pop("fee", None)
    return replace(
        found,
        date=dates[0],
        other_date=fixed.get("other_date", dates[1] if len(dates) > 1 and "date" not in fixed else None),
        texts=tuple(column for column in texts if column != dates[0]),
        payee=fixed.get("payee", found.payee) if given.descriptions is None else fixed.get("payee"),
        payer=fixed.get("payer", found.payer) if given.descriptions is None else fixed.get("payer"),
        kind=fixed.get("kind", found.kind),
        flags=(fixed["flag"],) if "flag" in fixed else found.flags,
        balances=(fixed["balance"],) if "balance" in fixed else found.balances,
        parts=parts,
        **_given_money(fixed, found, headless=not table.header_line),
    )


def _given_money(fixed: dict[str, int], found: Columns, *, headless: bool) -> dict[str, tuple[int, ...]]:
    if "amount" in fixed:
        return {"amounts": (fixed["amount"],), "debits": (), "credits": ()}
    if "debit" in fixed or "credit" in fixed:
        debits = (fixed["debit"],) if "debit" in fixed else ()
        others = tuple(column for column in found.amounts if headless and column not in debits)
        credits = (fixed["credit"],) if "credit" in fixed else others
        return {"amounts": (), "debits": debits, "credits": credits}
    return {"amounts": found.amounts, "debits": found.debits, "credits": found.credits}


_SIMPLE = ("bank_id", "currency", "status", "mcc", "category", "account", "tags", "original_amount",
           "original_currency", "rate", "fee", "balance_flag")  # fmt: skip
_FIELDS = (*_SIMPLE, "date", "other_date", "payee", "payer", "amount", "debit", "credit", "flag", "balance", "kind")


def _dates(table: Table) -> list[int]:
    """Date columns, best first: transaction, then booking, then value dates; well-filled ones before sparse ones."""
    order = {"transaction_date": 0, "date": 1, "value_date": 3}
    ranked = []
    for index, (role, profile) in enumerate(zip(table.roles, table.profiles, strict=True)):
        dated = max(profile.dates, profile.serials if role in order else 0.0)
        if dated < 0.5 or (role not in order and (role is not None or profile.dates < 0.8)):
            continue
        started = (
            re.search(
                r"start|creat|initiat|import|order|inizi|beginn|inicio|debut|begin", normalized(table.headings[index])
            )
            is not None
        )
        sparse = profile.filled * 2 < profile.rows
        ranked.append(((sparse, order.get(role or "", 2) + 0.5 * started, index), index))
    return [index for _, index in sorted(ranked)]


def _having(table: Table, role: Role, fits: Callable[[Profile], bool], taken: set[int]) -> list[int]:
    return [
        index
        for index, found in enumerate(table.roles)
        if found == role and index not in taken and fits(table.profiles[index])
    ]


def _money(profile: Profile) -> bool:
    return profile.filled > 0 and profile.amounts >= 0.6


def _money_or_blank(profile: Profile) -> bool:
    return profile.filled == 0 or profile.amounts >= 0.6


def _wordy(profile: Profile) -> bool:
    return profile.filled > 0 and profile.letters >= 0.3


def _by_heading(table: Table, taken: set[int]) -> Columns:
    numeric_flags = _having(table, "flag", _money, taken)
    amounts = _having(table, "amount", _money, taken) + numeric_flags
    flags = _having(table, "flag", lambda p: not _money(p), taken)
    balances = _having(table, "balance", _money, taken)
    parts = _simple_parts(table, taken, amounts)
    debits, credits = _filled_first(table, "debit", taken), _filled_first(table, "credit", taken)
    balance_flag = [flag for flag in flags if flag - 1 in balances and (len(flags) > 1 or (debits and credits))]
    if balance_flag:
        parts["balance_flag"] = balance_flag[0]
        flags = [flag for flag in flags if flag != balance_flag[0]]
    texts, kind = _texts(table, taken)
    payees = [index for index in _having(table, "payee", _wordy, taken) if not _numbers(table, index)]
    payers = _having(table, "payer", _wordy, taken)
    return Columns(
        date=-1,
        texts=tuple(texts),
        payee=payees[0] if payees else None,
        payer=payers[0] if payers else None,
        amounts=tuple(amounts),
        debits=tuple(debits),
        credits=tuple(credits),
        flags=tuple(flags),
        balances=tuple(balances),
        kind=kind,
        parts=parts,
    )


def _filled_first(table: Table, role: Role, taken: set[int]) -> list[int]:
    return sorted(_having(table, role, _money_or_blank, taken), key=lambda index: -table.profiles[index].filled)


def _numbers(table: Table, column: int) -> bool:
    """Whether a column names parties by the numbers of their accounts."""
    cells = [record.cells[column].strip() for record in table.body[:300] if column < len(record.cells)]
    filled = [cell for cell in cells if cell]
    return sum(_IBAN.fullmatch(cell) is not None for cell in filled) * 2 > len(filled)


def _texts(table: Table, taken: set[int]) -> tuple[list[int], int | None]:
    """The description columns, main one first, and the column of the bank's word for the kind of entry."""
    kinds = _having(table, "kind", lambda p: p.filled > 0, taken)
    texts = _having(table, "text", _wordy, taken)
    sample = [record.cells for record in table.body[:300]]
    for index in list(texts):
        cells = [row[index].strip() for row in sample if index < len(row) and row[index].strip()]
        purposes = [i for i in texts if re.match(r"(verwendungs|zahlungs)", normalized(table.headings[i]))]
        wording = normalized(table.headings[index])
        if len(texts) > 1 and (
            (wording == "buchungstext" and purposes) or all(_KIND_CELLS.fullmatch(cell) for cell in cells[:60])
        ):
            texts.remove(index)
            kinds.append(index)
    plain = [i for i in texts if not _TEXT_LAST.match(normalized(table.headings[i]))]
    has_party = any(role == "payee" and _wordy(p) for role, p in zip(table.roles, table.profiles, strict=True))
    texts = plain or ([] if has_party else texts[:1])
    notes = [i for i in _having(table, "note", _wordy, taken) if table.profiles[i].letters >= 0.5 or not texts]
    texts = (texts + notes)[:_MOST_TEXTS]
    if not texts and not has_party:
        short = _having(table, "text", lambda profile: profile.filled > 0, taken)
        finer = _having(table, "category", _wordy, taken)[1:]
        texts = short[:1] or _wordiest(table, taken | set(kinds)) or finer[:1] or kinds[:1]
    return texts, kinds[0] if kinds else None


def _wordiest(table: Table, taken: set[int]) -> list[int]:
    used: set[Role | None] = {"account", "currency", "status", "category", "flag", "bank_id", "tags", "other"}
    wordy = [
        (profile.distinct, profile.length, -index)
        for index, profile in enumerate(table.profiles)
        if index not in taken and _wordy(profile) and profile.dates < 0.5 and table.roles[index] not in used
    ]
    return [-max(wordy)[2]] if wordy else []


def _simple_parts(table: Table, taken: set[int], amounts: list[int]) -> dict[str, int]:
    parts: dict[str, int] = {}
    tests: dict[Role, Callable[[Profile], bool]] = {
        "bank_id": lambda p: p.filled > 0 and p.distinct > 0.9 * p.filled,
        "currency": lambda p: p.filled > 0 and p.length <= 8,
        "status": lambda p: p.filled > 0,
        "mcc": lambda p: p.filled > 0,
        "category": lambda p: p.filled > 0,
        "account": lambda p: p.filled > 0,
        "tags": lambda p: p.filled > 0,
        "original_amount": _money,
        "original_currency": lambda p: p.filled > 0 and p.length <= 8,
        "rate": lambda p: p.filled > 0,
        "fee": _money,
    }
    for role, fits in tests.items():
        columns = _having(table, role, fits, taken)
        if role == "currency" and len(columns) > 1 and amounts:
            columns.sort(key=lambda index: (abs(index - amounts[0]), index < amounts[0]))
        if role == "account":
            columns = [index for index in columns if own_account(table, index)]
            columns.sort(key=lambda index: account_rank(table, index))
        if role == "category":
            columns.sort(key=lambda index: (_ABOVE.search(table.headings[index]) is not None, index))
        if columns:
            parts[role] = columns[0]
    return parts


def _by_content(table: Table, taken: set[int]) -> Columns:
    """Parts of a table whose headings are missing or in words nobody taught us."""
    dated = {i for i, p in enumerate(table.profiles) if p.dates >= 0.5}
    free = [i for i in range(table.width) if i not in taken and i not in dated]
    money = [i for i in free if _money(table.profiles[i]) and _is_money(table.profiles[i])]
    wordy = [i for i in free if i not in money and _wordy(table.profiles[i])]
    currencies = [
        i
        for i in wordy
        if table.profiles[i].length == 3 and table.profiles[i].letters == 1 and table.profiles[i].distinct < 9
    ]
    texts = [i for i in wordy if i not in currencies and (table.profiles[i].distinct > 1 or table.profiles[i].rows < 3)]
    texts = texts or [i for i in wordy if i not in currencies]
    texts.sort(key=lambda i: (-table.profiles[i].distinct * table.profiles[i].length, i))
    return Columns(
        date=-1,
        texts=tuple(sorted(texts[:2])),
        amounts=tuple(money),
        parts={"currency": currencies[0]} if currencies else {},
    )


def _is_money(profile: Profile) -> bool:
    """Money rather than a count, a code or an account number."""
    return profile.fractions >= 0.3 or (profile.length <= 8 and profile.distinct > 1)
