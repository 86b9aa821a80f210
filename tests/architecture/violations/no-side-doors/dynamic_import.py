# An import that the other contracts cannot see.
# red: no-side-doors
# at: finapp/analytics/facade/__init__.py
from importlib import import_module

store = import_module("finapp.transactions.store")
