# The same door by a relative path.
# red: front-door-transactions
# at: finapp/analytics/facade.py
from ..transactions.domain import rules
