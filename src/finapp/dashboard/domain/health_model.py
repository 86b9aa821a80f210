"""The published model of the health score: what is measured, its curve and its weight.

The dimensions and the bands follow the FinHealth Score of the Financial Health Network (spend, save, borrow, plan;
80 and more healthy, below 40 vulnerable). Its questions are replaced by what rows and valuations show, and its steps
by continuous curves through the middle of each step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from finapp.dashboard.domain.curves import curve
from finapp.dashboard.public import ComponentName, Knot


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One component of the model."""

    meaning: str
    weight: Decimal
    knots: tuple[Knot, ...]
    source: str
    """Where the inputs can be asked."""


MODEL: Mapping[ComponentName, Measure] = {
    "savings_rate": Measure(
        meaning="(income - living cost - debt service) / income over the months of the typical month together",
        weight=Decimal("0.20"),
        knots=curve(("-0.10", "0"), ("0", "25"), ("0.10", "55"), ("0.20", "80"), ("0.35", "100")),
        source="/api/v1/analytics/typical-month",
    ),
    "emergency_cover": Measure(
        meaning="months of essential living cost and debt service that liquid money covers",
        weight=Decimal("0.20"),
        # FinHealth: under a week 0, 1-3 weeks 25, 1-2 months 50, 3-5 months 75, 6 months and more 100.
        knots=curve(("0", "0"), ("0.5", "25"), ("1.5", "50"), ("4", "75"), ("6", "100")),
        source="/api/v1/reports/emergency-fund",
    ),
    "debt_service": Measure(
        meaning="debt service / income of a typical month",
        weight=Decimal("0.15"),
        # 28 % and 36 % are the usual limits of US lenders, 40 to 50 % those of Indian ones.
        knots=curve(("0", "100"), ("0.28", "75"), ("0.36", "55"), ("0.50", "20"), ("0.65", "0")),
        source="/api/v1/analytics/typical-month",
    ),
    "debt_to_assets": Measure(
        meaning="everything owed / everything owned",
        weight=Decimal("0.10"),
        knots=curve(("0", "100"), ("0.30", "80"), ("0.60", "50"), ("1", "10"), ("1.3", "0")),
        source="/api/v1/net-worth",
    ),
    "on_time_payments": Measure(
        meaning="share of expected recurring payments that came when they were due",
        weight=Decimal("0.10"),
        knots=curve(("0.70", "0"), ("0.90", "50"), ("0.97", "85"), ("1", "100")),
        source="/api/v1/reports/recurring-payments",
    ),
    "insurance": Measure(
        meaning="1 when a premium is paid regularly, 0 when none is seen among the recurring payments",
        weight=Decimal("0.10"),
        knots=curve(("0", "0"), ("1", "100")),
        source="/api/v1/reports/recurring-payments",
    ),
    "diversification": Measure(
        meaning="1 - sum of the squared shares of the classes of what is owned",
        weight=Decimal("0.05"),
        knots=curve(("0", "30"), ("0.4", "75"), ("0.65", "100")),
        source="/api/v1/net-worth",
    ),
    "net_worth_trend": Measure(
        meaning="change of net worth over the last twelve months / living cost of twelve typical months",
        weight=Decimal("0.10"),
        knots=curve(("-0.5", "0"), ("0", "40"), ("0.25", "70"), ("0.75", "100")),
        source="/api/v1/net-worth/timeline",
    ),
}
"""Component -> how it is scored. The weights sum to 1."""

LEAST_COVERAGE = Decimal("0.4")
"""Below it there is no score."""
HEALTHY, COPING = 80, 40
