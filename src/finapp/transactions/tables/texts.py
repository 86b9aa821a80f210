"""Indexes beside the tables: of the letters of rows' texts, and of rows that are few.

SQLite keeps every three letters of a text in an FTS5 table whose contents are the rows; PostgreSQL keeps them in GIN
indexes of pg_trgm. Triggers follow rows that change or go. The store learns new rows: before each statement that could
write to an FTS5 table by a trigger, SQLite writes that table down, which costs three times what a new row does.
"""

from sqlalchemy import DDL, Column, Integer, MetaData, Table, event

from finapp.transactions.tables.ledger import transactions

COLUMNS = ("description", "merchant", "note")
_NAMED = "description, merchant, note"
_OLD = "old.id, old.description, old.merchant, old.note"
_NEW = "new.id, new.description, new.merchant, new.note"
_FORGET = f"INSERT INTO transaction_texts (transaction_texts, rowid, {_NAMED}) VALUES ('delete', {_OLD});"  # noqa: S608  # only names of our own columns
_LEARN = f"INSERT INTO transaction_texts (rowid, {_NAMED}) VALUES ({_NEW});"  # noqa: S608
_DIFFERS = "old.description <> new.description OR old.merchant <> new.merchant OR old.note IS NOT new.note"
_LEARNED = "EXISTS (SELECT 1 FROM transaction_texts_docsize WHERE id = old.id)"
_CHANGED = f"AFTER UPDATE OF {_NAMED} ON transactions WHEN ({_DIFFERS}) AND {_LEARNED}"
_OPTIONS = "content='transactions', content_rowid='id', tokenize='trigram'"
TOO_SHORT = " OR ".join(f"length({column}) BETWEEN 1 AND 2" for column in COLUMNS)
"""The condition, to the letter, of SQLite's index of rows with a text too short to be learned."""
_ON_SQLITE = (
    f"CREATE VIRTUAL TABLE transaction_texts USING fts5({_NAMED}, {_OPTIONS})",
    f"CREATE TRIGGER transactions_text_removed AFTER DELETE ON transactions WHEN {_LEARNED} BEGIN {_FORGET} END",
    f"CREATE TRIGGER transactions_text_changed {_CHANGED} BEGIN {_FORGET} {_LEARN} END",
    "CREATE VIRTUAL TABLE transaction_places USING fts5vocab('transaction_texts', 'instance')",
    f"CREATE INDEX ix_transactions_short ON transactions (id) WHERE {TOO_SHORT}",
)
_ON_POSTGRESQL = tuple(
    f"CREATE INDEX ix_transactions_text_{name} ON transactions USING gin "
    f"(lower(coalesce({name}, '')) public.gin_trgm_ops)"
    for name in COLUMNS
)

SELDOM = {
    "asking": "asks = 1",
    "tagged": "tags <> '[]'",
    "unposted": "status <> 'posted'",
    "decided": "decided = 1",
    "foreign": "original_currency IS NOT NULL",
    "hidden": "hidden = 1",
    "marked": "marked = 1",
    "noted": "note IS NOT NULL",
    "part": "split_of IS NOT NULL",
}
"""What few rows have: the conditions of indexes of such rows, which a query has to repeat to the letter."""


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call]  # its annotations leave it untyped


for _name, _condition in SELDOM.items():
    _made = f"CREATE INDEX ix_transactions_{_name} ON transactions (owner, date, id) WHERE {_condition}"
    event.listen(transactions, "after_create", _ddl(_made))

event.listen(
    transactions,
    "after_create",
    # Written so that only a question after it is served by it.
    _ddl("CREATE INDEX ix_transactions_received ON transactions (owner, merchant_id) WHERE amount + 0 > 0"),
)

for _dialect, _statements in (("sqlite", _ON_SQLITE), ("postgresql", _ON_POSTGRESQL)):
    for _statement in _statements:
        event.listen(transactions, "after_create", _ddl(_statement).execute_if(dialect=_dialect))

# Not one of the context's tables: it holds nothing of its own.
transaction_texts = Table("transaction_texts", MetaData(), Column("rowid", Integer, primary_key=True))
"""SQLite's index, as queries name it."""
