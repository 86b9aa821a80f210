"""Several columns of amounts without words for money out and in: what they are by arithmetic and by wording."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from finapp.transactions.readers.balances import fit
from finapp.transactions.readers.evidence import Evidence, Money, Question, signed_values
from finapp.transactions.readers.marks import wording
from finapp.transactions.readers.words import currency_of


def usual_sign(values: list[Decimal | None]) -> int:
    """The sign that most amounts of a column are printed with."""
    signs = Counter(value > 0 for value in values if value)
    return -1 if signs[False] > signs[True] else 1


def by_arithmetic(evidence: Evidence) -> Money | Question | None:
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
    # One column may fit alone where the other is blank in most rows: two that fit leave no money out.
    return max(found, key=lambda item: (item[0], item[1].amount is None))[1] if found else _by_wording(evidence, values)


def _pairs_by_arithmetic(evidence: Evidence, values: dict[int, list[Decimal | None]]) -> list[tuple[float, Money]]:
    found: list[tuple[float, Money]] = []
    for debit in values:
        for credit in values:
            exclusive = (
                any(values[debit])
                and any(values[credit])
                and all(not (d and c) for d, c in zip(values[debit], values[credit], strict=True))
            )
            if debit == credit or not exclusive:
                continue
            signs = usual_sign(values[debit]), usual_sign(values[credit])
            money = Money(debit=debit, credit=credit, debit_sign=signs[0], credit_sign=signs[1],
                          confidence={"amount": 0.6, "sign": 0.6})  # fmt: skip
            amounts = signed_values(evidence, money)
            for balance in set(values) - {debit, credit}:
                checked = fit(amounts, values[balance], evidence.groups())
                if checked.steps and checked.share >= 0.7:
                    found.append((checked.share, replace(money, balance=balance, newest_first=checked.newest_first)))
    return found


def _by_wording(evidence: Evidence, values: dict[int, list[Decimal | None]]) -> Money | Question | None:
    """Two columns of which each row fills one: which of them is money out, by what the rows say."""
    filled = [column for column in values if any(values[column])]
    if len(filled) != 2 or any(a and b for a, b in zip(values[filled[0]], values[filled[1]], strict=True)):
        return None
    first, second = filled
    texts = [column for column in (*evidence.columns.texts, evidence.columns.payee) if column is not None]
    lean = 0
    for row, one, other in zip(evidence.rows, values[first], values[second], strict=True):
        side = wording(" ; ".join(row[i] for i in texts if i < len(row)))
        if side and (one or other):
            lean += 1 if bool(one) == (side == "debit") else -1
    if lean == 0:
        return Question(
            about="debit",
            message="amounts stand in two columns without headings, and nothing tells which of them is money out",
            candidates=(f"#{first + 1}", f"#{second + 1}"),
        )
    debit, credit = (first, second) if lean > 0 else (second, first)
    return Money(debit=debit, credit=credit, debit_sign=usual_sign(values[debit]),
                 credit_sign=usual_sign(values[credit]), confidence={"amount": 0.6, "sign": 0.6})  # fmt: skip


def by_currency(evidence: Evidence, decided: Callable[[Evidence], Money | Question]) -> Money | Question:
    """What is decided of the amounts; where each currency has a column of its own, of all of them as one column."""
    columns = evidence.columns
    codes = {column: currency_of(evidence.headings[column]) for column in columns.amounts}
    apart = len(codes) > 1 and None not in codes.values() and len(set(codes.values())) == len(codes)
    if not apart or any(sum(bool(cell.strip()) for cell in _of(row, columns.amounts)) > 1 for row in evidence.rows):
        return decided(evidence)
    first = columns.amounts[0]
    merged = [[*row] for row in evidence.rows]
    for row in merged:
        if first < len(row):
            row[first] = next((cell for cell in _of(row, columns.amounts) if cell.strip()), "")
    found = decided(replace(evidence, rows=merged, columns=replace(columns, amounts=(first,))))
    if isinstance(found, Question):
        return found
    return replace(found, others=tuple((column, code) for column, code in codes.items() if column != first and code))


def _of(row: list[str], columns: tuple[int, ...]) -> list[str]:
    return [row[column] for column in columns if column < len(row)]
