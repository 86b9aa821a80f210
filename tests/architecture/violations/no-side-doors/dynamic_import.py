# An import that the other contracts cannot see.
# red: no-side-doors
# at: finapp/analytics/facade.py
from importlib import import_module

store = import_module("finapp.transactions.store")
