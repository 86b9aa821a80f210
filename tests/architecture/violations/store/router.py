# A route that queries the database.
# red: store
# at: finapp/assets/router.py
from finapp.assets import store
