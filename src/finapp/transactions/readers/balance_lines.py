"""Opening, closing and total lines among the records of a table: no rows, but what they say is kept."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finapp.transactions.domain.statement import Opening
from finapp.transactions.readers.amounts import is_filler, looks_like_amount, read_amount
from finapp.transactions.readers.marks import BALANCE_LINE, BARE_TOTAL, OPENING, PENDING, TOTAL, side_of
from finapp.transactions.readers.plan import Cells, Plan


@dataclass
class Findings:
    """What the loop over the records meets besides rows."""

    opening: Decimal | None = None
    closing: Decimal | None = None
    openings: list[Opening] = field(default_factory=list)
    """Those of lines that name their account."""
    notes: list[Cells] = field(default_factory=list)
    """The last lines that are no rows, at most 60."""

    def note(self, cells: Cells) -> None:
        """Keeps a line that is no row."""
        if len(self.notes) < 60:
            self.notes.append(cells)

    def balance(self, words: str, value: Decimal) -> None:
        """Keeps an opening balance, the first of several, or a closing one, the last of several."""
        if not OPENING.match(words):
            self.closing = value
        elif self.opening is None:
            self.opening = value


class BalanceLines:
    """Tells balance and total lines from payments at shops that are named like one.

    A line with a date and an amount of its own is a payment, unless its whole wording is that of a balance line and
    its running balance does not say otherwise. Lines without a date are balance lines by their first words.
    """

    def __init__(self, plan: Plan, findings: Findings) -> None:
        self._plan = plan
        self._findings = findings

    def takes_dated(self, text: str, amount: Decimal, balance: Decimal | None, cells: Cells) -> bool:
        """Whether a line with a date and a readable amount is a balance line; keeps what it says."""
        plain = BALANCE_LINE.fullmatch(text) is not None
        bare = BARE_TOTAL.fullmatch(text) is not None
        if not (plain or bare):
            return False
        both = bare and self._fills_both_sides(cells)
        by_amounts = plain if balance is None else amount == 0 or abs(balance) == abs(amount)
        shown = both or by_amounts
        if shown and "total" not in text.lower():
            self._findings.balance(text, amount if balance is None else balance)
        return shown

    def takes(self, cells: Cells, filled: list[str], day: date | None) -> bool:
        """Whether any other line is a balance or total line; keeps what it says."""
        words = [cell for cell in filled if TOTAL.fullmatch(cell)]
        if not words or self._is_row(cells, words, day):
            return False
        shown = [a.value for cell in reversed(filled) if (a := read_amount(cell, self._plan.decimal)) is not None]
        if not shown:
            self._findings.note(cells)
        elif "total" not in words[0].lower():
            owed = any(side_of(cell) == "debit" for cell in filled[1:])
            value = -abs(shown[0]) if owed else self._plan.money.balance_sign * shown[0]
            self._findings.balance(words[0], value)
        return True

    def _is_row(self, cells: Cells, words: list[str], day: date | None) -> bool:
        """Whether a line with such words is a row all the same, if a damaged one."""
        plan = self._plan
        moved = [cells[c] for c in plan.money_columns if c < len(cells) and not is_filler(cells[c])]
        plain = any(BALANCE_LINE.fullmatch(word) for word in words)
        column = plan.money.balance
        balance = cells[column] if column is not None and column < len(cells) else ""
        if day is not None:
            if any((a := read_amount(cell, plan.decimal)) is None or a.value for cell in moved):
                return not plain or not is_filler(balance)
            return not plain and is_filler(balance)
        shown = cells[plan.date].strip() if plan.date < len(cells) else ""
        if not any(looks_like_amount(cell) for cell in moved) or plain or shown in words:
            return False
        if is_filler(shown):
            return plan.fill_dates and not self._fills_both_sides(cells)
        return PENDING.fullmatch(shown) is not None or (shown[0].isdigit() and not looks_like_amount(shown))

    def _fills_both_sides(self, cells: Cells) -> bool:
        money = self._plan.money
        sides = [cells[c] for c in (money.debit, money.credit) if c is not None and c < len(cells)]
        return len(sides) == 2 and all((a := read_amount(cell, self._plan.decimal)) and a.value for cell in sides)
