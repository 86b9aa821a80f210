# Two rules that need each other are one rule, or three.
# red: acyclic
# at: finapp/assets/domain/amounts.py
from finapp.assets.domain import rules
