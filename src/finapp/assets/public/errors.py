"""Refusals of the assets context."""

from finapp.kernel.errors import Conflict, NotFound


class AssetNotFound(NotFound):
    """No asset of this household has this id."""

    code = "asset_not_found"
    title = "No such asset"


class LiabilityNotFound(NotFound):
    """No liability of this household has this id."""

    code = "liability_not_found"
    title = "No such liability"


class EntryNotFound(NotFound):
    """The asset or liability has no such valuation, lot, action, income, rate change, payment or sale."""

    code = "asset_entry_not_found"
    title = "No such entry"


class AccountLinked(Conflict):
    """An account can be linked to one asset or liability only."""

    code = "account_linked"
    title = "This account is linked already"
