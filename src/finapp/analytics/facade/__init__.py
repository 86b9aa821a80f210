"""The facade of analytics: asks the ledger for sums and composes them."""

from finapp.analytics.facade.local import LocalAnalytics

__all__ = ["LocalAnalytics"]
