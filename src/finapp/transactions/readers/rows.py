"""The row loop: records in, statement rows and rejected rows out, in batches and with constant memory."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from finapp.transactions.domain.statement import Opening, RejectedRow, StatementRow
from finapp.transactions.readers.amounts import is_filler, looks_like_amount
from finapp.transactions.readers.balance_lines import BalanceLines, Findings
from finapp.transactions.readers.details import detail_reader
from finapp.transactions.readers.grid import Record
from finapp.transactions.readers.marks import OPENING, PENDING, is_pending_section
from finapp.transactions.readers.plan import BadAmount, Cells, Plan, amount_reader, collapsed, fee_reader, text_reader
from finapp.transactions.readers.words import role_of

_NOTE_START = re.compile(
    r"(?i)\W*(statement summary|summary|legends?|abbreviations|end of (statement|report)|\*\*|note|disclaimer|"
    r"this is a (computer|system).*|page \d+.*)"
)


_SUSPECT = frozenset(
    "open b/f bala brou clos carr begi endi sald anfa kont prev star b/fw c/f c/fw tota fina stat gran sub sub- page "
    "summ gesa somm new uber über uebe alte neue ende letz aktu schl tage eind anci nouv sold".split()
)
"""How the wordings of balance lines begin: their first four letters."""
_NO_PAYMENT = ("unreadable", "the line has no text and is unlike all others: a balance, not a payment")
_NO_DETAILS = tuple(StatementRow._field_defaults.values())
_BALANCE, _CURRENCY, _ACCOUNT = map(
    list(StatementRow._field_defaults).index, ("balance_after", "currency", "account_hint")
)
"""Where the details of a row stand."""
_UNTOLD = _NO_DETAILS[list(StatementRow._field_defaults).index("remark") :]
"""What no table says of a row: the fields behind those that a row of it may fill."""


class Batch(NamedTuple):
    """Some rows of a statement, in the order of the file, and the rows refused among them."""

    rows: list[StatementRow]
    rejected: list[RejectedRow]


class RowLoop:
    """Reads records by a plan. `findings` is complete once the batches have been used up."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings = Findings()
        self._balances = BalanceLines(plan, self.findings)
        self._closed = False
        self._lone = (-1, Decimal(0))
        """The last line that was taken for a balance, and what it says."""
        self._pending = False
        """Below a line that says that the rows which follow are not booked yet."""
        self._amount = amount_reader(plan)
        self._text = text_reader(plan)
        self._details = detail_reader(plan)
        self._fee_apart = fee_reader(plan)
        self._last_day: date | None = None
        self._heading = [heading.casefold() for heading in plan.headings if heading]

    def batches(self, found: Iterable[Record], size: int) -> Iterator[Batch]:
        """The rows in batches of about `size`. A continuation line joins the row before it, also across batches."""
        rows, rejected = list[StatementRow](), list[RejectedRow]()
        dates, column, width = self.plan.dates, self.plan.date, self.plan.width
        amount_of, text_of, details_of = self._amount, self._text, self._details
        append, new, fee_apart = rows.append, StatementRow._make, self._fee_apart
        line = 0
        for line, cells in found:
            try:
                day = dates[cells[column]]
                if day is not None and (len(cells) <= width or not any(cells[width:])):
                    amount = amount_of(cells)
                    if amount is not None:
                        if len(rows) >= size:
                            yield Batch(rows, rejected)
                            rows, rejected = [], []
                            append = rows.append
                        text = text_of(cells, amount < 0)
                        if not text and self._is_balance(line, cells, amount, rejected):
                            continue
                        if text[:4].strip().lower() in _SUSPECT and self._carries_balance(day, cells, text, amount):
                            continue
                        if details_of is None:
                            append(new((line, day, amount, text, *_NO_DETAILS)))
                        else:
                            detail = details_of(cells, amount)
                            if detail[-1] is None:
                                append(new((line, day, amount, text, *detail[:-1], *_UNTOLD)))
                            else:
                                rejected.append(_refused(line, detail[-1], cells))
                        if self._pending and rows and rows[-1].line == line:
                            rows[-1] = rows[-1]._replace(status="pending")
                        if fee_apart is not None and rows and rows[-1].line == line:
                            rows[-1] = fee_apart(rows[-1], cells)
                        self._last_day = day
                        self._closed = False
                        continue
            except (IndexError, BadAmount):
                pass
            self._odd(line, cells, rows, rejected)
        yield Batch(rows, self._closed_by(line, rejected))

    def _is_balance(self, line: int, cells: Cells, amount: Decimal, rejected: list[RejectedRow]) -> bool:
        """Whether a line without a text is unlike all others of a table without headings; it is refused then."""
        found = self.plan.worded or any(at < len(cells) and cells[at].strip() for at in self.plan.rare)
        if found:
            rejected.append(_refused(line, _NO_PAYMENT, cells))
            self._lone = line, amount
        return found

    def _closed_by(self, last: int, rejected: list[RejectedRow]) -> list[RejectedRow]:
        """What was refused, without a line that is the last of the file: it is the balance behind all rows."""
        if self._lone[0] != last or not rejected or rejected[-1].line != last:
            return rejected
        self.findings.closing = self._lone[1]
        return rejected[:-1]

    def _odd(self, line: int, cells: Cells, rows: list[StatementRow], rejected: list[RejectedRow]) -> None:
        """Everything that is not a plain row: notes, totals, continuations, repaired rows and refusals."""
        filled = [cell.strip() for cell in cells if not is_filler(cell)]
        if all(re.fullmatch(r"[\W_]+", cell) for cell in filled):
            return
        if len(filled) == 1 and (pending := is_pending_section(filled[0])) is not None:
            self._pending = pending
            return
        if self._balances.takes(cells, filled, self._day(cells)) or self._is_heading(filled):
            return
        repaired = self._repaired(cells)
        day = self._day(repaired)
        money = [repaired[c] for c in self.plan.money_columns if c < len(repaired)]
        if day is not None:
            self._take(line, repaired, day, rows, rejected)
        elif self._closed:
            self.findings.note(cells)
        elif not any(looks_like_amount(cell) for cell in money):
            self._without_money(line, cells, filled, rows, rejected)
        elif self.plan.fill_dates and is_filler(cells[self.plan.date] if self.plan.date < len(cells) else ""):
            self._take(line, repaired, self._last_day, rows, rejected)
        elif self._resembles_row(repaired, filled):
            self._take(line, repaired, None, rows, rejected)
        else:
            self._closed = True
            self.findings.note(cells)

    def _take(
        self, line: int, cells: Cells, day: date | None, rows: list[StatementRow], rejected: list[RejectedRow]
    ) -> None:
        if day is None:
            shown = cells[self.plan.date].strip() if self.plan.date < len(cells) else ""
            if PENDING.fullmatch(shown):
                rejected.append(_refused(line, ("pending", f"the bank prints {shown!r} in place of a date"), cells))
                return
            code = "bad_date" if shown else "no_date"
            rejected.append(_refused(line, (code, f"{shown[:40]!r} is not a date" if shown else "no date"), cells))
            return
        try:
            amount = self._amount(cells)
        except IndexError:
            amount = None
        except BadAmount as problem:
            rejected.append(_refused(line, ("bad_amount", str(problem)), cells))
            return
        if amount is not None and self._carries_balance(day, cells, self._text(cells, amount < 0), amount):
            return
        if amount is None:
            ends = "the line ends early" if len(cells) < self.plan.width // 2 else "no amount"
            rejected.append(_refused(line, ("no_amount", ends), cells))
            return
        detail = self._details(cells, amount) if self._details else (None,)
        if detail[-1] is not None:
            rejected.append(_refused(line, detail[-1], cells))
            return
        row = StatementRow(line, day, amount, self._text(cells, amount < 0), *detail[:-1])
        rows.append(row if self._fee_apart is None else self._fee_apart(row, cells))
        self._last_day = day

    def _day(self, cells: Cells) -> date | None:
        plan = self.plan
        for column in (plan.date, plan.other_date):
            if column is not None and column < len(cells) and (day := plan.dates[cells[column]]):
                return day
        return None

    def _is_heading(self, filled: list[str]) -> bool:
        """A repeated heading line, as printed on every page, or headings of a summary."""
        folded = [cell.casefold() for cell in filled]
        same = sum(cell in self._heading for cell in folded)
        if len(filled) >= 2 and same >= 0.7 * len(folded) and same >= 2:
            return True
        return (
            len(filled) >= 3
            and sum(role_of(cell) is not None for cell in filled) >= 0.8 * len(filled)
            and not any(looks_like_amount(cell) for cell in filled)
        )

    def _carries_balance(self, day: date, cells: Cells, text: str, amount: Decimal) -> bool:
        """Whether a dated line with an amount is the opening or closing balance, printed as if it were a row."""
        detail = self._details(cells, amount) if self._details else _NO_DETAILS
        balance, account, payee = detail[_BALANCE], detail[_ACCOUNT], self.plan.payee
        if account is not None and payee is not None and payee < len(cells) and OPENING.match(cells[payee]):
            # Somebody keeps books of several accounts, and may have written a note beside the words of the program.
            text = cells[payee].strip()
        shown = self._balances.takes_dated(text, amount, balance, cells)
        if shown and account is not None and OPENING.match(text):
            held = amount if balance is None else balance
            opening = Opening(account=account, currency=detail[_CURRENCY], amount=held, on=day)
            self.findings.openings.append(opening)
        return shown

    def _without_money(
        self, line: int, cells: Cells, filled: list[str], rows: list[StatementRow], rejected: list[RejectedRow]
    ) -> None:
        """A record without a date and an amount: the next line of a long description, or a note."""
        texts = [c for c in (*self.plan.texts, self.plan.payee) if c is not None]
        wording = [collapsed(cells[c]) for c in texts if c < len(cells) and not is_filler(cells[c])]
        shown = cells[self.plan.date].strip() if self.plan.date < len(cells) else ""
        aligned = len(filled) == len(wording) and len(cells) > 1 and not shown
        if wording and aligned and rows and not self._closed and not _NOTE_START.match(wording[0]):
            last = rows[-1]
            rows[-1] = last._replace(description=" ".join([last.description, *wording]).strip())
            return
        if self._resembles_row(cells, filled) and shown and any(c.isdigit() for c in shown):
            rejected.append(_refused(line, ("bad_date", f"{shown[:40]!r} is not a date"), cells))
            return
        if _NOTE_START.match(filled[0]):
            self._closed = True
        self.findings.note(cells)

    def _resembles_row(self, cells: Cells, filled: list[str]) -> bool:
        """Whether a record without a date is a damaged row rather than a note or a summary."""
        plan = self.plan
        if len(filled) < 3 or len(cells) < max(plan.width - 2, 2):
            return False
        wording = [c for c in (*plan.texts, plan.payee, plan.payer) if c is not None and c < len(cells)]
        worded = any(not is_filler(cells[c]) and not looks_like_amount(cells[c]) for c in wording)
        money = any(c < len(cells) and looks_like_amount(cells[c]) for c in plan.money_columns)
        return worded and money

    def _repaired(self, cells: Cells) -> Cells:
        """A record with too many cells because its description holds the delimiter, put together again."""
        plan = self.plan
        extra = len(cells) - plan.width
        while extra > 0 and not cells[-1].strip():
            cells, extra = cells[:-1], extra - 1
        if extra <= 0:
            return cells
        for column in (*plan.texts, plan.payee):
            if column is None:
                continue
            joined = [*cells[:column], ",".join(cells[column : column + extra + 1]), *cells[column + extra + 1 :]]
            try:
                if self._day(joined) and self._amount(joined) is not None:
                    return joined
            except (IndexError, BadAmount):
                continue
        return cells


def _refused(line: int, why: tuple[str, str], cells: Cells) -> RejectedRow:
    text = " | ".join(cell.strip() for cell in cells if cell.strip())
    return RejectedRow(line=line, code=why[0], message=why[1], text=text[:200])
