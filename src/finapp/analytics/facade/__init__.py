"""The facade of analytics: asks the ledger for sums and composes them."""

from finapp.analytics.facade.exchange import EcbRates
from finapp.analytics.facade.local import LocalAnalytics

__all__ = ["EcbRates", "LocalAnalytics"]
