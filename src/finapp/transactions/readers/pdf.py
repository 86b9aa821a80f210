"""PDF statements. The sign of each row comes from the running balance; what does not reconcile is refused."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from finapp.transactions.domain.statement import AccountHint, Mapping, NeedsMapping, Statement, StatementRow
from finapp.transactions.readers.dates import Order, decide_order
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import (
    country_of_wording,
    institution_of,
    last4,
    named_days,
    order_of_country,
    stated_currency,
)
from finapp.transactions.readers.pdf_lines import Words, pdf_lines, pdf_words
from finapp.transactions.readers.pdf_rows import Dated, PrintedRow, PrintedRows, dated, printed_rows
from finapp.transactions.readers.pdf_signs import pending_rows, signed_rows
from finapp.transactions.readers.pdf_years import with_years
from finapp.transactions.readers.whole import statement_of
from finapp.transactions.readers.words import currency_given

_NUMBER = re.compile(
    r"(?i)\b(?:account|a/c|acct|card|iban)\s*(?:number|no\.?|num)?\s*[:.-]*\s*([\dXx* -]{4,30}\d{3,4})\b"
)


def read_pdf(content: bytes, *, password: str | None, country: str | None, given: Mapping) -> Statement | NeedsMapping:
    """The rows of a PDF with a running balance, or of a card statement whose balances add up.

    Raises UnreadableStatement, for a statement that does not reconcile with the first row that breaks.
    """
    lines = _dated_lines(pdf_words(content, password))
    shown = [item.shown for item in lines if item.count]
    if not shown:
        raise UnreadableStatement("no_rows", "no dated lines were found in the PDF")
    text = "\n".join(item.line.text for item in lines)
    wanted = order_of_country(country_of_wording(text) or country)
    named = named_days([item.line.text] for item in lines if not item.count)
    decided = Order(given.date_order, 1.0, "given") if given.date_order else decide_order([shown], wanted, named)
    order = decided.order
    if order is None:
        return NeedsMapping(
            question="date_order",
            message="every date can be read as day/month or as month/day, and nothing in the file decides",
            candidates=("dmy", "mdy"),
            headings=(),
            sample=tuple((date,) for date in shown[:5]),
            mapping=given,
        )
    number = _NUMBER.search(text)
    account = AccountHint(
        number_last4=last4(number[1]) if number else None,
        institution=institution_of(text[:3000]),
        currency=currency_given((), given.currency) or _currency(lines),
    )
    found = printed_rows(lines, order)
    if not found.rows:
        raise UnreadableStatement("no_rows", "no dated lines with amounts were found in the PDF")
    of_account = any(row.balance is not None for row in found.rows)
    read = _of_account(found, account) if of_account else _of_card(found, account)
    assumed = decided.assumption()
    return replace(read, warnings=(assumed,)) if assumed else read


def _currency(lines: Sequence[Dated]) -> str | None:
    """The currency that the lines above the rows state: the text of a payment may name another one."""
    above = takewhile(lambda item: not (item.count and item.line.amounts), lines)
    return stated_currency("\n".join(item.line.text for item in above))


def _dated_lines(words: Sequence[Words]) -> list[Dated]:
    """The lines with their dates and amounts: amounts with decimals, else whole ones, else days without a year."""
    printed = pdf_lines(words)
    named = named_days([line.text] for line in printed)
    found: list[Dated] = []
    for lines in (printed, with_years(printed, named)):
        found = [dated(line) for line in lines]
        if any(item.count and item.line.amounts for item in found):
            return found
    whole = pdf_lines(words, whole=True)
    for lines in (whole, with_years(whole, named)):
        items = [dated(line) for line in lines]
        if any(item.count and len(item.line.amounts) > 1 for item in items):
            return items
    return found


def _of_account(found: PrintedRows, account: AccountHint) -> Statement:
    signed = signed_rows(found)
    ordered = signed[::-1] if signed[0].date > signed[-1].date else signed
    moved, opening, closing = Decimal(0), found.opening, found.closing
    for row in ordered:
        moved += row.amount
        if opening is None and row.balance_after is not None:
            opening = row.balance_after - moved
    closing = opening + moved if opening is not None else closing
    waiting, rejected = pending_rows(found)
    return statement_of("pdf", [*signed, *waiting], rejected, account=account, opening=opening, closing=closing)


def _of_card(found: PrintedRows, account: AccountHint) -> Statement:
    """A card statement: unmarked amounts are spending, and old balance, rows and new balance must add up."""
    signed = [_card_row(row) for row in found.rows]
    owed, owing = found.opening, found.closing
    if owed is None or owing is None or owing - owed != -sum((row.amount for row in signed), Decimal(0)):
        message = "the PDF has no running balance, and its rows do not add up from the old to the new balance"
        raise UnreadableStatement("does_not_reconcile", message)
    card = replace(account, kind="credit_card")
    waiting = [_card_row(row)._replace(status="pending") for row in found.pending]
    return statement_of("pdf", [*signed, *waiting], account=card, opening=-owed, closing=-owing)


def _card_row(row: PrintedRow) -> StatementRow:
    size = abs(row.amount.value)
    amount = size if row.amount.mark in ("CR", "-") else -size
    return StatementRow(line=row.line, date=row.date, amount=amount, description=row.text)
