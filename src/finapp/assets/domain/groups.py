"""Which classes of things belong together."""

from finapp.assets.public import AssetKind, Liquidity

INVESTED_CLASSES = ("deposit", "retirement", "stock", "fund", "bond", "gold", "crypto", "investment")
"""What works for the household in the long run: no cash, no home, no vehicle."""

DEFAULT_LIQUIDITY: dict[AssetKind, Liquidity] = {
    "bank": "today",
    "cash": "today",
    "deposit": "days",
    "retirement": "locked",
    "stock": "days",
    "fund": "days",
    "bond": "days",
    "gold": "days",
    "property": "locked",
    "vehicle": "locked",
    "crypto": "days",
    "other": "months",
}
"""How soon an asset is money when its owner does not say. A home or a car is not what an emergency is paid from."""
