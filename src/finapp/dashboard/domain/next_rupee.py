"""Splits an amount: safety first, then whatever returns most.

Returns are linear in the money put in, so filling the choices in the order of their return, each up to what it can
take, is the best split. A certain return goes before an equal one that is only expected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finapp.dashboard.public import ChoiceKind, RupeeLoan, RupeeQuestion
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, Rate, from_minor, rounded, to_minor

VERSION = 3
RATE_PLACES = Decimal("1e-8")
CENTURY = 1_200
"""Months that a monthly amount is followed for."""
CLOSE = Decimal("0.015")
"""Below this difference a certain and an expected return are a close call."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing the money could do, and its share."""

    kind: ChoiceKind
    id: str
    name: str
    annual_return: Rate | None
    certain: bool
    capacity: Decimal | None
    share: Decimal
    close_call: bool
    why: str
    first_month: int | None = None
    months: int | None = None


def check(question: RupeeQuestion) -> None:
    """Raises Invalid for a question that makes no sense."""
    amounts = {name: getattr(question, name) for name in ("amount", "liquid", "buffer_target", "invested")}
    for name, amount in amounts.items():
        to_minor(amount, question.currency, name)
        if amount < 0 or (name == "amount" and amount == 0):
            raise Invalid(name, "must be positive" if name == "amount" else "must not be negative")
    for name in ("invest_return", "inflation", "sweep_rate"):
        rate = getattr(question, name)
        if rate is not None and not -1 < rate <= 1:
            raise Invalid(name, "must lie above -1 and not above 1")
    if len({loan.id for loan in question.loans}) < len(question.loans):
        raise Invalid("loans", "two loans have the same id")
    for number, loan in enumerate(question.loans):
        _check_loan(f"loans.{number}", loan)


def _check_loan(field: str, loan: RupeeLoan) -> None:
    if loan.outstanding <= 0:
        raise Invalid(f"{field}.outstanding", "must be positive")
    if not 0 <= loan.annual_rate <= 1:
        raise Invalid(f"{field}.annual_rate", "must lie between 0 and 1")
    if not 0 <= loan.prepayment_fee < 1:
        raise Invalid(f"{field}.prepayment_fee", "must lie between 0 and 1")
    if not 0 <= loan.tax_relief < 1:
        raise Invalid(f"{field}.tax_relief", "must lie between 0 and 1")
    if loan.instalment <= loan.outstanding * loan.annual_rate / 12:
        raise Invalid(f"{field}.instalment", "does not cover the interest of a month")


def split(question: RupeeQuestion) -> tuple[Choice, ...]:
    """The choices, best first, with shares that add up to the amount exactly."""
    left, found = question.amount, []
    for choice in _ranked(question):
        room = left if choice.capacity is None else min(left, choice.capacity)
        left -= room
        found.append(replace(choice, share=room))
    turned = found if question.every == "once" else _month_by_month(found, question)
    return tuple(each if each.share else replace(each, why=f"{each.why} {_unserved(each)}") for each in turned)


def _unserved(choice: Choice) -> str:
    """Why a choice gets nothing now."""
    if choice.first_month is not None:
        return f"Its turn comes in month {choice.first_month}."
    return "Nothing is left for it after the choices above."


def _month_by_month(choices: list[Choice], question: RupeeQuestion) -> Iterator[Choice]:
    """When each choice gets the monthly amount: one after the other, each until it is full.

    Loans are paid by their instalments all the while, so that one whose turn comes late is smaller by then, or gone.
    """
    owed = {loan.id: loan.outstanding for loan in question.loans}
    rooms = {choice.id: choice.capacity for choice in choices}
    turns: dict[str, tuple[int, int]] = {}
    for month in range(1, CENTURY + 1):
        for loan in question.loans:
            owed[loan.id] = max(owed[loan.id] * (1 + loan.annual_rate / 12) - loan.instalment, Decimal(0))
            rooms[loan.id] = owed[loan.id] * (1 + loan.prepayment_fee)
        left = question.amount
        for choice_id, room in rooms.items():
            paid = left if room is None else min(left, room)
            if paid > 0:
                left -= paid
                turns[choice_id] = (turns.get(choice_id, (month, month))[0], month)
                rooms[choice_id] = None if room is None else room - paid
        for loan in question.loans:
            owed[loan.id] = (rooms[loan.id] or Decimal(0)) / (1 + loan.prepayment_fee)
        if any(rooms[choice_id] is None for choice_id in turns):
            break
    for choice in choices:
        first, last = turns.get(choice.id, (None, 0))
        is_full = first is not None and rooms[choice.id] == 0
        yield replace(choice, first_month=first, months=last - first + 1 if first is not None and is_full else None)


def saved_rate(loan: RupeeLoan) -> Rate:
    """What paying a loan ahead of schedule returns a year: its rate after tax relief, the charge spread over the rest
    of the loan: ((1 + r)^T / (1 + fee))^(1/T) - 1 with T the years until it would have ended."""
    rate = loan.annual_rate * (1 - loan.tax_relief)
    if not loan.prepayment_fee:
        return rate
    years = years_left(loan)
    grown = EXACT.power(1 + rate, years) / (1 + loan.prepayment_fee)
    return (EXACT.power(grown, 1 / years) - 1).quantize(RATE_PLACES)


def years_left(loan: RupeeLoan) -> Decimal:
    """Until the loan ends by its instalments, at least one month: ln(E / (E - P i)) / ln(1 + i) months."""
    monthly = loan.annual_rate / 12
    if not monthly:
        months = loan.outstanding / loan.instalment
    else:
        months = (loan.instalment / (loan.instalment - loan.outstanding * monthly)).ln() / (1 + monthly).ln()
    return max(months, Decimal(1)) / 12


def _ranked(question: RupeeQuestion) -> Iterator[Choice]:
    missing = question.buffer_target - question.liquid
    if missing > 0:
        yield _choice(
            "buffer",
            question,
            name="emergency fund",
            annual_return=question.sweep_rate,
            capacity=missing,
            why="Safety comes first: the target is not met.",
        )
    lending = [_loan(loan, question) for loan in question.loans]
    resting = [_sweep(question)] if question.sweep_rate is not None else []
    investing = _investing(question, [*resting, *lending])
    # Sorting is stable: of two equal returns the one that stays liquid comes first, then the certain one.
    yield from sorted([*resting, *lending, investing], key=lambda each: -(each.annual_return or Decimal(0)))


def _sweep(question: RupeeQuestion) -> Choice:
    return _choice(
        "sweep",
        question,
        name="best liquid account",
        annual_return=question.sweep_rate,
        certain=True,
        why="It earns this for certain and can be had back on any day.",
    )


def _investing(question: RupeeQuestion, certain: Sequence[Choice]) -> Choice:
    """Investments, against the best of what returns something for certain."""
    best = max((each.annual_return or Decimal(0) for each in certain), default=None)
    if best is None:
        why = "It is expected to return this over the years; there is no loan to pay ahead."
    elif question.invest_return > best:
        why = "What is expected here is more than anything else here returns for certain."
    else:
        names = [each.name for each in certain if each.annual_return == best]
        why = f"What is expected here is no more than {names[0]} returns for certain."
    return _choice("invest", question, name="investments", annual_return=question.invest_return, why=why)


def _loan(loan: RupeeLoan, question: RupeeQuestion) -> Choice:
    rate = saved_rate(loan)
    if rate < 0:
        why = "The charge for paying ahead is more than the interest it saves."
    elif rate < question.invest_return:
        why = "It saves less than investing is expected to return, but for certain."
    else:
        why = "It saves at least what investing is expected to return, for certain."
    return _choice(
        "loan",
        question,
        id_=loan.id,
        name=loan.name,
        annual_return=rate,
        certain=True,
        capacity=rounded(loan.outstanding * (1 + loan.prepayment_fee), question.currency),
        close_call=abs(rate - question.invest_return) < CLOSE,
        why=why,
    )


def _choice(
    kind: ChoiceKind,
    question: RupeeQuestion,
    *,
    name: str,
    why: str,
    id_: str | None = None,
    annual_return: Rate | None = None,
    certain: bool = False,
    capacity: Decimal | None = None,
    close_call: bool = False,
) -> Choice:
    return Choice(
        kind=kind,
        id=id_ or kind,
        name=name,
        annual_return=annual_return,
        certain=certain or kind == "buffer",
        capacity=capacity,
        share=from_minor(0, question.currency),
        close_call=close_call,
        why=why,
    )


def basis(question: RupeeQuestion, choices: tuple[Choice, ...], left_out: tuple[str, ...]) -> Basis:
    """What the split rests on."""
    names = ("amount", "liquid", "buffer_target", "invest_return", "inflation", "invested", "monthly_savings")
    inputs = [
        Input(id=f"question.{name}", kind="assumption", name=name, value=f"{getattr(question, name):f}")
        for name in names
    ]
    inputs += [
        Input(id=loan.id, kind="figure", name=f"rate of {loan.name}", value=f"{saved_rate(loan):f}", source="after tax")
        for loan in question.loans
    ]
    stated = {
        "order": "emergency target first, then by yearly return after tax; of equal returns the certain one",
        "prepayment_charges": "as stated for each loan, out of what is paid, spread over the rest of it",
        "buffer": "kept on the best liquid account, where there is one",
        "turns": "of a monthly amount: loans shrink by their instalments until it is their turn",
        "every": question.every,
        "close_call": f"loan and investing differ by less than {CLOSE}",
        "effects": "of each choice by itself, when it gets as much of the amount as it can take",
    }
    if left_out:
        stated["left_out"] = "loans without rate or instalment, or of another currency: " + ", ".join(left_out)
    return Basis(
        formula="dashboard.next_rupee",
        version=VERSION,
        assumptions=stated,
        figures=dict(_figures(question, choices, tuple(inputs))),
    )


def _figures(
    question: RupeeQuestion, choices: tuple[Choice, ...], inputs: tuple[Input, ...]
) -> Iterator[tuple[str, Figure]]:
    left = question.amount
    for choice in choices:
        room = Input(
            id=f"choices.{choice.id}.capacity",
            kind="figure",
            name="capacity",
            value=None if choice.capacity is None else f"{choice.capacity:f}",
            source="this answer",
        )
        rest = Input(id=f"{choice.id}.left", kind="figure", name="left", value=f"{left:f}", source="after those before")
        formula = "all that is left" if choice.capacity is None else "smaller of left and capacity"
        yield (
            f"choices.{choice.id}.share",
            Figure(kind="formula", formula=formula, inputs=(rest,) if choice.capacity is None else (rest, room)),
        )
        left -= choice.share
    yield "amount", Figure(kind="formula", formula="the amount asked about", inputs=inputs)
