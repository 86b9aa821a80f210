# The package, to reach into it by attribute.
# red: front-door-transactions
# at: finapp/analytics/facade/__init__.py
import finapp.transactions
