"""A mapping made ready for a million rows: column numbers, remembered dates, and amounts by the shortest way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from finapp.transactions.domain.statement import Sign, StatementPart, StatementRow
from finapp.transactions.readers.amounts import DecimalMark, is_filler, read_amount, tidied
from finapp.transactions.readers.dates import Dates
from finapp.transactions.readers.evidence import Money
from finapp.transactions.readers.marks import Side, is_income, side_of
from finapp.transactions.readers.whole import joined

Cells = list[str]
ZERO = Decimal(0)


class BadAmount(Exception):
    """A cell that should print an amount prints something else."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything the row loop needs. Columns are numbers."""

    headings: tuple[str, ...]
    width: int
    """How many cells a whole record has; what stands behind them is blank, or belongs to a text with delimiters."""
    header_line: int
    dates: Dates
    date: int
    other_date: int | None
    texts: tuple[int, ...]
    payee: int | None
    payer: int | None
    kind: int | None
    money: Money
    decimal: DecimalMark
    parts: dict[str, int] = field(default_factory=dict)
    fill_dates: bool = False
    """Blank dates repeat the date above (exports that print each day once)."""
    currency: str | None = None
    rare: tuple[int, ...] = ()
    """Columns of a table without headings that hardly a row fills: what fills them and has no text is no payment."""
    worded: bool = False
    """Whether all rows of a table without headings have a text: one that has none is a balance."""

    @property
    def money_columns(self) -> tuple[int, ...]:
        """The columns that may hold the amount."""
        money = self.money
        others = (column for column, _ in money.others)
        return (*(c for c in (money.amount, money.debit, money.credit) if c is not None), *others)


def amount_reader(plan: Plan) -> Callable[[Cells], Decimal | None]:
    """A function from cells to the amount signed from the household's side; None when all money cells are blank.

    It raises BadAmount for a cell that is no amount, and IndexError for a record that ends early.
    """
    money = plan.money
    if money.amount is None:
        single = _of_pair(plan)
    else:
        single = _of_single(money.amount, money.sign, plan.decimal, money.flag, money.blank_flag)
        if money.others:
            single = _of_any(money, single)
    fee = money.fee
    if fee is None:
        return single
    value = value_reader(plan.decimal)

    def with_fee(cells: Cells) -> Decimal | None:
        amount = single(cells)
        charged = value(cells[fee])
        return amount if amount is None or not charged else amount - abs(charged)

    return with_fee


def fee_reader(plan: Plan) -> Callable[[StatementRow, Cells], StatementRow] | None:
    """A function that tells the amount of a row and the fee on top of it apart; None for a table without fees. A fee
    that cannot be read is none."""
    fee = plan.money.fee if plan.money.fee is not None else plan.money.fee_within
    if fee is None:
        return None
    value = value_reader(plan.decimal)
    heading = plan.headings[fee].strip() if fee < len(plan.headings) else ""

    def apart(row: StatementRow, cells: Cells) -> StatementRow:
        try:
            charged = -abs(value(cells[fee]) or ZERO)
        except (BadAmount, IndexError):
            return row
        if not charged or charged == row.amount:
            return row
        own = StatementPart(amount=row.amount - charged)
        return row._replace(parts=(own, StatementPart(amount=charged, description=heading or "Fee", does="fee")))

    return apart


def _of_any(money: Money, single: Callable[[Cells], Decimal | None]) -> Callable[[Cells], Decimal | None]:
    """The amount of whichever column holds it, where each currency has one."""
    first = money.amount

    def any_of(cells: Cells) -> Decimal | None:
        at = other_column(money, cells)
        if at is None or first is None:
            return single(cells)
        return single([*cells[:first], cells[at], *cells[first + 1 :]])

    return any_of


def other_column(money: Money, cells: Cells) -> int | None:
    """The further column that holds the amount of a row, where each currency has one."""
    if money.amount is None or not is_filler(cells[money.amount]):
        return None
    return next((at for at, _ in money.others if at < len(cells) and not is_filler(cells[at])), None)


def _of_pair(plan: Plan) -> Callable[[Cells], Decimal | None]:
    money = plan.money
    value = value_reader(plan.decimal)
    debit, credit = money.debit, money.credit
    out_turn, in_turn = -money.debit_sign, money.credit_sign

    def pair(cells: Cells) -> Decimal | None:
        paid = value(cells[debit]) if debit is not None else None
        received = value(cells[credit]) if credit is not None and credit < len(cells) else None
        if paid:
            return out_turn * paid + in_turn * received if received else out_turn * paid
        if received is not None:
            return in_turn * received
        return None if paid is None else ZERO

    return pair


def _of_single(
    column: int, sign: Sign, decimal: DecimalMark, flag: int | None, blank_flag: Side | None
) -> Callable[[Cells], Decimal | None]:
    value = value_reader(decimal)
    if sign in ("flag", "category") and flag is not None:
        side = _category_side if sign == "category" else _mark_side(blank_flag)
        at = flag

        def flagged(cells: Cells) -> Decimal | None:
            amount = value(cells[column])
            return -amount if amount is not None and side(cells[at]) == "debit" else amount

        return flagged
    if sign == "unmarked_debit":
        return lambda cells: _unmarked(cells[column], decimal)
    if sign in ("inverted", "debit"):

        def turned(cells: Cells) -> Decimal | None:
            amount = value(cells[column])
            return None if amount is None else -amount

        return turned
    return lambda cells: value(cells[column])


def _category_side(category: str) -> Side:
    return "credit" if is_income(category) else "debit"


def _mark_side(blank: Side | None) -> Callable[[str], Side]:
    def side(mark: str) -> Side:
        found = side_of(mark) or (blank if is_filler(mark) else None)
        if found is None:
            raise BadAmount(f"{mark.strip()[:40]!r} says neither debit nor credit")
        return found

    return side


def _unmarked(text: str, decimal: DecimalMark) -> Decimal | None:
    if is_filler(text):
        return None
    amount = read_amount(text, decimal)
    if amount is None:
        raise BadAmount(f"{tidied(text)[:40]!r} is not an amount")
    return amount.value if amount.mark in ("CR", "+") else -abs(amount.value)


def value_reader(decimal: DecimalMark) -> Callable[[str], Decimal | None]:
    """A function from a cell to its number with the printed sign: plain texts at once, all others with care.

    It gives None for a blank cell and raises BadAmount for a cell that is no amount.
    """
    group, mark = (",", ".") if decimal == "." else (r"\.", ",")
    plain = re.compile(
        rf"-?(?:\d{{1,18}}|\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}}){re.escape(mark)}\d{{1,4}}"
    ).fullmatch
    dotted = decimal == "."

    def value(text: str) -> Decimal | None:
        if plain(text):
            if dotted:
                return Decimal(text.replace(",", ""))
            return Decimal(text.replace(".", "").replace(",", "."))
        if not text or is_filler(text):
            return None
        amount = read_amount(text, decimal)
        if amount is None:
            raise BadAmount(f"{tidied(text)[:40]!r} is not an amount")
        return amount.value

    return value


def collapsed(text: str) -> str:
    """Text in one line with single spaces, without spreadsheet wrapping."""
    text = " ".join(text.split())
    return tidied(text) if text[:1] in "='\"" else text


def text_reader(plan: Plan) -> Callable[[Cells, bool], str]:
    """A function from cells, and whether money went out, to the description: where no text is printed, the bank's word
    for the kind of entry."""
    printed, kind = _printed_text(plan), plan.kind
    if kind is None:
        return printed

    def told(cells: Cells, outgoing: bool) -> str:
        text = printed(cells, outgoing)
        return text if text or kind >= len(cells) or is_filler(cells[kind]) else collapsed(cells[kind])

    return told


def _printed_text(plan: Plan) -> Callable[[Cells, bool], str]:
    columns = [*plan.texts]
    if plan.payee is None and plan.payer is None and len(columns) == 1:
        only = columns[0]

        def simple(cells: Cells, outgoing: bool) -> str:
            text = cells[only] if only < len(cells) else ""
            return collapsed(text)

        return simple

    def several(cells: Cells, outgoing: bool) -> str:
        order = [party_column(plan, outgoing), *columns]
        texts = (collapsed(cells[column]) for column in order if column is not None and column < len(cells))
        return joined(*(text for text in texts if not is_filler(text)))

    return several


def party_column(plan: Plan, outgoing: bool) -> int | None:
    """The column that names the other party: who is paid when money goes out, else who pays."""
    if plan.payer is None:
        return plan.payee
    if plan.payee is None:
        return plan.payer
    return plan.payee if outgoing else plan.payer
