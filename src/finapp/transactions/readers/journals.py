"""Plain-text accounting: beancount, and hledger or ledger journals, as far as transactions with postings go.

A row is made for every posting of money to an asset or liability account; the other postings give its category.
Sources: beancount language syntax, hledger manual (journal format).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from finapp.transactions.domain.statement import CLEARING, Opening, RejectedRow, Statement, StatementPart, StatementRow
from finapp.transactions.readers.commodities import Quantity
from finapp.transactions.readers.journal_lines import Entry, Posting, entries
from finapp.transactions.readers.journal_sums import fill_in, is_unbalanced, lacking
from finapp.transactions.readers.legs import Leg, Moved, divided, moved
from finapp.transactions.readers.own_export import own_accounts
from finapp.transactions.readers.whole import joined, statement_of

OWN_ACCOUNT = re.compile(
    r"(?i)(assets?|liabilit(y|ies)|aktiva|passiva|vermögen|fremdkapital|verbindlichkeiten|actifs?|passifs?|activos?"
    r"|pasivos?|ativos?|passivos?|attività|passività|activa|tillgångar|skulder)(:|$)"
)
_WHOLE = (
    "entries whose amounts do not come to zero, or not in one currency, came as one row each, without their "
    "categories: split the rows where it matters"
)
_UNEVEN = (
    "entries whose amounts do not come to zero came with what they say of the accounts of the household: "
    "correct the rows where it is wrong"
)
_SHOWN = 20
"""Lines of entries that are named."""
OPENING = re.compile(r"(?i)equity:opening")
_EQUITY = re.compile(r"(?i)equity(:|$)")
EXCHANGE = re.compile(r"(?i)(equity:(conversion|trading|currency)|trading)(:|$)")
"""Accounts that only say at what rate one currency became another."""


def is_beancount(head: str) -> bool:
    """Whether a text is a beancount ledger."""
    directive = r'(open|balance|pad|close)\s+[A-Z][\w-]*:|commodity\s+[A-Z]|(txn|[*!])\s+"'
    return re.search(rf"(?m)^\d{{4}}-\d{{2}}-\d{{2}}\s+({directive})", head) is not None


def is_journal(head: str) -> bool:
    """Whether a text is an hledger or ledger journal: a dated line, and an indented account below it."""
    dated = r"(?m)^(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}(?:=\S+)?(?:\s[^\n;\t]*)?(?:\s;[^\n]*)?\n"
    return re.search(dated + r"(?:[ \t]+;[^\n]*\n)*[ \t]+[^\s;][^\n]*?(\s{2,}|\t)\S", head) is not None


def read_journal(text: str, beancount: bool) -> Statement:
    """The rows of all asset and liability accounts of a journal. Raises UnreadableStatement."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    accounts = own_accounts(text, beancount)
    names = {account: hint.name or account for account, hint in accounts.items()}
    whole: list[int] = []
    uneven: list[int] = []
    for entry in entries(text, beancount):
        problem = entry.bad or fill_in(entry) or _foreign_to_the_household(entry)
        if problem:
            rejected.append(RejectedRow(line=entry.line, code="unreadable", message=problem, text=entry.text[:200]))
            continue
        mine = _is_own(entry)
        made = list(_own_rows(entry, names) if mine else _rows(entry, names))
        if not mine and _is_divided(entry) and not any(row.parts or row.category_hint for row in made):
            whole.append(entry.line)
        elif not mine and is_unbalanced(entry):
            uneven.append(entry.line)
        rows += made
        rejected += _securities(entry)
    found = with_openings("beancount" if beancount else "ledger", rows, rejected)
    said = {names[account]: hint for account, hint in accounts.items()}
    return replace(found, accounts=said, warnings=found.warnings + _told(_WHOLE, whole) + _told(_UNEVEN, uneven))


def _is_divided(entry: Entry) -> bool:
    """Whether what was paid is for several accounts that are not the household's."""
    return len({posting.account for posting in entry.postings if not OWN_ACCOUNT.match(posting.account)}) > 1


def _told(said: str, lines: list[int]) -> tuple[str, ...]:
    """What to say of some entries, with their lines; nothing of none."""
    if not lines:
        return ()
    shown = ", ".join(map(str, lines[:_SHOWN])) + (", ..." if len(lines) > _SHOWN else "")
    return (f"{said}. {len(lines)} in all, on the lines {shown}",)


def with_openings(format: str, rows: list[StatementRow], rejected: list[RejectedRow]) -> Statement:
    """The statement, in which rows that only open an account are its opening balance."""
    opened = _openings(rows)
    kept = [row for row in rows if row not in opened]
    openings = tuple(
        Opening(account=row.account_hint, currency=row.currency, amount=row.amount, on=row.date)
        for row in rows
        if row in opened
    )
    return statement_of(format, kept, rejected, openings=openings)


def _openings(rows: list[StatementRow]) -> set[StatementRow]:
    """The rows that only open an account in one currency: equity is their other side, and each stands alone before
    the other rows of the account in that currency, if there are any."""
    purses: dict[tuple[str | None, str | None], list[StatementRow]] = {}
    for row in rows:
        purses.setdefault((row.account_hint, row.currency), []).append(row)
    opened = set()
    for own in purses.values():
        opening = [row for row in own if OPENING.match(row.category_hint or "")]
        if len(opening) == 1 and opening[0].date == min(row.date for row in own):
            opened.add(opening[0])
    return opened


def _foreign_to_the_household(entry: Entry) -> str | None:
    own = any(OWN_ACCOUNT.match(posting.account) for posting in entry.postings)
    return None if own else "no posting is on an account under assets or liabilities"


def _securities(entry: Entry) -> Iterator[RejectedRow]:
    """What goes into an account of the household and is no money: only what was paid for it is taken."""
    for at, (account, quantity, _) in enumerate(entry.postings):
        if quantity is not None and quantity.is_security and OWN_ACCOUNT.match(account):
            said = f"{quantity.value} {quantity.commodity} is no money: only amounts in a currency are taken"
            yield RejectedRow(line=entry.lines[at], code="not_money", message=said, text=entry.text[:200])


def _is_own(entry: Entry) -> bool:
    placed = {at: said for at, said in entry.told.items() if at >= 0}
    return bool(placed) and all({"id", "category"} <= set(said) for said in placed.values())


def _own_rows(entry: Entry, names: Mapping[str, str]) -> Iterator[StatementRow]:
    """The rows that our own export wrote as one entry: one for each posting that says whose it is, or one in parts."""
    account = next(posting.account for posting in entry.postings if OWN_ACCOUNT.match(posting.account))
    whole = entry.told.get(-1, {}).get("whole")
    made = []
    for at, said in sorted((at, said) for at, said in entry.told.items() if at >= 0):
        quantity = entry.postings[at].quantity
        row = StatementRow(
            line=entry.line + at,
            date=entry.date,
            amount=-quantity.value if quantity else Decimal(0),
            description=said.get("text", entry.text),
            bank_id=said.get("id"),
            currency=quantity.currency if quantity else None,
            category_hint=said.get("category"),
            account_hint=names.get(account, account),
            tags=said.get("tags"),
            note=said.get("note"),
            status="pending" if entry.pending else said.get("status", "posted"),
            transfer_hint=CLEARING if entry.postings[at].account == CLEARING else None,
        )
        made.append(row)
    if whole is None or len(made) < 2:
        yield from made
    else:
        yield _whole(entry, whole, made)


def _whole(entry: Entry, bank_id: str, made: list[StatementRow]) -> StatementRow:
    parts = (
        StatementPart(
            row.amount,
            row.category_hint,
            row.description,
            "transfer" if row.transfer_hint else None,
            row.note,
            row.tags,
        )
        for row in made
    )
    return made[0]._replace(
        line=entry.line,
        amount=sum((row.amount for row in made), Decimal(0)),
        description=entry.text,
        bank_id=bank_id,
        category_hint=None,
        transfer_hint=None,
        tags=None,
        note=None,
        parts=tuple(parts),
    )


def _rows(entry: Entry, names: Mapping[str, str]) -> Iterator[StatementRow]:
    others = list({posting.account: None for posting in entry.postings if not OWN_ACCOUNT.match(posting.account)})
    own = [posting.account for posting in entry.postings if OWN_ACCOUNT.match(posting.account)]
    found, places = _moved(entry), _bill(entry)
    for at, (account, quantity, weight) in enumerate(entry.postings):
        if quantity is None or quantity.is_security or not OWN_ACCOUNT.match(account):
            continue
        elsewhere = [name for name in own if name != account]
        row = StatementRow(
            line=entry.lines[at],
            date=entry.date,
            amount=quantity.value,
            description=joined(entry.payee, entry.text),
            currency=quantity.currency,
            category_hint=others[0] if len(others) == 1 else None,
            account_hint=names.get(account, account),
            transfer_hint=elsewhere[0] if elsewhere and not others else None,
            payee=entry.payee,
            status="pending" if entry.pending else "posted",
        )
        row = entry.said.laid_on(divided(row, found.get(at)) or row, at, places)
        hint = row.transfer_hint
        yield _abroad(row, weight)._replace(transfer_hint=names.get(hint, hint) if hint else None)


def _bill(entry: Entry) -> dict[str, list[int]]:
    """The places of the postings that are not the household's, by their accounts."""
    found: dict[str, list[int]] = {}
    for at, posting in enumerate(entry.postings):
        if not OWN_ACCOUNT.match(posting.account):
            found.setdefault(posting.account, []).append(at)
    return found


def _abroad(row: StatementRow, weight: Quantity | None) -> StatementRow:
    """The row with what it was in the currency that it was paid in."""
    if weight is None or weight.currency in (None, row.currency) or not weight.value:
        return row
    return row._replace(original_amount=abs(weight.value).copy_sign(row.amount), original_currency=weight.currency)


def _moved(entry: Entry) -> dict[int, Moved]:
    """What the postings of the household were for, by their place; nothing where the entry does not tell."""
    counted = [(at, each) for at, each in enumerate(entry.postings) if not EXCHANGE.match(each.account)]
    weights = {at: each.weight for at, each in counted if each.weight is not None}
    own = [at for at, each in counted if OWN_ACCOUNT.match(each.account) and not _is_held(each)]
    bill = [at for at, _ in counted if at not in own]
    is_equity = bool(bill) and all(_EQUITY.match(entry.postings[at].account) for at in bill)
    if is_equity or len(weights) < len(counted):
        return {}
    amounts = {at: weight.value for at, weight in weights.items()}
    of = {at: weight.currency or weight.commodity for at, weight in weights.items()}
    sums = lacking(list(weights.values()))
    apart = all(not rest.value for rest in sums)
    if len(sums) > 1 and not apart:
        if len(own) > 1 or len({of[at] for at in bill}) > 1:
            return {}
        # Of an entry in two currencies without a price, what was paid in one is what it cost in the other.
        amounts[own[0]] = -sum((amounts[at] for at in bill), Decimal(0))
    found: dict[int, Moved] = {}
    for kind in dict.fromkeys(of.values()) if apart else [None]:
        mine = [(at, each) for at, each in counted if not apart or of[at] == kind]
        legs = [Leg(each.account, amounts[at], at in own, _is_held(each)) for at, each in mine]
        found |= zip((at for at, _ in mine if at in own and amounts[at]), moved(legs) or (), strict=False)
    return found


def _is_held(posting: Posting) -> bool:
    """Whether it is of something else than money that the household holds."""
    mine = OWN_ACCOUNT.match(posting.account) is not None
    return mine and posting.quantity is not None and posting.quantity.is_security
