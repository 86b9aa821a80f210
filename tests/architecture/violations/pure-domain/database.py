# A rule that knows a database.
# red: pure-domain
# at: finapp/assets/domain/rules.py
import sqlalchemy
