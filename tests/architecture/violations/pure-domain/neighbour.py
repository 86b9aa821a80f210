# A rule that knows a neighbour, even by its front door.
# red: pure-domain
# at: finapp/assets/domain/rules.py
from finapp.transactions.public import Account
