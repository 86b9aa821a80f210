"""Real payments beside the schedule, and credit without one."""

from datetime import date

from finapp.assets.domain.credit_lines import park, revolve
from finapp.assets.domain.matching import Period, match
from finapp.assets.domain.schedule import amortize
from finapp.assets.facade.desk import Desk
from finapp.assets.public import (
    LiabilityNotFound,
    Overdraft,
    OverdraftQuestion,
    PaymentsMatched,
    Revolving,
    RevolvingQuestion,
)
from finapp.kernel.errors import Invalid


class PaymentDesk(Desk):
    """Keeps `finapp.assets.public.Payments`."""

    def payments_matched(self, *, owner: str, liability_id: str, as_of: date) -> PaymentsMatched:
        debt = next((item for item in self._belongings(owner).debts if item.id == liability_id), None)
        if debt is None:
            raise LiabilityNotFound(f"no liability {liability_id}")
        terms = debt.terms
        if terms is None:
            raise Invalid("months", "too little is stated for a schedule")
        moved = self._moved_out(owner, terms.start, as_of, but=debt.details.account_id)
        paid = [item for currency, item in moved if currency == debt.details.currency]
        covered = self._transactions.coverage(owner=owner)
        period = Period(first=covered.first, last=covered.last, as_of=as_of)
        return match(amortize(terms).rows, paid, period, debt.details.currency)

    def revolve(self, *, question: RevolvingQuestion) -> Revolving:
        return revolve(question)

    def park(self, *, question: OverdraftQuestion) -> Overdraft:
        return park(question)
