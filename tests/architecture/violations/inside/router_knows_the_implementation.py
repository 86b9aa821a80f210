# The router is given the Protocol; it does not know who keeps it.
# red: inside
# at: finapp/assets/router.py
from finapp.assets.facade import LocalAssets
