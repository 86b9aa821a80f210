# An import that is allowed to fail.
# red: front-door-transactions
# at: finapp/analytics/facade/__init__.py
try:
    import finapp.transactions.listeners as listeners
except ImportError:
    listeners = None
