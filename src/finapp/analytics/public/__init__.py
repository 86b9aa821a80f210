"""analytics, as the others see it."""

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
    "CashFlow",
    "CashFlowPeriod",
    "CategoryFigure",
    "CategoryTree",
    "MerchantFigure",
    "Merchants",
    "Monthly",
    "OtherCurrency",
    "Scope",
    "Summary",
    "TypicalMonth",
]
