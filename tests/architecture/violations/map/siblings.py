# Two contexts in one place do not know each other.
# red: map
# at: finapp/assets/facade/__init__.py
from finapp.analytics.public import Analytics
