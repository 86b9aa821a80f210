"""The facades this context asks."""

from dataclasses import dataclass

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets
from finapp.auth.public import Auth
from finapp.fire.public import Fire
from finapp.reports.public import Reports
from finapp.transactions.public import Transactions


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Everybody whose answers stand on the screen."""

    auth: Auth
    transactions: Transactions
    assets: Assets
    analytics: Analytics
    reports: Reports
    fire: Fire

    def version(self, owner: str) -> str:
        """The state of all of them: reports and fire name that of everybody they rest on, which are the other four.

        Raises Unavailable when one is down.
        """
        return f"{self.reports.version(owner=owner)}.{self.fire.version(owner=owner)}"
