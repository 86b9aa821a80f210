# Plumbing that knows a word of finance.
# red: map, acyclic
# at: finapp/platform/answers.py
from finapp.fire.public import Fire
