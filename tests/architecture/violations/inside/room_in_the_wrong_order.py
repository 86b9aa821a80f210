# A lower room that imports a higher one.
# red: inside
# at: finapp/assets/schemas.py
from finapp.assets.listeners import on_household_deleted
