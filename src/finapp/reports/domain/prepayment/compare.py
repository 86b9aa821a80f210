"""The comparison of payoff strategies, and the search for the cheapest plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Literal

from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import EXACT, from_minor, to_minor
from finapp.reports.domain.prepayment import alternatives, bounds, outcomes, program, strategies
from finapp.reports.domain.prepayment.checks import check
from finapp.reports.domain.prepayment.outcomes import Frame
from finapp.reports.domain.prepayment.terms import Terms, terms_of
from finapp.reports.domain.prepayment.waterfall import Allocate, Budget, Run, contract, run
from finapp.reports.public.prepayment import (
    LoanPrepayment,
    PrepaymentQuestion,
    ReduceComparison,
    StrategyName,
    StrategyOutcome,
)

VERSION = 1
_FEW = 6
"""Loans up to which leaving out several of them at once is tried before the program is solved."""
_LINEAR_SHARE, _WHOLE_SHARE = 0.2, 0.3
"""Of the time limit, for the two programs: the solver looks at its clock now and then only, and may take twice that."""
Proof = Literal["greedy", "linear", "mixed_integer", "relaxed", "time_limit"]
_EASIER: Proof = "relaxed"


@dataclass(frozen=True, kw_only=True)
class Search:
    """The cheapest plan found and what is proven about it; the bound is in minor units."""

    run: Run
    bound: int | None
    proof: Proof | None


def compare(question: PrepaymentQuestion, as_of: date) -> LoanPrepayment:
    """Simulates the asked strategies on the same cash and ranks them by total cost.

    Raises Invalid with the field for input that makes no sense or a loan whose instalment never repays it.
    """
    check(question, as_of)
    loans = tuple(terms_of(loan, index, question.currency, as_of) for index, loan in enumerate(question.loans))
    frame = Frame(loans=loans, currency=question.currency, as_of=as_of)
    budget = _budget(question, loans)
    none = contract(loans, budget)
    runs: dict[StrategyName, Run] = {}
    search: Search | None = None
    for name in question.strategies:
        if name == "none":
            runs[name] = none
        elif name == "optimal":
            search = cheapest(frame, budget, question)
            runs[name] = search.run
        else:
            runs[name] = run(loans, budget, _rule(name, loans, question), keep_instalment=question.reduce == "tenure")
    shown = tuple(outcomes.outcome(frame, name, found, none) for name, found in runs.items())
    return _report(question, frame, shown, runs, search, none)


def cheapest(frame: Frame, budget: Budget, question: PrepaymentQuestion) -> Search:
    """The best of every rule and of the solved program, all replayed in the exact simulator: never worse than any."""
    loans, keep = frame.loans, question.reduce == "tenure"
    rules = [strategies.avalanche(loans), strategies.snowball(loans), strategies.proportional(loans)]
    if question.custom_order:
        rules.append(strategies.custom(loans, question.custom_order))
    charged = [i for i, loan in enumerate(loans) if loan.fee or loan.minimum_part]
    for size in range(1, min(len(charged), 4 if len(loans) <= _FEW else 1) + 1):
        rules += [strategies.without(loans, frozenset(skipped)) for skipped in combinations(charged[:_FEW], size)]
    candidates = [run(loans, budget, rule, keep_instalment=keep) for rule in rules]
    candidates.append(contract(loans, budget))
    best = min(candidates, key=lambda found: outcomes.cost(frame, found))
    if not keep:
        return Search(run=best, bound=None, proof=None)
    if all(map(bounds.is_plain, loans)):
        return Search(run=best, bound=bounds.relaxed_bound(frame, budget), proof="greedy")
    return _solved(frame, budget, best, question.time_limit_seconds)


def _solved(frame: Frame, budget: Budget, best: Run, seconds: int) -> Search:
    """Tries the linear program, and the mixed-integer one when the linear bound leaves a gap.

    What is too large or too slow for both still has the bound of its easier version.
    """
    bound, proof = bounds.relaxed_bound(frame, budget), _EASIER
    allowance = bounds.rounding_allowance(frame.loans, best)
    for whole, share in ((False, _LINEAR_SHARE), (True, _WHOLE_SHARE)):
        solution = program.solve(frame.loans, budget, seconds * share, whole=whole)
        if solution is None:
            break
        if solution.plan is not None:
            replayed = run(frame.loans, budget, strategies.planned(frame.loans, solution.plan))
            best = min(best, replayed, key=lambda found: outcomes.cost(frame, found))
        least = None if solution.bound is None else int(solution.bound) - allowance
        # A bound above a plan that exists would be the solver's rounding, not a proof: it is not used.
        if least is not None and outcomes.cost(frame, best) >= least >= bound:
            bound, proof = least, solution.proof
        if outcomes.cost(frame, best) - bound <= 3 * allowance:
            break
    return Search(run=best, bound=bound, proof=proof)


def _rule(name: StrategyName, loans: Sequence[Terms], question: PrepaymentQuestion) -> Allocate:
    if name == "custom":
        return strategies.custom(loans, question.custom_order)
    rules = {
        "snowball": strategies.snowball,
        "avalanche": strategies.avalanche,
        "proportional": strategies.proportional,
    }
    return rules[name](loans)


def _budget(question: PrepaymentQuestion, loans: Sequence[Terms]) -> Budget:
    """Cash beyond the instalments; a lump sum is used in the first month whose instalments all fall on or after its
    day."""
    lumps: dict[int, int] = {}
    for lump in question.lump_sums:
        month = 1
        while min(loan.due(month) for loan in loans) < lump.date:
            month += 1
        lumps[month] = lumps.get(month, 0) + to_minor(lump.amount, question.currency)
    above = to_minor(question.cash, question.currency) - to_minor(question.keep_cash, question.currency)
    if above > 0:
        lumps[1] = lumps.get(1, 0) + above
    return Budget(extra=to_minor(question.extra_monthly, question.currency), lumps=lumps)


def _report(
    question: PrepaymentQuestion,
    frame: Frame,
    shown: tuple[StrategyOutcome, ...],
    runs: dict[StrategyName, Run],
    search: Search | None,
    none: Run,
) -> LoanPrepayment:
    best = min(shown, key=lambda item: (item.total_cost, item.name != "optimal"))
    bound = None if search is None or search.bound is None else from_minor(search.bound, question.currency)
    gap = None if bound is None else max(best.total_cost - bound, Decimal(0))
    reason = None if bound is not None else _why_no_bound(search)
    asked = question.invest
    return LoanPrepayment(
        as_of=frame.as_of,
        basis=_basis(question),
        currency=question.currency,
        strategies=shown,
        best=best.name,
        lower_bound=bound,
        lower_bound_reason=reason,
        gap=gap,
        gap_reason=reason,
        gap_share=None if gap is None or best.total_cost <= 0 else _share(gap, best.total_cost),
        proof=None if search is None else search.proof,
        reduce_comparison=_reduce(question, frame, best.name, runs),
        invest=None if asked is None else alternatives.invest(frame, best.name, runs[best.name], none, asked),
        balance_transfer=alternatives.transfer(question, frame, frame.as_of),
    )


def _why_no_bound(search: Search | None) -> str:
    if search is None:
        return "not_asked"
    return "instalment_reduced"


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return EXACT.divide(part, whole).quantize(Decimal("0.00000001"))


def _reduce(
    question: PrepaymentQuestion, frame: Frame, name: StrategyName, runs: dict[StrategyName, Run]
) -> ReduceComparison | None:
    """The best strategy's rule with the other way of handling a part payment beside it."""
    if name == "none":
        return None
    budget, loans = _budget(question, frame.loans), frame.loans
    rule = strategies.avalanche(loans) if name == "optimal" else _rule(name, loans, question)
    asked = runs[name]
    other = run(loans, budget, rule, keep_instalment=question.reduce != "tenure")
    tenure, instalment = (asked, other) if question.reduce == "tenure" else (other, asked)
    return ReduceComparison(
        strategy=name,
        interest_reducing_tenure=frame.money(tenure.interest),
        interest_reducing_instalment=frame.money(instalment.interest),
        debt_free_on_reducing_tenure=frame.on(tenure.length),
        debt_free_on_reducing_instalment=frame.on(instalment.length),
    )


def _basis(question: PrepaymentQuestion) -> Basis:
    loans = tuple(
        Input(id=loan.id, kind="assumption", name=loan.name, value=f"{loan.outstanding} at {loan.annual_rate}")
        for loan in question.loans
    )
    return Basis(
        formula="reports.loan_prepayment",
        version=VERSION,
        assumptions={
            "interest": "monthly rest, rate / 12, rounded half-even to the minor unit",
            "order_of_a_month": "interest, instalment, then part payments from the cash left",
            "dates": "each loan's due day, else a month from the question; part payments go with instalments",
            "equal_cash": "every strategy commits the contract instalments, kept up, plus the extra cash",
            "reduce": question.reduce,
            "lower_bound": "optimum of the relaxation less half a minor unit per loan and month, grown at the top rate",
        },
        figures={
            "total_cost": Figure(kind="formula", formula="interest + charges - tax saved", inputs=loans),
            "gap": Figure(kind="formula", formula="total cost of the best plan - lower_bound"),
        },
    )
