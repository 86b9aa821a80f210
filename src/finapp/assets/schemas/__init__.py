"""HTTP bodies of the assets context."""

from finapp.assets.schemas.common import Listed
from finapp.assets.schemas.holdings import (
    AssetBody,
    AssetChanges,
    CorporateActionBody,
    IncomeBody,
    LotBody,
    ValuationBody,
)
from finapp.assets.schemas.loans import (
    LiabilityBody,
    LiabilityChanges,
    NewPartPaymentBody,
    OverdraftBody,
    RateChangeBody,
    RevolvingBody,
    ScheduleBody,
)
from finapp.assets.schemas.sales import InHandBody, LiquidationBody, ReturnsBody

__all__ = [
    "AssetBody",
    "AssetChanges",
    "CorporateActionBody",
    "InHandBody",
    "IncomeBody",
    "LiabilityBody",
    "LiabilityChanges",
    "LiquidationBody",
    "Listed",
    "LotBody",
    "NewPartPaymentBody",
    "OverdraftBody",
    "RateChangeBody",
    "ReturnsBody",
    "RevolvingBody",
    "ScheduleBody",
    "ValuationBody",
]
