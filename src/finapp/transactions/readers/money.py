"""Which columns are money and which way each amount went, decided by evidence: balances, marks, wording."""

from dataclasses import replace

from finapp.transactions.domain.statement import Sign
from finapp.transactions.readers.amounts import Amount, is_filler
from finapp.transactions.readers.balances import fit, stands_still
from finapp.transactions.readers.evidence import Evidence, Money, Question
from finapp.transactions.readers.fees import settled, without_gross
from finapp.transactions.readers.marks import Side, side_of
from finapp.transactions.readers.printed import by_printed_sign, with_balance
from finapp.transactions.readers.several_columns import by_arithmetic, by_currency, of_account, usual_sign


def decide_money(evidence: Evidence) -> Money | Question:
    """The money columns and the sign, or the question that must be answered first."""
    evidence = _without_standing(without_gross(evidence))
    found = _decided(evidence) if evidence.given.amount is not None else by_currency(evidence, _decided)
    return settled(evidence, found) if isinstance(found, Money) else found


def _without_standing(evidence: Evidence) -> Evidence:
    """The evidence without columns that say on every row what the account holds today."""
    columns, groups = evidence.columns, evidence.groups()
    kept = [at for at in columns.balances if not stands_still(evidence.cells(at), groups)]
    if len(kept) == len(columns.balances) or evidence.given.balance is not None:
        return evidence
    return replace(evidence, columns=replace(columns, balances=tuple(kept)))


def _decided(evidence: Evidence) -> Money | Question:
    told = of_account(evidence)
    if isinstance(told, Question):
        return told
    evidence, columns = told, told.columns
    pair = _pair(evidence)
    single = _best_single(evidence)
    if pair and (single is None or not _signed(evidence, single)):
        return with_balance(evidence, pair)
    if single is None:
        return _one_sided(evidence) or Question(
            about="amount",
            message="no column of amounts was recognised",
            candidates=tuple(f"#{i + 1}" for i in range(max(map(len, evidence.rows), default=0))),
        )
    if not columns.balances and len(columns.amounts) > 1 and not columns.flags:
        derived = by_arithmetic(evidence)
        if derived:
            return derived
    return _single(evidence, single)


def _pair(evidence: Evidence) -> Money | None:
    columns = evidence.columns
    if not columns.debits or not columns.credits:
        return None
    debit = columns.debits[0]
    paid = evidence.values(debit)
    # A mapping may give one side of a table without headings: the other is the column that is blank where it is not.
    apart = [c for c in columns.credits if not any(p and r for p, r in zip(paid, evidence.values(c), strict=True))]
    credit = apart[0] if apart else columns.credits[0]
    if not any(evidence.values(debit)) and not any(evidence.values(credit)):
        return None
    return Money(
        debit=debit,
        credit=credit,
        debit_sign=usual_sign(evidence.values(debit)),
        credit_sign=usual_sign(evidence.values(credit)),
        confidence={"amount": 0.95, "sign": 0.95},
    )


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


def _one_sided(evidence: Evidence) -> Money | Question | None:
    """A table with a column for money out only, or for money in only."""
    columns = evidence.columns
    sides: tuple[tuple[tuple[int, ...], Sign], ...] = ((columns.debits, "debit"), (columns.credits, "credit"))
    for column, sign in sides:
        if column and any(evidence.values(column[0])):
            if columns.balances or _signed(evidence, column[0]):
                return _single(evidence, column[0])
            return Money(amount=column[0], sign=sign, confidence={"amount": 0.8, "sign": 0.8})
    return None


def _single(evidence: Evidence, column: int) -> Money | Question:
    """One amount column: by the sign given, by a mark column, else by the printed sign and the evidence about it."""
    given = evidence.given.sign
    if given and given != "flag":
        return with_balance(evidence, Money(amount=column, sign=given, confidence={"amount": 1.0, "sign": 1.0}))
    amounts = [amount for amount in evidence.amounts(column) if amount and amount.value]
    if not evidence.inverted and (evidence.as_printed or _all_marked(amounts)):
        return with_balance(evidence, Money(amount=column, confidence={"amount": 0.95, "sign": 0.95}))
    flagged = _flagged(evidence, column)
    if flagged:
        return with_balance(evidence, flagged)
    negative = sum(amount.value < 0 for amount in amounts)
    marked = sum(amount.mark in ("CR", "+") for amount in amounts)
    if not negative and 0 < marked < len(amounts):
        return with_balance(
            evidence, Money(amount=column, sign="unmarked_debit", confidence={"amount": 0.9, "sign": 0.9})
        )
    return by_printed_sign(evidence, column, negative, len(amounts))


def _all_marked(amounts: list[Amount]) -> bool:
    """Whether every amount says by itself which way it went: a plus or a minus, CR or DR."""
    marks = {amount.mark for amount in amounts}
    return bool(marks) and "" not in marks and marks != {"-"}


def _flagged(evidence: Evidence, column: int) -> Money | None:
    kind = (evidence.columns.kind,) if evidence.columns.kind is not None else ()
    category = evidence.columns.parts.get("category")
    values = evidence.values(column)
    for flag in (*evidence.columns.flags, *kind, *((category,) if category is not None else ())):
        cells = evidence.cells(flag)
        sides = [side_of(cell) if cell else None for cell in cells]
        known = [side for side in sides if side]
        blank = sum(not cell or is_filler(cell) for cell in cells)
        if not known and blank == len(cells) and evidence.card and flag in evidence.columns.flags:
            # Cards that mark credits only: no credit in this period.
            return Money(
                amount=column, flag=flag, blank_flag="debit", sign="flag", confidence={"amount": 0.9, "sign": 0.9}
            )
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
