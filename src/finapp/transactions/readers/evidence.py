"""What the sample rows show about money: columns as numbers, rows as signed amounts."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from finapp.transactions.domain.statement import Mapping, Sign
from finapp.transactions.readers.amounts import Amount, DecimalMark, read_amount
from finapp.transactions.readers.columns import Columns
from finapp.transactions.readers.marks import Side, is_income, side_of


@dataclass(frozen=True, kw_only=True)
class Money:
    """Where amounts stand and how they become signed. Columns are numbers."""

    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    debit_sign: int = 1
    credit_sign: int = 1
    """The usual printed sign of the two columns; a cell with the other sign is a reversal."""
    flag: int | None = None
    blank_flag: Side | None = None
    sign: Sign = "as_printed"
    balance: int | None = None
    balance_sign: int = 1
    fee: int | None = None
    fee_within: int | None = None
    """The column of fees that the amounts contain."""
    fees_inside: bool = False
    """The running balance shows that amounts contain the fees beside them."""
    others: tuple[tuple[int, str], ...] = ()
    """Where the file has an amount column for each currency: the further ones, and their currencies."""
    newest_first: bool = False
    confidence: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person must say, and the possible answers."""

    about: Literal["sign", "amount", "debit", "fee"]
    message: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The sample rows and what is known besides them."""

    rows: list[list[str]]
    columns: Columns
    decimal: DecimalMark
    given: Mapping
    card: bool = False
    """The file is of a credit card."""
    account_kind: str | None = None
    """The kind of the account the file is imported into, when that is known."""
    inverted: bool = False
    """The layout is known to print spending as positive."""
    as_printed: bool = False
    """The layout is known to print money out with a minus."""
    fees: Literal["on_top", "inside"] | None = None
    """Whether the layout is known to print amounts without their fees, or with them."""
    headings: tuple[str, ...] = ()

    @property
    def of_own_money(self) -> bool:
        """The account is known to hold money, not to owe it: what comes in is positive."""
        return self.account_kind in ("checking", "savings", "cash")

    @property
    def of_known_card(self) -> bool:
        """The account is known to be a credit card: most rows are money out."""
        return self.account_kind == "credit_card"

    def cells(self, column: int) -> list[str]:
        """One column as text."""
        return [row[column].strip() if column < len(row) else "" for row in self.rows]

    def amounts(self, column: int) -> list[Amount | None]:
        """One column as amounts."""
        return [read_amount(cell, self.decimal) if cell else None for cell in self.cells(column)]

    def values(self, column: int) -> list[Decimal | None]:
        """One column as numbers with their printed sign."""
        return [amount.value if amount else None for amount in self.amounts(column)]

    def balances(self, column: int) -> list[Decimal | None]:
        """A balance column as numbers, negative where the mark beside it says debit."""
        values = self.values(column)
        flag = self.columns.parts.get("balance_flag")
        if flag is None:
            return values
        sides = map(side_of, self.cells(flag))
        return [v if v is None or s != "debit" else -abs(v) for v, s in zip(values, sides, strict=True)]

    def groups(self) -> list[str]:
        """What separates running balances from each other."""
        kept = [self.columns.parts[part] for part in ("currency", "account") if part in self.columns.parts]
        return ["|".join(row[i] for i in kept if i < len(row)) for row in self.rows]


def signed_values(evidence: Evidence, money: Money) -> list[Decimal | None]:
    """The sample's amounts, signed from the household's side as `money` says."""
    zero = Decimal(0)
    if money.amount is None:
        debits = evidence.values(money.debit) if money.debit is not None else [None] * len(evidence.rows)
        credits = evidence.values(money.credit) if money.credit is not None else [None] * len(evidence.rows)
        return [
            None if d is None and c is None else (c or zero) * money.credit_sign - (d or zero) * money.debit_sign
            for d, c in zip(debits, credits, strict=True)
        ]
    amounts = evidence.amounts(money.amount)
    if money.sign == "flag" and money.flag is not None:
        sides = [side_of(cell) or money.blank_flag for cell in evidence.cells(money.flag)]
        return [
            None if a is None else (-a.value if side == "debit" else a.value)
            for a, side in zip(amounts, sides, strict=True)
        ]
    if money.sign == "category" and money.flag is not None:
        earned = [is_income(cell) for cell in evidence.cells(money.flag)]
        return [None if a is None else a.value if e else -a.value for a, e in zip(amounts, earned, strict=True)]
    if money.sign == "unmarked_debit":
        return [None if a is None else a.value if a.mark in ("CR", "+") else -abs(a.value) for a in amounts]
    turn = -1 if money.sign in ("inverted", "debit") else 1
    return [None if a is None else turn * a.value for a in amounts]
