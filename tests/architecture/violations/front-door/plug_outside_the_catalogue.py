# Only the catalogue imports a plug.
# red: front-door-fire
# at: finapp/app/main.py
from finapp.fire.plug import plug
