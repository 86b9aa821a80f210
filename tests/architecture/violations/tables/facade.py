# A query written where no one looks for queries.
# red: tables
# at: finapp/assets/facade/__init__.py
from finapp.assets.tables import assets
