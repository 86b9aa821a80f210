"""What a bank's file says, before anything is stored: rows, refusals, balances, and how the file was read."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

CLEARING = "Equity:Transfers:Own"
"""The account of our own journals that both rows of a transfer go over."""

DateOrder = Literal["dmy", "mdy", "ymd", "serial"]
"""How a numeric date is written; `serial` is the day number of a spreadsheet."""

Sign = Literal["as_printed", "inverted", "flag", "unmarked_debit", "balance", "category", "debit", "credit"]
"""How the printed amount becomes signed from the household's side.

`as_printed`: minus is money out. `inverted`: plus is money out (card exports). `flag`: another column says debit
or credit. `unmarked_debit`: only credits carry a mark (CR or +). `balance`: amounts are unsigned and the running
balance tells. `category`: rows in an income category are money in, all others out. `debit`, `credit`: every row is
money out, or in.
"""


class StatementPart(NamedTuple):
    """What one part of a divided row was for."""

    amount: Decimal
    """Signed as the row's; the parts sum to it exactly."""
    category_hint: str | None = None
    description: str | None = None
    """None where the part has no words of its own."""
    does: Literal["transfer", "investment", "fee"] | None = None
    """What is no spending: money into another account of the household, or for what is held there; or a fee on top of
    such money, which is."""
    note: str | None = None
    tags: str | None = None


class StatementRow(NamedTuple):
    """One booked line of a statement. A tuple, because a file may hold a million of them.

    `amount` and `balance_after` are signed from the household's side (out negative; a debt is a negative balance).
    """

    line: int
    """The physical line (or record, or sheet row) the row starts on, from 1."""
    date: date
    """The booking or transaction date, never the value date when both are printed."""
    amount: Decimal
    description: str
    balance_after: Decimal | None = None
    bank_id: str | None = None
    """The bank's own identifier of this entry, when the file has one."""
    currency: str | None = None
    original_amount: Decimal | None = None
    """The amount in the currency of the purchase, with the sign of `amount`."""
    original_currency: str | None = None
    rate: Decimal | None = None
    mcc: str | None = None
    """ISO 18245 merchant category code."""
    category_hint: str | None = None
    account_hint: str | None = None
    """The account this row belongs to, in files that mix several."""
    transfer_hint: str | None = None
    """The household's other account, where a rival's export names it."""
    payee: str | None = None
    kind: str | None = None
    """The bank's word for the kind of entry (POS, Lastschrift, ACH_DEBIT)."""
    tags: str | None = None
    status: str = "posted"
    remark: str | None = None
    """What a person should know of how the row was read, such as a rounded amount."""
    note: str | None = None
    """What a person wrote of the row in another program."""
    parts: tuple[StatementPart, ...] = ()
    """How another program divided the row, or the amount and the fee beside it; empty where the row is whole."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What an account held before its first row, where a file says so in a line or an entry of its own."""

    account: str | None
    """As rows name theirs."""
    currency: str | None
    amount: Decimal
    on: date


def plain_parts(parts: Sequence[StatementPart]) -> list[list[str | None]]:
    """Parts as JSON has them."""
    return [[str(part.amount), *part[1:]] for part in parts]


def parts_from(plain: Iterable[Sequence[Any]]) -> tuple[StatementPart, ...]:
    """The parts that `plain_parts` wrote."""
    return tuple(StatementPart(Decimal(part[0]), *part[1:]) for part in plain)


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """A data row that could not be taken, and why."""

    line: int
    code: str
    """bad_date, no_date, bad_amount, no_amount, pending, reverted, unreadable."""
    message: str
    text: str
    """An excerpt of the row, at most 200 characters."""


@dataclass(frozen=True, kw_only=True)
class AccountHint:
    """What the file says about the account it is of."""

    name: str | None = None
    """What the file calls the account, where it is one of several."""
    number_last4: str | None = None
    institution: str | None = None
    currency: str | None = None
    likely_currency: str | None = None
    """That of the country whose export it is, where the file states none: for an account that has none yet."""
    holder: str | None = None
    country: str | None = None
    """ISO 3166 code of the country whose conventions the file follows."""
    kind: str | None = None
    """`credit_card`, `checking`, `savings`, `cash`, `loan`, `investment` where the file says so."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A thing owned, or a debt, that another program's database holds besides transactions."""

    kind: Literal["asset", "liability"]
    name: str
    word: str
    """That program's word for what it is."""
    value: Decimal
    """What it is worth, or what is owed; positive."""
    currency: str
    on: date | None
    annual_rate: Decimal | None
    remark: str | None


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How a table is read. Flat and JSON-able, so that it can be kept as a profile and shared.

    A column is given by its heading, or by its position as `#1`, `#2` ... A None is left to detection.
    """

    delimiter: str | None = None
    encoding: str | None = None
    header_line: int | None = None
    """The line of the headings, from 1; 0 when the table has none."""
    date: str | None = None
    other_date: str | None = None
    """Taken for a row whose first date is blank."""
    date_order: DateOrder | None = None
    descriptions: tuple[str, ...] | None = None
    """Columns joined into the description, in this order."""
    payee: str | None = None
    """The other party; added to the description."""
    payer: str | None = None
    """Where the file has two parties per row: who pays. `payee` is then who is paid."""
    amount: str | None = None
    debit: str | None = None
    credit: str | None = None
    flag: str | None = None
    """The column that says debit or credit."""
    blank_flag: Literal["debit", "credit"] | None = None
    """What a blank cell of `flag` means, where the bank marks one side only."""
    sign: Sign | None = None
    decimal: Literal[".", ","] | None = None
    balance: str | None = None
    balance_flag: str | None = None
    balance_sign: Literal["as_printed", "inverted"] | None = None
    """`inverted`: a positive printed balance is money owed."""
    fee: str | None = None
    """A column of fees that come on top of the amount."""
    bank_id: str | None = None
    currency: str | None = None
    status: str | None = None
    kind: str | None = None
    mcc: str | None = None
    category: str | None = None
    account: str | None = None
    tags: str | None = None
    original_amount: str | None = None
    original_currency: str | None = None
    rate: str | None = None


@dataclass(frozen=True, kw_only=True)
class NeedsMapping:
    """Detection is unsure, and a guess could be wrong: one question, the possible answers, what the file shows."""

    question: str
    """The field of Mapping that must be given: `date_order`, `amount`, `sign`, `date` ..."""
    message: str
    candidates: tuple[str, ...]
    headings: tuple[str, ...]
    """The columns of the table, as they may be named in a mapping."""
    sample: tuple[tuple[str, ...], ...]
    """A few rows of the table."""
    mapping: Mapping
    """What was found so far."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A file, read. Each data row of it is in `rows` or in `rejected`.

    Data rows are the records of the table that carry a date or an amount. Headings (also repeated ones), the lines
    before the table, blank lines, totals, balance lines and closing notes are not data rows.
    """

    format: str
    """csv, xlsx, ofx, qif, camt, mt940, pdf ..."""
    layout: str
    """The recognised export (`Chase checking`), or the format's name."""
    account: AccountHint
    opening_balance: Decimal | None
    closing_balance: Decimal | None
    first: date | None
    last: date | None
    """The first and last day the statement covers: as the file says, else of its rows."""
    rows: tuple[StatementRow, ...]
    rejected: tuple[RejectedRow, ...]
    mapping: Mapping | None = None
    confidence: Table[str, float] = field(default_factory=dict)
    """Choice -> how sure detection was, from 0 to 1."""
    warnings: tuple[str, ...] = ()
    newest_first: bool = False
    accounts: Table[str, AccountHint] = field(default_factory=dict)
    """What the file says of each of several accounts, by the name its rows use."""
    balances: Table[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    """Opening and closing balance of each of several accounts, where the file states them."""
    openings: tuple[Opening, ...] = ()
    """Of accounts that may have no rows at all."""

    holdings: tuple[Holding, ...] = ()

    def balances_of(self, name: str | None, currency: str | None) -> tuple[Decimal | None, Decimal | None]:
        """The stated balances of one of several accounts; those of the whole file belong to none of them."""
        opening, closing = self.balances.get(name or "", (None, None))
        opened = [one.amount for one in self.openings if one.account == name and one.currency in (None, currency)]
        return (opened[0] if opened else opening), closing


_KINDS = {
    "credit_card": re.compile(r"(?i)credit ?-?card|kreditkarte|visa|master ?card|amex|american express"),
    "savings": re.compile(r"(?i)saving|tagesgeld|sparkonto|livret|ahorro|spaar"),
}
_CASH = re.compile(
    r"(?i)(my )?(wallet|purse|cash|petty cash|cash (in|on) hand|geldbeutel|bargeld|efectivo|esp[eè]ces|contanti)"
)
"""What coins and notes are called, as the whole name or as the last part of `Assets:Wallet`."""
_LAST4 = re.compile(r"\d{4}(?=\W*$)")


def named_account(account: AccountHint, name: str | None, currency: str | None) -> AccountHint:
    """One of several accounts of a file, by the name the file uses: a number or a kind in it tells more."""
    if name is None:
        return replace(account, currency=currency)
    number = _LAST4.search(name)
    kind = next((kind for kind, words in _KINDS.items() if words.search(name)), account.kind)
    if _CASH.fullmatch(name.rpartition(":")[2].strip()):
        kind = "cash"
    return replace(
        account, name=name, currency=currency, kind=kind, number_last4=number[0] if number else account.number_last4
    )
