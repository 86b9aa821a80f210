# A rule that looks at the clock.
# red: pure-domain
# at: finapp/assets/domain/rules.py
from time import time
