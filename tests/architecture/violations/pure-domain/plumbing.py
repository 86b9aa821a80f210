# A rule that knows plumbing.
# red: pure-domain
# at: finapp/assets/domain/rules.py
def at() -> None:
    from finapp.platform import database
