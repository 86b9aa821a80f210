# The plug builds; it asks nothing.
# red: store
# at: finapp/assets/plug.py
from finapp.assets import store
