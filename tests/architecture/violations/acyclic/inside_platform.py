# Plumbing in a circle.
# red: acyclic
# at: finapp/platform/tables.py
def connection() -> object:
    from finapp.platform import database

    return database
