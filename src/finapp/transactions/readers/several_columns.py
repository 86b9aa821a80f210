"""Several columns of amounts without words for money out and in: what they are by arithmetic and by wording."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from finapp.transactions.readers.balances import fit
from finapp.transactions.readers.evidence import Evidence, Money, Question, signed_values
from finapp.transactions.readers.marks import wording
from finapp.transactions.readers.words import currency_of, normalized, role_of

_OF_ACCOUNT = re.compile(r"\b(bill(ing|ed)|settle\w*|account|net|netto|total|charged|debited|posted|home|main|base)\b")
_BESIDE = re.compile(
    r"\b(sub ?total|price|cost|unit|tax|vat|mwst|round\w*|gross|brutto|transaction|original|foreign|local|purchase"
    r"|source|cash ?back|rewards?|points|tip|split)\b"
)


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


def of_account(evidence: Evidence) -> Evidence | Question:
    """The evidence with the one amount column that is of the account, where several are filled and differ: the one
    billed, not the one paid abroad; the total, not the price. What the headings leave open is asked."""
    columns = evidence.columns
    values = {column: evidence.values(column) for column in columns.amounts}
    full = [c for c in values if 2 * sum(value is not None for value in values[c]) > len(evidence.rows)]
    named = all(role_of(evidence.headings[column]) == "amount" for column in full)
    if len(full) < 2 or not named or columns.balances or (columns.debits and columns.credits):
        return evidence
    if all(_agree(values[full[0]], values[other]) for other in full[1:]):
        return evidence
    merits = {column: _merit(evidence, column) for column in full}
    best = max(merits.values())
    chosen = [column for column in full if merits[column] == best]
    if all(_agree(values[chosen[0]], values[other]) for other in chosen[1:]):
        return replace(evidence, columns=replace(columns, amounts=(chosen[0],)))
    names = tuple(evidence.headings[column] for column in full)
    return Question(
        about="amount",
        message=f"{' and '.join(map(repr, names))} are different amounts, and nothing tells which of them moved",
        candidates=names,
    )


def _agree(one: list[Decimal | None], other: list[Decimal | None]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _merit(evidence: Evidence, column: int) -> int:
    """How well a heading says that its amounts are those of the account."""
    heading = evidence.headings[column]
    words = normalized(heading)
    stated = currency_of(heading) is not None
    return (_OF_ACCOUNT.search(words) is not None) + stated - (_BESIDE.search(words) is not None)


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
