"""The contexts of the product, lowest first: the only place that imports their plugs."""

from finapp.analytics.plug import plug as analytics
from finapp.assets.plug import plug as assets
from finapp.auth.plug import plug as auth
from finapp.dashboard.plug import plug as dashboard
from finapp.fire.plug import plug as fire
from finapp.platform.plugs import Plug
from finapp.reports.plug import plug as reports
from finapp.transactions.plug import plug as transactions

PLUGS: tuple[Plug, ...] = (auth, transactions, assets, analytics, reports, fire, dashboard)
