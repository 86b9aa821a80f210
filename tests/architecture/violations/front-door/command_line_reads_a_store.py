# The composition root goes through the front door as well.
# red: front-door-assets, store
# at: finapp/app/cli/main.py
from finapp.assets.store import assets
