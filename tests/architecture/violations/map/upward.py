# An arrow that points up the list: a low context asks a high one.
# red: map
# at: finapp/analytics/facade/__init__.py
from finapp.dashboard.public import Dashboard
