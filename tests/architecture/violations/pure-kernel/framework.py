# A word of everyone that drags a framework along.
# red: pure-kernel
# at: finapp/kernel/money.py
from pydantic import BaseModel
