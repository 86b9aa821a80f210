"""Plain-text accounting: beancount, and hledger or ledger journals, as far as transactions with postings go.

A row is made for every posting to an asset or liability account; the other postings give its category.
Sources: beancount language syntax, hledger manual (journal format).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from finapp.transactions.domain.statement import RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.details import currency_code
from finapp.transactions.readers.own_export import account_names, hints, told, unescaped
from finapp.transactions.readers.whole import joined, statement_of

_BEAN = re.compile(r'(\d{4}-\d{2}-\d{2})\s+(txn|[*!])\s+(?:"((?:[^"\\]|\\.)*)"\s*)?(?:"((?:[^"\\]|\\.)*)")?\s*(.*)')
_LEDGER = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=\S+)?\s+(?:([*!])\s+)?(?:\(([^)]*)\)\s*)?(.*)")
_POSTING = re.compile(r"\s+(?:[*!]\s+)?((?:[^\s;]|\s(?!\s|;))+?)(?:(?:\s{2,}|\t)\s*([^;]*))?(?:;.*)?")
OWN_ACCOUNT = re.compile(r"(?i)(assets?|liabilit(y|ies)|aktiva|passiva|actifs?|activos?)(:|$)")
_OPENING = re.compile(r"(?i)equity:opening")
_BEAN_POSTING = re.compile(r"\s+(?:[*!]\s+)?([A-Z][\w-]*(?::[\w-]+)+)\s*([^;]*)(?:;.*)?")


@dataclass
class _Entry:
    line: int
    date: date
    pending: bool
    text: str
    payee: str | None
    postings: list[tuple[str, Decimal | None, str | None]] = field(default_factory=list)
    bad: str | None = None
    told: dict[int, dict[str, str]] = field(default_factory=dict)
    """What our own export says of the rows that postings stand for, by their place."""


def is_beancount(head: str) -> bool:
    """Whether a text is a beancount ledger."""
    return re.search(r'(?m)^\d{4}-\d{2}-\d{2}\s+(open|commodity|balance|pad|close|txn|[*!]\s+")', head) is not None


def is_journal(head: str) -> bool:
    """Whether a text is an hledger or ledger journal: a dated line, and an indented account below it."""
    return (
        re.search(r"(?m)^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[^\n,;\t]*\n[ \t]+[^\s;][^\n]*?(\s{2,}|\t)\S", head) is not None
    )


def read_journal(text: str, beancount: bool) -> Statement:
    """The rows of all asset and liability accounts of a journal. Raises UnreadableStatement."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    names = account_names(text, beancount)
    for entry in _entries(text.splitlines(), beancount):
        problem = entry.bad or _balanced(entry) or _foreign_to_the_household(entry)
        if problem:
            rejected.append(RejectedRow(line=entry.line, code="unreadable", message=problem, text=entry.text[:200]))
            continue
        rows += _own_rows(entry, names) if _is_own(entry) else _rows(entry, names)
    kept, openings = _without_openings(rows)
    found = statement_of("beancount" if beancount else "ledger", kept, rejected)
    found = replace(found, accounts=hints(names.items()))
    if len({row.account_hint for row in kept}) == 1:
        return replace(found, opening_balance=next(iter(openings.values()), None))
    return replace(found, balances={name: (amount, None) for name, amount in openings.items()})


def _without_openings(rows: list[StatementRow]) -> tuple[list[StatementRow], dict[str, Decimal]]:
    """The rows without those that only open an account, and the balances that they opened it with.

    A row opens an account when equity is its other side and it stands alone before the other rows of the account.
    """
    of_account: dict[str, list[StatementRow]] = {}
    for row in rows:
        of_account.setdefault(row.account_hint or "", []).append(row)
    openings: dict[str, Decimal] = {}
    for name, own in of_account.items():
        first = min(own, key=lambda row: row.date)
        opening = [row for row in own if _OPENING.match(row.category_hint or "")]
        if len(own) > 1 and opening == [first] and len({row.currency for row in own}) == 1:
            openings[name] = first.amount
    kept = [row for row in rows if row.account_hint not in openings or not _OPENING.match(row.category_hint or "")]
    return kept, openings


def _entries(lines: list[str], beancount: bool) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for number, line in enumerate(lines, start=1):
        if line[:1].isdigit():
            if entry:
                yield entry
            entry = _head(number, line, beancount)
        elif entry and not beancount and line.startswith("    ; text:"):
            entry.text = line.removeprefix("    ; text:")
        elif entry and line[:1] in (" ", "\t") and line.strip() and line.strip()[0] not in ";#":
            _add_posting(entry, line, beancount)
            if entry.postings and (said := told(line)):
                entry.told.setdefault(len(entry.postings) - 1, {}).update(said)
        elif entry and not line.strip():
            yield entry
            entry = None
    if entry:
        yield entry


def _head(number: int, line: str, beancount: bool) -> _Entry | None:
    if beancount:
        match = _BEAN.match(line)
        if match is None:
            return None
        payee, text = (match[3], match[4]) if match[4] is not None else (None, match[3])
        text, payee = unescaped(text or ""), unescaped(payee or "")
        return _Entry(number, date.fromisoformat(match[1]), match[2] == "!", text or payee, payee or None)
    match = _LEDGER.match(line)
    if match is None:
        return None
    year, month, day = map(int, re.split(r"[-/.]", match[1]))
    text = match[4].split(";")[0].strip()
    payee, bar, note = (part.strip() for part in text.partition("|"))
    try:
        return _Entry(number, date(year, month, day), match[2] == "!", joined(payee, note), payee if bar else None)
    except ValueError:
        return _Entry(number, date.min, False, text, None, bad=f"{match[1]} is not a date")


def _add_posting(entry: _Entry, line: str, beancount: bool) -> None:
    match = (_BEAN_POSTING if beancount else _POSTING).fullmatch(line.rstrip())
    if match is None:
        if not beancount or not re.match(r"\s+[a-z][\w-]*:", line):  # metadata of beancount
            entry.bad = entry.bad or f"the posting {line.strip()[:60]!r} cannot be read"
        return
    shown = re.split(r"\s*[@{=]", (match[2] or "").strip())[0].strip()
    if not shown:
        entry.postings.append((match[1], None, None))
        return
    number = re.search(r"[-+]?\s*[\d.,]*\d[\d.,]*", shown.replace(" -", "-") if shown.startswith("-") else shown)
    amount = read_amount(re.sub(r"\s+", "", number[0]), ".") if number else None
    if number is None or amount is None:
        entry.bad = entry.bad or f"the amount {shown[:40]!r} cannot be read"
        return
    rest = (shown[: number.start()] + shown[number.end() :]).strip().strip('"')
    negative = rest.startswith("-")
    commodity = {"$": "USD", "": None}.get(rest.lstrip("-").strip(), rest.lstrip("-").strip())
    entry.postings.append((match[1], -amount.value if negative else amount.value, commodity))


def _balanced(entry: _Entry) -> str | None:
    """Fills the one posting without an amount; what is wrong, when it cannot be filled."""
    open_ones = [i for i, posting in enumerate(entry.postings) if posting[1] is None]
    commodities = {posting[2] for posting in entry.postings if posting[1] is not None}
    if not open_ones:
        return None
    if len(open_ones) > 1 or len(commodities) != 1:
        return "the amount of a posting cannot be inferred"
    rest = -sum((posting[1] for posting in entry.postings if posting[1] is not None), Decimal(0))
    at = open_ones[0]
    entry.postings[at] = (entry.postings[at][0], rest, commodities.pop())
    return None


def _foreign_to_the_household(entry: _Entry) -> str | None:
    own = any(OWN_ACCOUNT.match(account) for account, _, _ in entry.postings)
    return None if own else "no posting is on an account under assets or liabilities"


def _is_own(entry: _Entry) -> bool:
    return bool(entry.told) and all(set(said) == {"id", "category"} for said in entry.told.values())


def _own_rows(entry: _Entry, names: Mapping[str, str]) -> Iterator[StatementRow]:
    """The rows that our own export wrote as one entry: one for each posting that says whose it is."""
    account = next(account for account, _, _ in entry.postings if OWN_ACCOUNT.match(account))
    for at, said in sorted(entry.told.items()):
        _, amount, commodity = entry.postings[at]
        yield StatementRow(
            line=entry.line + at,
            date=entry.date,
            amount=-(amount or Decimal(0)),
            description=entry.text,
            bank_id=said.get("id"),
            currency=currency_code(commodity),
            category_hint=said.get("category"),
            account_hint=names.get(account, account),
        )


def _rows(entry: _Entry, names: Mapping[str, str]) -> Iterator[StatementRow]:
    own = [posting for posting in entry.postings if OWN_ACCOUNT.match(posting[0])]
    lines = [entry.line + at for at, posting in enumerate(entry.postings) if OWN_ACCOUNT.match(posting[0])]
    others = [posting[0] for posting in entry.postings if not OWN_ACCOUNT.match(posting[0])]
    for line, (account, amount, commodity) in zip(lines, own, strict=True):
        elsewhere = [name for name, value, _ in own if name != account]
        yield StatementRow(
            line=line,
            date=entry.date,
            amount=amount or Decimal(0),
            description=joined(entry.payee, entry.text),
            currency=currency_code(commodity),
            category_hint=others[0] if len(others) == 1 else None,
            account_hint=names.get(account, account),
            transfer_hint=elsewhere[0] if elsewhere and not others else None,
            payee=entry.payee,
        )
