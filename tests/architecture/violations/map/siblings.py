# Two contexts in one place do not know each other.
# red: map
# at: finapp/assets/facade.py
from finapp.analytics.public import Analytics
