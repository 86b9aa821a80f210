# Words that need a framework.
# red: pure-public
# at: finapp/assets/public.py
from pydantic import BaseModel
