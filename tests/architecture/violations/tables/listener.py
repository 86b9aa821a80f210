# A delete statement in a listener.
# red: tables
# at: finapp/assets/listeners.py
def on_household_deleted() -> None:
    from finapp.assets import tables
