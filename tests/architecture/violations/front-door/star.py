# Everything from a room at once.
# red: front-door-transactions
# at: finapp/analytics/jobs.py
from finapp.transactions.schemas import *
