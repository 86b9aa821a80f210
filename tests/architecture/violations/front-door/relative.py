# The same door by a relative path.
# red: front-door-transactions
# at: finapp/analytics/facade/__init__.py
from ...transactions.domain import rules
