"""What the neighbours know of a household, in this context's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from finapp.analytics.public import Analytics, Scope, TypicalMonth
from finapp.assets.public import Assets, Invested, Loans
from finapp.fire.domain import plan as plans
from finapp.fire.public import EndingLoan, Tier
from finapp.kernel.months import first_day, last_day, month_of, shift
from finapp.platform.memory import Latest


class Observer:
    """Asks the neighbours; one call to each for a reading."""

    def __init__(self, *, assets: Assets, analytics: Analytics) -> None:
        self._assets, self._analytics = assets, analytics
        self._observed = Latest[plans.Observed]()

    def version(self, *, owner: str) -> str:
        """Names the state of both neighbours."""
        return f"{self._assets.version(owner=owner)}.{self._analytics.version(owner=owner)}"

    def observed(self, *, owner: str, as_of: date) -> plans.Observed:
        """Months, valuations and loans as they are known on a day.

        Put into words again when an answer has changed: to ask for the neighbours' versions costs as many calls.
        """
        month = self._analytics.typical_month(owner=owner, as_of=as_of)
        invested = self._assets.invested(owner=owner, as_of=as_of)
        loans = self._assets.loans(owner=owner, as_of=as_of)
        made_of = (month, invested.total, invested.total_reason, loans.items)
        return self._observed.answer((owner, as_of), made_of, lambda: _in_words(month, invested, loans))

    def tiers(self, *, owner: str, as_of: date) -> tuple[Mapping[Tier, Decimal] | None, str | None]:
        """Money by how soon it can be spent, or None with the reason."""
        found = self._assets.liquid_by_tier(owner=owner, as_of=as_of)
        amounts: dict[Tier, Decimal | None] = {
            "today": found.today,
            "days": found.days,
            "months": found.months,
            "locked": found.locked,
        }
        known = {name: amount for name, amount in amounts.items() if amount is not None}
        return (known, None) if found.reason is None else (None, found.reason)

    def saved_since(self, *, owner: str, since: date, as_of: date) -> Decimal | None:
        """Saved from the month of `since` to the month before that of `as_of`; 0 when no month lies between, None
        when the ledger tells nothing about them."""
        last = shift(month_of(as_of), -1)
        if last < month_of(since):
            return Decimal(0)
        scope = Scope(first=first_day(month_of(since)), last=last_day(last))
        return self._analytics.summary(owner=owner, scope=scope, as_of=as_of).saved

    def earned_since(self, *, owner: str, since: date, as_of: date) -> tuple[Decimal | None, str | None]:
        """What the invested capital has earned from the end of `since` to the end of `as_of`: market and interest, as
        the change of net worth tells them, or None with its reason."""
        found = self._assets.net_worth_attribution(owner=owner, first=since, last=as_of)
        if found.market is None or found.interest is None:
            return None, found.reason
        return found.market + found.interest, None


def _in_words(month: TypicalMonth, invested: Invested, loans: Loans) -> plans.Observed:
    """What the neighbours answered, in this context's words."""
    return plans.Observed(
        currency=month.currency,
        months=month.months,
        complete=month.complete,
        reason=month.reason,
        income=plans.monthly(month.income_by_month, month.income),
        expenses=plans.monthly(month.expenses_by_month, month.expenses),
        essential=plans.monthly(month.essential_by_month, month.essential),
        saved=plans.monthly(month.saved_by_month, month.saved),
        debt_service=month.debt_service,
        essential_by_month=month.essential_by_month,
        savings_rate=month.savings_rate,
        savings_rate_reason=month.savings_rate_reason,
        invested=invested.total,
        invested_reason=invested.total_reason,
        loans=tuple(
            EndingLoan(
                liability_id=loan.id,
                name=loan.name,
                outstanding=loan.outstanding,
                instalment=loan.instalment,
                annual_rate=loan.annual_rate,
                ends_on=loan.ends_on,
            )
            for loan in loans.items
        ),
    )
