"""analytics, as the others see it."""

from finapp.analytics.public.insight import (
    Bucket,
    FlowLink,
    FlowNode,
    HeatDay,
    MoneyFlow,
    Patterns,
    Trend,
    TrendFigure,
    Trends,
)
from finapp.analytics.public.protocol import Analytics
from finapp.analytics.public.values import (
    Band,
    CashFlow,
    CashFlowPeriod,
    CategoryFigure,
    CategoryTree,
    MerchantFigure,
    Merchants,
    Monthly,
    OtherCurrency,
    Scope,
    Summary,
    TypicalMonth,
)

__all__ = [
    "Analytics",
    "Band",
    "Bucket",
    "CashFlow",
    "CashFlowPeriod",
    "CategoryFigure",
    "CategoryTree",
    "FlowLink",
    "FlowNode",
    "HeatDay",
    "MerchantFigure",
    "Merchants",
    "MoneyFlow",
    "Monthly",
    "OtherCurrency",
    "Patterns",
    "Scope",
    "Summary",
    "Trend",
    "TrendFigure",
    "Trends",
    "TypicalMonth",
]
