# Words that need plumbing.
# red: pure-public
# at: finapp/assets/public.py
from finapp.platform.database import Database
