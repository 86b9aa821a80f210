# A query written where no one looks for queries.
# red: tables
# at: finapp/assets/facade.py
from finapp.assets.tables import assets
