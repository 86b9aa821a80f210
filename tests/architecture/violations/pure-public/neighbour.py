# A neighbour's words inside one's own: the two could no longer move apart.
# red: pure-public
# at: finapp/assets/public.py
from finapp.transactions.public import Account
