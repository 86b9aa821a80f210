"""A budget of Actual as its export has it: a ZIP archive with the SQLite database and what is said of it."""

import io
import json
import sqlite3
import zipfile

SCHEMA = """
CREATE TABLE accounts (id TEXT PRIMARY KEY, account_id TEXT, name TEXT, balance_current INTEGER, mask TEXT,
  official_name TEXT, type TEXT, subtype TEXT, bank TEXT, offbudget INTEGER DEFAULT 0, closed INTEGER DEFAULT 0,
  tombstone INTEGER DEFAULT 0, sort_order REAL);
CREATE TABLE category_groups (id TEXT PRIMARY KEY, name TEXT, is_income INTEGER DEFAULT 0, tombstone INTEGER DEFAULT 0);
CREATE TABLE categories (id TEXT PRIMARY KEY, name TEXT, is_income INTEGER DEFAULT 0, cat_group TEXT, sort_order REAL,
  tombstone INTEGER DEFAULT 0, hidden BOOLEAN NOT NULL DEFAULT 0);
CREATE TABLE category_mapping (id TEXT PRIMARY KEY, transferId TEXT);
CREATE TABLE payees (id TEXT PRIMARY KEY, name TEXT, category TEXT, tombstone INTEGER DEFAULT 0, transfer_acct TEXT);
CREATE TABLE payee_mapping (id TEXT PRIMARY KEY, targetId TEXT);
CREATE TABLE preferences (id TEXT PRIMARY KEY, value TEXT);
CREATE TABLE transactions (id TEXT PRIMARY KEY, isParent INTEGER DEFAULT 0, isChild INTEGER DEFAULT 0, acct TEXT,
  category TEXT, amount INTEGER, description TEXT, notes TEXT, date INTEGER, financial_id TEXT, type TEXT,
  imported_description TEXT, starting_balance_flag INTEGER DEFAULT 0, transferred_id TEXT, sort_order REAL,
  tombstone INTEGER DEFAULT 0, cleared INTEGER DEFAULT 1, pending INTEGER DEFAULT 0, parent_id TEXT, schedule TEXT,
  reconciled INTEGER DEFAULT 0);
CREATE VIEW v_payees AS SELECT * FROM payees;
INSERT INTO accounts (id, name, tombstone) VALUES ('a1', 'Checking', 0), ('a2', 'Savings', 0), ('a3', 'Gone', 1);
INSERT INTO categories (id, name, tombstone) VALUES ('c1', 'Groceries', 0), ('c2', 'Pets', 0), ('c3', 'Old food', 1);
INSERT INTO category_mapping VALUES ('c1', 'c1'), ('c2', 'c2'), ('c3', 'c1');
INSERT INTO payees (id, name, transfer_acct, tombstone) VALUES ('p1', 'Corner Shop', NULL, 0), ('p2', 'C', NULL, 1),
  ('t1', '', 'a1', 0), ('t2', '', 'a2', 0), ('p3', 'Starting Balance', NULL, 0);
INSERT INTO payee_mapping VALUES ('p1', 'p1'), ('p2', 'p1'), ('t1', 't1'), ('t2', 't2'), ('p3', 'p3');
INSERT INTO preferences VALUES ('defaultCurrencyCode', 'EUR');
"""
COLUMNS = "id acct category amount description notes date isParent isChild parent_id"
ROWS = (
    ("x0", "a1", None, 100000, "p3", None, 20260101, 0, 0, None),
    ("x1", "a1", "c3", -5432, "p2", "weekly", 20260105, 0, 0, None),
    ("x2", "a1", None, -7000, "p1", "big", 20260106, 1, 0, None),
    ("x2/1", "a1", "c1", -4000, "p1", "food", 20260106, 0, 1, "x2"),
    ("x2/2", "a1", None, -2000, "t2", "put aside", 20260106, 0, 1, None),
    ("x2/3", "a1", "c2", -1000, "p1", None, 20260106, 0, 1, "x2"),
    ("x3", "a2", None, 2000, "t1", None, 20260106, 0, 0, None),
    ("x4", "a1", "c1", -999, "p1", "deleted", 20260107, 0, 0, None),
    ("x5", "a1", "c2", 1, None, None, 20260108, 0, 0, None),
    ("x6", "a3", "c2", -50, "p1", "of an account that is gone", 20260108, 0, 0, None),
)


def budget(*, alone: bool = False) -> bytes:
    """The archive, or the database `alone`."""
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    columns = COLUMNS.replace(" ", ", ")
    database.executemany(f"INSERT INTO transactions ({columns}) VALUES ({', '.join('?' * 10)})", ROWS)
    database.execute("UPDATE transactions SET starting_balance_flag = 1 WHERE id = 'x0'")
    database.execute("UPDATE transactions SET tombstone = 1 WHERE id = 'x4'")
    database.execute("UPDATE transactions SET reconciled = 1, financial_id = 'B-77' WHERE id = 'x1'")
    database.execute("UPDATE transactions SET imported_description = 'INTEREST PAID', pending = 1 WHERE id = 'x5'")
    database.commit()
    packed = bytes(database.serialize())
    if alone:
        return packed
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("db.sqlite", packed)
        archive.writestr("metadata.json", json.dumps({"id": "My-Finances-1", "budgetName": "My Finances"}))
    return kept.getvalue()
