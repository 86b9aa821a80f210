"""PDF statements. The sign of each row comes from the running balance; what does not reconcile is refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from statistics import median

from finapp.transactions.domain.statement import AccountHint, DateOrder, Mapping, NeedsMapping, Statement, StatementRow
from finapp.transactions.readers.dates import decide_order, looks_like_date, read_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import country_of_wording, institution_of, last4, named_days, order_of_country
from finapp.transactions.readers.marks import OPENING, TOTAL
from finapp.transactions.readers.pdf_lines import Line, Printed, pdf_lines
from finapp.transactions.readers.whole import joined, statement_of

_SAME_COLUMN = 14.0
"""Points by which right edges of one column may differ (a trailing Cr or minus moves them)."""
_NUMBER = re.compile(
    r"(?i)\b(?:account|a/c|acct|card|iban)\s*(?:number|no\.?|num)?\s*[:.-]*\s*([\dXx* -]{4,30}\d{3,4})\b"
)


@dataclass(frozen=True, kw_only=True)
class _Row:
    line: int
    date: date
    text: str
    amount: Printed | None
    balance: Decimal | None


def read_pdf(content: bytes, *, password: str | None, country: str | None, given: Mapping) -> Statement | NeedsMapping:
    """The rows of a PDF with a running balance. Raises UnreadableStatement with the first row that breaks."""
    lines, _ = pdf_lines(content, password)
    texts = "\n".join(line.text for line in lines)
    starts = [(line, _start(line.words)) for line in lines]
    shown = [" ".join(line.words[skip : skip + count]) for line, (skip, count) in starts if count]
    wanted = order_of_country(country_of_wording(texts) or country)
    named = named_days([[line.text] for line in lines if _start(line.words)[1] == 0])
    order = given.date_order or decide_order([shown], wanted, named).order
    if not shown:
        raise UnreadableStatement("no_rows", "no dated lines were found in the PDF")
    if order is None:
        message = "every date can be read as day/month or as month/day, and nothing in the file decides"
        sample = tuple((text,) for text in shown[:5])
        return NeedsMapping(question="date_order", message=message, candidates=("dmy", "mdy"), headings=(),
                            sample=sample, mapping=given)  # fmt: skip
    rows, opening, closing = _rows(starts, order)
    account = AccountHint(
        number_last4=last4(found[1]) if (found := _NUMBER.search(texts)) else None,
        institution=institution_of(texts[:3000]),
    )
    signed = _signed(rows, opening) if any(row.balance is not None for row in rows) else None
    if signed is None:
        return _without_running_balance(rows, opening, closing, account)
    first = signed[0]
    before = None if first.balance_after is None else first.balance_after - first.amount
    last = next((row.balance_after for row in reversed(signed) if row.balance_after is not None), closing)
    return statement_of("pdf", signed, account=account, opening=before if opening is None else opening, closing=last)


def _start(words: Sequence[str]) -> tuple[int, int]:
    """Where the date of a line begins and how many words it has: at the start, or behind a running number."""
    for skip in (0, 1):
        if skip and not (words and re.fullmatch(r"\d{1,5}\.?", words[0])):
            break
        for count in (4, 3, 2, 1):
            if len(words) >= skip + count and looks_like_date(" ".join(words[skip : skip + count])):
                if count > 1 and looks_like_date(" ".join(words[skip : skip + 1])):
                    return skip, 1
                return skip, count
    return 0, 0


def _rows(
    starts: list[tuple[Line, tuple[int, int]]], order: DateOrder
) -> tuple[list[_Row], Decimal | None, Decimal | None]:
    edge = _balance_edge([line for line, _ in starts])
    rows: list[_Row] = []
    opening: Decimal | None = None
    closing: Decimal | None = None
    day: date | None = None
    for line, (skip, count) in starts:
        words = line.words[skip + count :]
        text = " ".join(words)
        found = read_date(" ".join(line.words[skip : skip + count]), order) if count else None
        plain = re.sub(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}", "", text).strip(" :-")
        if TOTAL.fullmatch(plain) or TOTAL.fullmatch(line.text):
            if line.amounts and "total" not in text.lower():
                if OPENING.match(text) and opening is None:
                    opening = line.amounts[-1].value
                elif not OPENING.match(text):
                    closing = line.amounts[-1].value
            day = found or day
            continue
        if found is None and (not line.amounts or day is None or not rows):
            if rows and words and not line.amounts and line.number - rows[-1].line <= 4 and not _is_noise(text):
                rows[-1] = replace(rows[-1], text=joined(rows[-1].text, text))
            continue
        day = found or day
        assert day is not None
        if words and looks_like_date(words[0]):
            words = words[1:]  # the value date
        amount, balance = _split(line.amounts, edge)
        if amount is None and balance is None:
            if found:
                rows.append(_Row(line=line.number, date=day, text=" ".join(words), amount=None, balance=None))
            continue
        rows.append(_Row(line=line.number, date=day, text=" ".join(words), amount=amount, balance=balance))
    return _merged(rows), opening, closing


def _merged(rows: list[_Row]) -> list[_Row]:
    """Joins a dated line without amounts to the line below that has them."""
    kept: list[_Row] = []
    for row in rows:
        if kept and kept[-1].amount is None and kept[-1].balance is None:
            kept[-1] = replace(row, line=kept[-1].line, text=joined(kept[-1].text, row.text))
        else:
            kept.append(row)
    return [row for row in kept if row.amount is not None]


def _is_noise(text: str) -> bool:
    return (
        re.search(
            r"(?i)\bpage \d|statement of|continued|carried|brought|www\.|computer generated|registered office|date .*(balance|amount)",
            text,
        )
        is not None
    )


def _balance_edge(lines: list[Line]) -> float | None:
    """The right edge of the balance column: of the last amounts where a line has several."""
    rights = [line.amounts[-1].right for line in lines if len(line.amounts) > 1]
    return median(rights) if rights else None


def _split(amounts: tuple[Printed, ...], edge: float | None) -> tuple[Printed | None, Decimal | None]:
    """The amount and the balance of a line."""
    balance = next((a for a in amounts if edge is not None and abs(a.right - edge) <= _SAME_COLUMN), None)
    moved = [a for a in amounts if a is not balance]
    nonzero = [a for a in moved if a.value]
    amount = nonzero[0] if len(nonzero) == 1 else moved[0] if len(moved) == 1 else None
    return amount, balance.value if balance else None


def _signed(rows: list[_Row], opening: Decimal | None) -> list[StatementRow]:
    """Rows with the sign the running balance shows. Raises UnreadableStatement at the first that does not fit."""
    newest_first = rows[0].date > rows[-1].date
    ordered = rows[::-1] if newest_first else rows
    before = opening
    done: list[tuple[_Row, Decimal]] = []
    waiting: list[_Row] = []
    unknown: list[_Row] = []
    for row in ordered:
        waiting.append(row)
        if row.balance is None:
            continue
        if before is None:
            unknown, waiting, before = waiting, [], row.balance
            continue
        signs = _solve(waiting, row.balance - before, done)
        done += zip(waiting, signs, strict=True)
        waiting, before = [], row.balance
    if unknown:
        done = [*zip(unknown, [_by_column(row, done) for row in unknown], strict=True), *done]
    if waiting:
        done += zip(waiting, [_by_column(row, done) for row in waiting], strict=True)
    signed = [
        StatementRow(line=row.line, date=row.date, amount=amount, description=row.text, balance_after=row.balance)
        for row, amount in done
    ]
    return signed[::-1] if newest_first else signed


def _solve(rows: list[_Row], moved: Decimal, done: list[tuple[_Row, Decimal]]) -> list[Decimal]:
    """The signed amounts that add up to the move of the balance; by column where several would."""
    sizes = [abs(row.amount.value) for row in rows if row.amount]
    if len(sizes) > 12:
        guess = [_by_column(row, done) for row in rows]
        if sum(guess) == moved:
            return guess
    fitting = [
        signs
        for signs in product((-1, 1), repeat=min(len(sizes), 12))
        if sum(s * v for s, v in zip(signs, sizes, strict=False)) == moved
    ]
    if len(sizes) <= 12 and fitting:
        if len(fitting) == 1 or len(set(sizes)) == 1:
            return [sign * size for sign, size in zip(fitting[0], sizes, strict=True)]
        guess = [_by_column(row, done) for row in rows]
        if sum(guess) == moved:
            return guess
    row = rows[-1]
    raise UnreadableStatement(
        "does_not_reconcile",
        f"the statement does not reconcile: it first breaks at line {row.line}, {row.date}, {row.text[:60]!r}, "
        f"where the balance moves by {moved} but the amounts are {', '.join(map(str, sizes))}",
    )


def _by_column(row: _Row, done: list[tuple[_Row, Decimal]]) -> Decimal:
    """The sign that rows whose amounts stand in the same column have. Raises when they differ or there are none."""
    assert row.amount is not None
    right, size = row.amount.right, abs(row.amount.value)
    near = {
        amount > 0
        for other, amount in done
        if other.amount and abs(other.amount.right - right) <= _SAME_COLUMN and amount
    }
    if len(near) != 1:
        message = f"the sign of the row at line {row.line} ({row.date}) does not follow from the balances"
        raise UnreadableStatement("does_not_reconcile", message)
    return size if near.pop() else -size


def _without_running_balance(
    rows: list[_Row], opening: Decimal | None, closing: Decimal | None, account: AccountHint
) -> Statement:
    """A card statement: unmarked amounts are spending, and old balance, rows and new balance must add up."""
    if not rows:
        raise UnreadableStatement("no_rows", "no dated lines with amounts were found in the PDF")
    signed = [
        StatementRow(
            line=r.line,
            date=r.date,
            description=r.text,
            amount=abs(r.amount.value) if r.amount.mark in ("CR", "-") else -abs(r.amount.value),
        )
        for r in rows
        if r.amount
    ]
    if opening is None or closing is None or closing - opening != -sum((row.amount for row in signed), Decimal(0)):
        message = "the PDF has no running balance, and its rows do not add up from the old to the new balance"
        raise UnreadableStatement("does_not_reconcile", message)
    card = replace(account, kind="credit_card")
    return statement_of("pdf", signed, account=card, opening=-opening, closing=-closing)
