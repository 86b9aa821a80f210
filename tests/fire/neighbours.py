"""Hand-written neighbours that know one household: six equal months, a loan, a fund and a savings account."""

from datetime import date
from decimal import Decimal

from finapp.analytics.public import Scope, Summary, TypicalMonth
from finapp.assets.public import Attribution, Invested, LiquidTiers, Loan, Loans
from finapp.auth.public import Household
from finapp.kernel.basis import Basis
from finapp.kernel.months import Month, month_of, months_between

BASIS = Basis(formula="given", version=1)
MONTHS = tuple(Month(f"2026-{month:02d}") for month in range(1, 7))


def month(**changes: object) -> TypicalMonth:
    """Income 120,000; living cost 50,000, of it 38,000 essential; debt service 30,000; saved 40,000."""
    values: dict[str, object] = {
        "months": MONTHS,
        "complete": True,
        "reason": None,
        "income": Decimal("120000.00"),
        "expenses": Decimal("50000.00"),
        "essential": Decimal("38000.00"),
        "discretionary": Decimal("12000.00"),
        "debt_service": Decimal("30000.00"),
        "invested": Decimal("10000.00"),
        "saved": Decimal("40000.00"),
        "savings_rate": Decimal("0.333333"),
        "savings_rate_reason": None,
        "income_band": None,
        "expenses_band": None,
        "essential_band": None,
        "expenses_by_month": (Decimal("50000.00"),) * 6,
        "essential_by_month": (Decimal("38000.00"),) * 6,
        "income_by_month": (Decimal("120000.00"),) * 6,
        "saved_by_month": (Decimal("40000.00"),) * 6,
    }
    return TypicalMonth(as_of=date(2026, 7, 15), currency="INR", basis=BASIS, **{**values, **changes})  # type: ignore[arg-type]


NO_MONTH = month(
    months=(),
    complete=False,
    reason="no_rows",
    income=None,
    expenses=None,
    essential=None,
    discretionary=None,
    debt_service=None,
    invested=None,
    saved=None,
    savings_rate=None,
    savings_rate_reason="no_rows",
    expenses_by_month=(),
    essential_by_month=(),
    income_by_month=(),
    saved_by_month=(),
)


class KnownAuth:
    """Knows the household's currency."""

    def version(self, *, owner: str) -> str:
        return "1"

    def household(self, *, owner: str) -> Household:
        return Household(id=owner, currency="INR", locale="en-IN", members=("The Household",))


class KnownAnalytics:
    """Answers a given typical month."""

    def __init__(self, typical: TypicalMonth) -> None:
        self.typical = typical

    def version(self, *, owner: str) -> str:
        return "1"

    def typical_month(self, *, owner: str, as_of: date) -> TypicalMonth:
        return self.typical


class OlderAnalytics(KnownAnalytics):
    """Knows what was saved in a period: 35,000 in each complete month."""

    def summary(self, *, owner: str, scope: Scope, as_of: date) -> Summary:
        assert scope.first is not None
        assert scope.last is not None
        months = tuple(months_between(month_of(scope.first), month_of(scope.last)))
        saved = Decimal("35000.00") * len(months)
        return Summary(
            as_of=as_of,
            first=scope.first,
            last=scope.last,
            currency="INR",
            income=Decimal(0),
            expenses=Decimal(0),
            essential=Decimal(0),
            discretionary=Decimal(0),
            debt_service=Decimal(0),
            invested=Decimal(0),
            saved=saved,
            savings_rate=None,
            savings_rate_reason="no_income",
            transfers=None,
            transfers_reason="not_asked",
            count=0,
            months=months,
            monthly=None,
            monthly_reason="no_rows",
            other_currencies=(),
            basis=BASIS,
        )


class KnownAssets:
    """Half a million invested, two lakh liquid, one home loan."""

    def __init__(self, grown: Decimal = Decimal(0)) -> None:
        self.grown = grown
        """What has been added to the invested capital since the start of 2026."""

    def version(self, *, owner: str) -> str:
        return "1"

    def invested(self, *, owner: str, as_of: date) -> Invested:
        return Invested(
            as_of=as_of,
            currency="INR",
            total=Decimal("500000.00") + (self.grown if as_of.year > 2025 else 0),
            total_reason=None,
            by_class={},
            basis=BASIS,
        )

    def net_worth_attribution(self, *, owner: str, first: date, last: date) -> Attribution:
        zero = Decimal("0.00")
        return Attribution(
            first=first,
            as_of=last,
            currency="INR",
            before=zero,
            after=zero,
            change=zero,
            saved=zero,
            market=Decimal("100000.00"),
            interest=Decimal("20000.00"),
            revaluation=zero,
            exchange=zero,
            debt_repaid=zero,
            other=zero,
            reason=None,
            basis=BASIS,
        )

    def liquid_by_tier(self, *, owner: str, as_of: date) -> LiquidTiers:
        return LiquidTiers(
            as_of=as_of,
            currency="INR",
            today=Decimal("136000.00"),
            days=Decimal("68000.00"),
            months=Decimal("0.00"),
            locked=Decimal("500000.00"),
            reason=None,
            basis=BASIS,
        )

    def loans(self, *, owner: str, as_of: date) -> Loans:
        loan = Loan(
            id="0000000000001",
            name="Home loan",
            kind="home_loan",
            currency="INR",
            account_id=None,
            outstanding=Decimal("2400000.00"),
            outstanding_source="schedule",
            annual_rate=Decimal("0.085"),
            rate_kind="fixed",
            instalment=Decimal("30000.00"),
            next_due_on=date(2026, 8, 5),
            months_remaining=118,
            interest_remaining=None,
            ends_on=date(2036, 5, 5),
        )
        return Loans(as_of=as_of, items=(loan,), basis=BASIS)
