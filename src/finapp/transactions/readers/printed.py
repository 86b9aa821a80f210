"""The sign of one amount column without marks: by balances, by wording, by what is usual on cards."""

from dataclasses import replace
from decimal import Decimal

from finapp.transactions.domain.statement import Sign
from finapp.transactions.readers.balances import Fit, fit, fits_unsigned
from finapp.transactions.readers.evidence import Evidence, Money, Question, signed_values
from finapp.transactions.readers.marks import PAID_CARD, is_income, side_of, wording

_CLEARLY = 3
"""Rows worded against their printed sign, at least and for each that agrees, from which the signs are turned."""


def by_printed_sign(evidence: Evidence, column: int, negative: int, count: int) -> Money | Question:
    """The printed sign, unless the evidence says that spending is printed as positive or the sign is missing."""
    if evidence.inverted:
        return _plain(evidence, column, "inverted", 0.95)
    agree, disagree = _wording_votes(evidence, column)
    balanced = _balance_says(evidence, column, negative, disagree > agree)
    if balanced:
        return balanced
    if negative == 0 and count:
        return _unsigned(evidence, column, agree, disagree)
    if evidence.of_known_card and 2 * max(agree, disagree) <= count and 2 * negative != count:
        # Too few wordings tell: most rows of a card are money out.
        return _plain(evidence, column, "as_printed" if 2 * negative > count else "inverted", 0.8)
    if negative == count:
        inverted = disagree > (agree if evidence.of_known_card else 2 * agree + 1)
        return _plain(evidence, column, "inverted" if inverted else "as_printed", 0.8)
    positive = count - negative
    lean = disagree - agree + (2 if evidence.card and positive > negative else 0)
    if lean > 0 and (disagree > 1.5 * agree or agree == 0):
        clearly = disagree >= _CLEARLY and disagree >= _CLEARLY * agree
        if not (evidence.card or clearly or _thanks_for_payments(evidence, column)):
            return _which_way("the wording of some rows speaks against the signs of the amounts")
        return _plain(evidence, column, "inverted", min(0.95, 0.6 + 0.1 * lean))
    if not evidence.of_own_money and agree == disagree == 0 and positive >= 3 * negative and count >= 4:
        return _which_way("most amounts are positive, and nothing in the file tells whether that is money in or out")
    return _plain(evidence, column, "as_printed", min(0.95, 0.7 + 0.05 * (agree - disagree)) if agree else 0.7)


def _thanks_for_payments(evidence: Evidence, column: int) -> bool:
    """Whether a card's words for a payment it received stand beside amounts with a minus."""
    texts = evidence.columns.texts
    said = (" ".join(row[i] for i in texts if i < len(row)) for row in evidence.rows)
    values = evidence.values(column)
    return any(
        value is not None and value < 0 and PAID_CARD.match(text) for text, value in zip(said, values, strict=True)
    )


def _which_way(message: str) -> Question:
    return Question(about="sign", message=message, candidates=("as_printed", "inverted"))


def _unsigned(evidence: Evidence, column: int, agree: int, disagree: int) -> Money | Question:
    """No row is negative. `agree` counts rows worded as money in, `disagree` rows worded as money out."""
    earned = _earned(evidence)
    if earned is not None and not evidence.card:
        warning = "amounts have no sign: rows in an income category were taken as money in, all others as money out"
        return Money(amount=column, flag=earned, sign="category", warnings=(warning,),
                     confidence={"amount": 0.9, "sign": 0.7})  # fmt: skip
    if evidence.card and (disagree >= agree or (evidence.of_known_card and 2 * agree <= len(evidence.rows))):
        return _plain(evidence, column, "inverted", 0.8)
    if disagree and not agree:
        return _plain(evidence, column, "inverted", min(0.9, 0.6 + 0.05 * disagree))
    if agree and not disagree:
        return _plain(evidence, column, "as_printed", min(0.9, 0.6 + 0.05 * agree))
    if evidence.of_own_money and not disagree:
        warning = "amounts have no sign, and were taken as money in: nothing in the file is worded as money out"
        return replace(_plain(evidence, column, "as_printed", 0.6), warnings=(warning,))
    if evidence.columns.balances and len(evidence.rows) == 1 and not evidence.card:
        # A single deposit: banks that print a balance beside one amount column sign their amounts.
        return _plain(evidence, column, "as_printed", 0.6)
    return Question(
        about="sign",
        message="no amount has a sign, and nothing in the file tells money in from money out",
        candidates=("debit", "credit", "as_printed", "inverted"),
    )


def _plain(evidence: Evidence, column: int, sign: Sign, confidence: float) -> Money:
    return with_balance(
        evidence, Money(amount=column, sign=sign, confidence={"amount": 0.9, "sign": round(confidence, 2)})
    )


def _earned(evidence: Evidence) -> int | None:
    """The category column, when some of its cells, but not all, are words for income."""
    category = evidence.columns.parts.get("category")
    if category is None:
        return None
    earned = [is_income(cell) for cell in evidence.cells(category) if cell]
    return category if any(earned) and not all(earned) else None


def _wording_votes(evidence: Evidence, column: int) -> tuple[int, int]:
    """Rows whose wording agrees with the printed sign, and rows whose wording contradicts it."""
    parts = evidence.columns.parts
    columns = [*evidence.columns.texts, evidence.columns.payee, evidence.columns.kind, parts.get("category")]
    kept = [column for column in columns if column is not None]
    kind_at = evidence.columns.kind
    sales = kind_at is not None and any(side_of(cell) == "debit" for cell in evidence.cells(kind_at))
    agree = disagree = 0
    for row, value in zip(evidence.rows, evidence.values(column), strict=True):
        if not value:
            continue
        kind = row[kind_at].strip() if kind_at is not None and kind_at < len(row) else ""
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
        if _convincing(same) and same.share >= other.share:
            owed = evidence.card and _owed(evidence, values, printed, worded_inverted)
            return Money(amount=column, sign="inverted" if owed else "as_printed", balance=balance,
                         balance_sign=-1 if owed else 1, newest_first=same.newest_first,
                         confidence=confidence)  # fmt: skip
        if _convincing(other):
            owed = not evidence.of_own_money and _owed(evidence, _negated(values), printed, not worded_inverted)
            return Money(amount=column, sign="as_printed" if owed else "inverted", balance=balance,
                         balance_sign=-1 if owed else 1, newest_first=other.newest_first,
                         confidence=confidence)  # fmt: skip
        if not negative and unsigned.steps >= 2 and _convincing(unsigned):
            return Money(amount=column, sign="balance", balance=balance, newest_first=unsigned.newest_first,
                         confidence={**confidence, "balance": unsigned.share})  # fmt: skip
    return None


def _owed(evidence: Evidence, moved: list[Decimal | None], balances: list[Decimal | None], worded_owed: bool) -> bool:
    """Whether a balance that moves by `moved` is money owed; read as money owned, the same steps fit as well.

    A card whose balance is mostly below zero prints what it owns. One whose balance is above zero and mostly grows
    prints what it owes. Wording is asked only where neither holds.
    """
    above = sum(balance > 0 for balance in balances if balance is not None)
    below = sum(balance < 0 for balance in balances if balance is not None)
    grown = sum(value > 0 for value in moved if value)
    shrunk = sum(value < 0 for value in moved if value)
    if evidence.card and below > above:
        return False
    if evidence.card and above > below and grown > shrunk:
        return True
    return worded_owed


def _convincing(checked: Fit) -> bool:
    return checked.share >= 0.7 and (checked.steps >= 2 or checked.share == 1)


def _negated(values: list[Decimal | None]) -> list[Decimal | None]:
    return [None if value is None else -value for value in values]


def with_balance(evidence: Evidence, money: Money) -> Money:
    """Adds the balance column that the amounts explain, the order of the rows, and the fees that count."""
    best: tuple[Fit, int, int, int | None] | None = None
    other: dict[int | None, float] = {}
    for used, tried in _with_fees(evidence, signed_values(evidence, money)):
        for balance in evidence.columns.balances:
            printed = evidence.balances(balance)
            for turn, shown in ((1, printed), (-1, _negated(printed))):
                checked = fit(tried, shown, evidence.groups())
                other[used] = max(other.get(used, 0.0), checked.share)
                if best is None or (checked.share, -abs(turn - 1)) > (best[0].share, -abs(best[2] - 1)):
                    best = (checked, balance, turn, used)
    if best is None or best[0].steps == 0:
        known = evidence.columns.balances
        return replace(money, balance=known[0] if known else None)
    checked, balance, turn, used = best
    varied = len({value for value in evidence.balances(balance) if value is not None}) > 0.6 * checked.steps
    if not checked.share or (checked.share < 0.5 and not varied):
        return money
    inside = used is None and len(other) > 1 and checked.share > min(other.values())
    confidence = {**money.confidence, "balance": round(checked.share, 2)}
    return replace(
        money, balance=balance, balance_sign=turn, fee=used, fees_inside=inside, newest_first=checked.newest_first,
        confidence=confidence,
    )  # fmt: skip


def _with_fees(evidence: Evidence, values: list[Decimal | None]) -> list[tuple[int | None, list[Decimal | None]]]:
    """The amounts as they are, and with the fees beside them on top: the column of fees, and the amounts."""
    fee = evidence.columns.parts.get("fee")
    if fee is None or not any(evidence.values(fee)):
        return [(None, values)]
    fees = evidence.values(fee)
    charged = [None if v is None else v - abs(f or Decimal(0)) for v, f in zip(values, fees, strict=True)]
    return [(None, values), (fee, charged)]
