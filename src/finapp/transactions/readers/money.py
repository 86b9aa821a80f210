"""Which columns are money and which way each amount went, decided by evidence: balances, marks, wording."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from finapp.transactions.domain.statement import Mapping, Sign
from finapp.transactions.readers.amounts import Amount, DecimalMark, is_filler, read_amount
from finapp.transactions.readers.balances import Fit, fit, fits_unsigned
from finapp.transactions.readers.columns import Columns
from finapp.transactions.readers.marks import Side, is_income, side_of, wording


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
    newest_first: bool = False
    confidence: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person must say, and the possible answers."""

    about: Literal["sign", "amount", "debit"]
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
    inverted: bool = False
    """The layout is known to print spending as positive."""
    fees_on_top: bool = False
    """The layout is known to print amounts without their fees."""

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


def decide_money(evidence: Evidence) -> Money | Question:
    """The money columns and the sign, or the question that must be answered first."""
    columns = evidence.columns
    pair = _pair(evidence)
    single = _best_single(evidence)
    if pair and (single is None or not _signed(evidence, single)):
        return _with_balance(evidence, pair)
    if single is None:
        return _one_sided(evidence) or Question(
            about="amount",
            message="no column of amounts was recognised",
            candidates=tuple(f"#{i + 1}" for i in range(max(map(len, evidence.rows), default=0))),
        )
    if not columns.balances and len(columns.amounts) > 1 and not columns.flags:
        derived = _by_arithmetic(evidence)
        if derived:
            return derived
    return _single(evidence, single)


def _pair(evidence: Evidence) -> Money | None:
    columns = evidence.columns
    if not columns.debits or not columns.credits:
        return None
    debit, credit = columns.debits[0], columns.credits[0]
    if not any(evidence.values(debit)) and not any(evidence.values(credit)):
        return None
    return Money(
        debit=debit,
        credit=credit,
        debit_sign=_usual_sign(evidence.values(debit)),
        credit_sign=_usual_sign(evidence.values(credit)),
        confidence={"amount": 0.95, "sign": 0.95},
    )


def _usual_sign(values: list[Decimal | None]) -> int:
    signs = Counter(value > 0 for value in values if value)
    return -1 if signs[False] > signs[True] else 1


def _best_single(evidence: Evidence) -> int | None:
    candidates = evidence.columns.amounts
    if len(candidates) < 2 or not evidence.columns.balances:
        return max(candidates, key=lambda c: sum(v is not None for v in evidence.values(c)), default=None)
    balances = evidence.balances(evidence.columns.balances[0])

    def merit(column: int) -> tuple[float, int]:
        values = evidence.values(column)
        checked = fit(values, balances, evidence.groups())
        return round(checked.share, 1), sum(value is not None for value in values)

    return max(candidates, key=merit)


def _signed(evidence: Evidence, column: int) -> bool:
    values = [value for value in evidence.values(column) if value]
    filled = len(values) * 2 > len(evidence.rows)
    return filled and any(value < 0 for value in values)


def _one_sided(evidence: Evidence) -> Money | None:
    columns = evidence.columns
    for column, sign in ((columns.debits, "debit"), (columns.credits, "credit")):
        if column and any(evidence.values(column[0])):
            side: Sign = "debit" if sign == "debit" else "credit"
            money = Money(amount=column[0], sign=side, confidence={"amount": 0.8, "sign": 0.8})
            if evidence.columns.balances or _signed(evidence, column[0]):
                return _single(evidence, column[0])
            return money
    return None


def _single(evidence: Evidence, column: int) -> Money | Question:
    """One amount column: by the sign given, by a mark column, else by the printed sign and the evidence about it."""
    given = evidence.given.sign
    if given and given != "flag":
        return _with_balance(evidence, Money(amount=column, sign=given, confidence={"amount": 1.0, "sign": 1.0}))
    flagged = _flagged(evidence, column)
    if flagged:
        return _with_balance(evidence, flagged)
    amounts = [amount for amount in evidence.amounts(column) if amount and amount.value]
    negative = sum(amount.value < 0 for amount in amounts)
    marked = sum(amount.mark in ("CR", "+") for amount in amounts)
    if not negative and 0 < marked < len(amounts):
        return _with_balance(
            evidence, Money(amount=column, sign="unmarked_debit", confidence={"amount": 0.9, "sign": 0.9})
        )
    return _printed(evidence, column, negative, len(amounts))


def _flagged(evidence: Evidence, column: int) -> Money | None:
    kind = (evidence.columns.kind,) if evidence.columns.kind is not None else ()
    category = evidence.columns.parts.get("category")
    values = evidence.values(column)
    for flag in (*evidence.columns.flags, *kind, *((category,) if category is not None else ())):
        cells = evidence.cells(flag)
        sides = [side_of(cell) if cell else None for cell in cells]
        known = [side for side in sides if side]
        blank = sum(not cell or is_filler(cell) for cell in cells)
        if not known or len(known) + blank < 0.95 * len(cells):
            continue
        if blank > 0.02 * len(cells) + 1 and (len(set(known)) > 1 or flag not in evidence.columns.flags):
            continue
        signed = [(value < 0) == (side == "debit") for value, side in zip(values, sides, strict=True) if value and side]
        if any(value is not None and value < 0 for value in values):
            if sum(signed) >= 0.8 * len(signed):
                return None
            if flag not in evidence.columns.flags:
                continue
        other: Side | None = None
        if blank and len(set(known)) == 1:
            other = "credit" if known[0] == "debit" else "debit"
        return Money(amount=column, flag=flag, blank_flag=other, sign="flag", confidence={"amount": 0.95, "sign": 0.95})
    return None


def _printed(evidence: Evidence, column: int, negative: int, count: int) -> Money | Question:
    """The printed sign, unless the evidence says that spending is printed as positive or the sign is missing."""
    agree, disagree = _wording_votes(evidence, column)
    balanced = _balance_says(evidence, column, negative, disagree > agree)
    if balanced:
        return balanced
    if negative == 0 and count:
        return _unsigned(evidence, column, agree, disagree)
    if negative == count:
        inverted = disagree > 2 * agree + 1
        return _plain(evidence, column, "inverted" if inverted else "as_printed", 0.8)
    positive = count - negative
    lean = disagree - agree + (2 if evidence.card and positive > negative else 0) + (4 if evidence.inverted else 0)
    if lean > 0 and (disagree > 1.5 * agree or evidence.inverted or agree == 0):
        return _plain(evidence, column, "inverted", min(0.95, 0.6 + 0.1 * lean))
    if agree == disagree == 0 and positive >= 4 * negative and count >= 8:
        return Question(
            about="sign",
            message="most amounts are positive, and nothing in the file tells whether that is money in or money out",
            candidates=("as_printed", "inverted"),
        )
    return _plain(evidence, column, "as_printed", min(0.95, 0.7 + 0.05 * (agree - disagree)) if agree else 0.7)


def _unsigned(evidence: Evidence, column: int, agree: int, disagree: int) -> Money | Question:
    """No row is negative. `agree` counts rows worded as money in, `disagree` rows worded as money out."""
    earned = _earned(evidence)
    if earned is not None and not evidence.card:
        warning = "amounts have no sign: rows in an income category were taken as money in, all others as money out"
        return Money(amount=column, flag=earned, sign="category", warnings=(warning,),
                     confidence={"amount": 0.9, "sign": 0.7})  # fmt: skip
    if evidence.inverted or (evidence.card and disagree >= agree):
        return _plain(evidence, column, "inverted", 0.8)
    if disagree and not agree:
        return _plain(evidence, column, "inverted", min(0.9, 0.6 + 0.05 * disagree))
    if agree and not disagree:
        return _plain(evidence, column, "as_printed", min(0.9, 0.6 + 0.05 * agree))
    return Question(
        about="sign",
        message="no amount has a sign, and nothing in the file tells money in from money out",
        candidates=("debit", "credit", "as_printed", "inverted"),
    )


def _earned(evidence: Evidence) -> int | None:
    """The category column, when some of its cells, but not all, are words for income."""
    category = evidence.columns.parts.get("category")
    if category is None:
        return None
    earned = [is_income(cell) for cell in evidence.cells(category) if cell]
    return category if any(earned) and not all(earned) else None


def _plain(evidence: Evidence, column: int, sign: Sign, confidence: float) -> Money:
    return _with_balance(
        evidence, Money(amount=column, sign=sign, confidence={"amount": 0.9, "sign": round(confidence, 2)})
    )


def _wording_votes(evidence: Evidence, column: int) -> tuple[int, int]:
    """Rows whose wording agrees with the printed sign, and rows whose wording contradicts it."""
    parts = evidence.columns.parts
    columns = [*evidence.columns.texts, evidence.columns.payee, evidence.columns.kind, parts.get("category")]
    kept = [column for column in columns if column is not None]
    sales = (
        any(side_of(cell) == "debit" for cell in evidence.cells(evidence.columns.kind))
        if (evidence.columns.kind is not None)
        else False
    )
    agree = disagree = 0
    for row, value in zip(evidence.rows, evidence.values(column), strict=True):
        if not value:
            continue
        kind = row[evidence.columns.kind].strip() if evidence.columns.kind in range(len(row)) else ""
        side = side_of(kind) or wording(" ; ".join(row[i] for i in kept if i < len(row)))
        if sales and evidence.card and kind.lower() == "payment":
            side = "credit"
        if side:
            agree += (value > 0) == (side == "credit")
            disagree += (value > 0) != (side == "credit")
    return agree, disagree


def _balance_says(evidence: Evidence, column: int, negative: int, worded_inverted: bool) -> Money | None:
    values, groups = evidence.values(column), evidence.groups()
    for balance in evidence.columns.balances:
        printed = evidence.balances(balance)
        same, other = fit(values, printed, groups), fit(_negated(values), printed, groups)
        unsigned = fits_unsigned(values, printed)
        confidence = {"amount": 0.98, "sign": 0.98, "balance": max(same.share, other.share)}
        if same.share >= 0.7 and same.steps >= 2 and same.share >= other.share:
            if evidence.inverted or (evidence.card and worded_inverted):
                return Money(amount=column, sign="inverted", balance=balance, balance_sign=-1,
                             newest_first=same.newest_first, confidence=confidence)  # fmt: skip
            return Money(amount=column, balance=balance, newest_first=same.newest_first, confidence=confidence)
        if other.share >= 0.7 and other.steps >= 2:
            owed = not worded_inverted and negative > 0 and not evidence.inverted
            return Money(amount=column, sign="as_printed" if owed else "inverted", balance=balance,
                         balance_sign=-1 if owed else 1, newest_first=other.newest_first,
                         confidence=confidence)  # fmt: skip
        if not negative and unsigned.share >= 0.7 and unsigned.steps >= 2:
            return Money(amount=column, sign="balance", balance=balance, newest_first=unsigned.newest_first,
                         confidence={**confidence, "balance": unsigned.share})  # fmt: skip
    return None


def _negated(values: list[Decimal | None]) -> list[Decimal | None]:
    return [None if value is None else -value for value in values]


def signed_values(evidence: Evidence, money: Money) -> list[Decimal | None]:
    """The sample's amounts, signed from the household's side as `money` says."""
    if money.amount is None:
        debits = evidence.values(money.debit) if money.debit is not None else [None] * len(evidence.rows)
        credits = evidence.values(money.credit) if money.credit is not None else [None] * len(evidence.rows)
        return [
            None if d is None and c is None else (c or 0) * money.credit_sign - (d or 0) * money.debit_sign
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


def _with_balance(evidence: Evidence, money: Money) -> Money:
    """Adds the balance column that the amounts explain, the order of the rows, and the fees that count."""
    from dataclasses import replace

    best: tuple[Fit, int, int, int | None] | None = None
    values, groups = signed_values(evidence, money), evidence.groups()
    fee = evidence.columns.parts.get("fee")
    variants: list[tuple[int | None, list[Decimal | None]]] = [(None, values)]
    if fee is not None and any(evidence.values(fee)):
        fees = evidence.values(fee)
        variants.append((fee, [None if v is None else v - abs(f or 0) for v, f in zip(values, fees, strict=True)]))
    for balance in evidence.columns.balances:
        printed = evidence.balances(balance)
        for turn, shown in ((1, printed), (-1, _negated(printed))):
            for used, tried in variants:
                checked = fit(tried, shown, groups)
                if best is None or (checked.share, -abs(turn - 1)) > (best[0].share, -abs(best[2] - 1)):
                    best = (checked, balance, turn, used)
    if best is None or best[0].steps == 0:
        known = evidence.columns.balances
        return replace(money, balance=known[0] if known else None, fee=fee if evidence.fees_on_top else None)
    checked, balance, turn, used = best
    varied = len({value for value in evidence.balances(balance) if value is not None}) > 0.6 * checked.steps
    if not checked.share or (checked.share < 0.5 and not varied):
        return money
    confidence = {**money.confidence, "balance": round(checked.share, 2)}
    return replace(
        money, balance=balance, balance_sign=turn, fee=used, newest_first=checked.newest_first, confidence=confidence
    )


def _by_arithmetic(evidence: Evidence) -> Money | None:
    """Money columns without headings: amount and balance, or debit, credit and balance, as the sums show."""
    columns = evidence.columns.amounts
    values = {column: evidence.values(column) for column in columns}
    groups = evidence.groups()
    found: list[tuple[float, Money]] = []
    for balance in columns:
        for amount in columns:
            if amount == balance:
                continue
            checked = fit(values[amount], values[balance], groups)
            if checked.steps and checked.share >= 0.7:
                found.append((checked.share, Money(amount=amount, balance=balance, newest_first=checked.newest_first,
                                                   confidence={"amount": 0.9, "sign": 0.9})))  # fmt: skip
    found += _pairs_by_arithmetic(evidence, values)
    return max(found, key=lambda item: item[0])[1] if found else None


def _pairs_by_arithmetic(evidence: Evidence, values: dict[int, list[Decimal | None]]) -> list[tuple[float, Money]]:
    found: list[tuple[float, Money]] = []
    for debit in values:
        for credit in values:
            exclusive = all(not (d and c) for d, c in zip(values[debit], values[credit], strict=True))
            if debit == credit or not exclusive:
                continue
            signs = _usual_sign(values[debit]), _usual_sign(values[credit])
            money = Money(debit=debit, credit=credit, debit_sign=signs[0], credit_sign=signs[1],
                          confidence={"amount": 0.6, "sign": 0.6})  # fmt: skip
            amounts = signed_values(evidence, money)
            for balance in set(values) - {debit, credit}:
                checked = fit(amounts, values[balance], evidence.groups())
                if checked.steps and checked.share >= 0.7:
                    from dataclasses import replace

                    found.append((checked.share, replace(money, balance=balance, newest_first=checked.newest_first)))
            if debit < credit and any(values[debit]) and any(values[credit]):
                found.append((0.3, money))
    return found
