"""The local implementation of assets."""

from finapp.assets.facade.change import SNAPSHOT_JOB, ChangeDesk
from finapp.assets.facade.holdings import HoldingDesk
from finapp.assets.facade.imports import ImportDesk
from finapp.assets.facade.in_hand import InHandDesk
from finapp.assets.facade.liabilities import LiabilityDesk
from finapp.assets.facade.payments import PaymentDesk
from finapp.assets.facade.returns import ReturnsDesk
from finapp.assets.facade.sales import SaleDesk
from finapp.assets.facade.wealth import WealthDesk
from finapp.platform.portable import PortableRows

__all__ = ["SNAPSHOT_JOB", "LocalAssets"]


class LocalAssets(
    PortableRows,
    HoldingDesk,
    LiabilityDesk,
    SaleDesk,
    InHandDesk,
    ReturnsDesk,
    WealthDesk,
    ChangeDesk,
    PaymentDesk,
    ImportDesk,
):
    """Keeps `finapp.assets.public.Assets` on this context's own database."""

    def currency(self, *, owner: str) -> str:
        return self._auth.household(owner=owner).currency
