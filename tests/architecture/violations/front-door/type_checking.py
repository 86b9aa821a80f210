# A type is a dependency too.
# red: front-door-transactions
# at: finapp/analytics/facade/__init__.py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finapp.transactions.facade import LocalTransactions
