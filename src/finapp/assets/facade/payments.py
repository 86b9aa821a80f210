"""Real payments beside the schedule, and credit without one."""

from datetime import date, timedelta

from finapp.assets.domain.credit_lines import park, revolve
from finapp.assets.domain.matching import WINDOW_DAYS, Paid, match
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
        window = timedelta(days=WINDOW_DAYS)
        moved = self._transactions.movements(owner=owner, first=terms.start - window, last=as_of + window)
        paid = [
            Paid(id=row.id, date=row.date, amount=-row.amount, is_debt=row.flow == "debt")
            for row in moved.rows
            if row.amount < 0 and row.currency == debt.details.currency and row.account_id != debt.details.account_id
        ]
        return match(amortize(terms).rows, paid, as_of, debt.details.currency)

    def revolve(self, *, question: RevolvingQuestion) -> Revolving:
        return revolve(question)

    def park(self, *, question: OverdraftQuestion) -> Overdraft:
        return park(question)
