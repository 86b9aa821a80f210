# A rule that reads a file.
# red: pure-domain
# at: finapp/assets/domain/rules.py
import os
