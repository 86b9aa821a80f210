# A new context that the map forgot.
# red: map
# at: finapp/budgets/public.py
import dataclasses
