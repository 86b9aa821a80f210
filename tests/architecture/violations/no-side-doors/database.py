# A context that opens someone's database file.
# red: no-side-doors
# at: finapp/analytics/store.py
import sqlite3
