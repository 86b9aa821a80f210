"""The SQLite database of Runway: accounts, cards and their rows, whatever the columns are called."""

import sqlite3
from pathlib import Path

import pytest

from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.public import TransactionFilter
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement
from tests.transactions.ledger import OWNER, PERSON, Ledger

TABLES = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, user_id INT, name TEXT, bank_name TEXT, account_number TEXT, type TEXT);
CREATE TABLE credit_cards (id INTEGER PRIMARY KEY, card_name TEXT, issuer TEXT, last4 TEXT);
CREATE TABLE bank_transactions (id INTEGER PRIMARY KEY, account_id INT, date TEXT, description TEXT, amount REAL,
  type TEXT, balance REAL);
CREATE TABLE credit_card_transactions (id INTEGER PRIMARY KEY, card_id INT, transaction_date TEXT, merchant TEXT,
  amount REAL);
CREATE TABLE assets (id INTEGER PRIMARY KEY, name TEXT, current_value REAL);
CREATE TABLE liabilities (id INTEGER PRIMARY KEY, name TEXT, outstanding REAL);
"""
ROWS = """
INSERT INTO users VALUES (1, 'who@example.com');
INSERT INTO accounts VALUES (1, 1, 'Salary', 'HDFC Bank', '50100012345678', 'savings');
INSERT INTO credit_cards VALUES (1, 'Millennia', 'HDFC Bank', '4321');
INSERT INTO bank_transactions VALUES
  (1, 1, '2026-05-01', 'SALARY ACME', 90000.0, 'credit', 90000.0),
  (2, 1, '2026-05-03 10:11:12', 'UPI-SWIGGY', 450.30000000000001, 'debit', 89549.7),
  (3, 1, '2026-05-04', 'SPLIT', 33.333333333, 'debit', 89516.37),
  (4, 1, 'never', 'BROKEN', 1.0, 'debit', 0);
INSERT INTO credit_card_transactions VALUES
  (1, 1, '2026-05-02', 'AMAZON', 1299.0), (2, 1, '2026-05-05', 'DMART', 700.5), (3, 1, '2026-05-09', 'REFUND', -99.0);
INSERT INTO assets VALUES (1, 'Index fund', 250000.0);
INSERT INTO liabilities VALUES (1, 'Car loan', 410000.0);
"""


def database(tmp_path: Path, script: str, wal: bool = False) -> bytes:
    connection = sqlite3.connect(tmp_path / "runway.db")
    if wal:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(script)
    connection.commit()
    connection.close()
    return (tmp_path / "runway.db").read_bytes()


@pytest.mark.parametrize("wal", [False, True])
def test_its_accounts_and_cards_are_filled_and_rounding_is_told_row_by_row(
    ledger: Ledger, tmp_path: Path, wal: bool
) -> None:
    done = ledger.take(database(tmp_path, TABLES + ROWS, wal))
    assert (done.status, done.format, done.counts.imported, done.counts.rejected) == ("done", "runway", 6, 1)
    held = {one.name: one for one in ledger.facade.accounts(owner=OWNER).items}
    assert {name: (str(one.balance), one.kind, one.number_last4) for name, one in held.items()} == {
        "Salary": ("89516.37", "savings", "5678"),
        "Millennia": ("-1900.50", "credit_card", "4321"),
    }
    (rounded,) = [row for row in done.rows if row.reason == "rounded"]
    assert rounded.message == "bank_transactions 3: -33.333333333 was rounded to -33.33"
    assert (rounded.outcome, rounded.transaction_id is not None) == ("imported", True)
    assert [(one.kind, one.name, str(one.value), one.outcome) for one in done.holdings] == [
        ("asset", "Index fund", "250000.00", "new"),
        ("liability", "Car loan", "410000.00", "new"),
    ]
    again = ledger.take((tmp_path / "runway.db").read_bytes())
    assert (again.counts.imported, again.counts.duplicates) == (0, 6)
    assert [one.outcome for one in again.holdings] == ["known", "known"]
    for each in (again, done):
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=each.id)
    assert ledger.facade.accounts(owner=OWNER).items == ()


def test_other_columns_are_found_by_what_they_are_called(tmp_path: Path) -> None:
    script = """
    CREATE TABLE transactions (id INT, txn_date INT, narration TEXT, withdrawal REAL, deposit REAL, currency TEXT);
    INSERT INTO transactions VALUES (1, 1777593600, 'RENT', 500.0, NULL, 'EUR');
    INSERT INTO transactions VALUES (2, 1777680000000, 'PAY', NULL, 9.5, 'EUR');
    """
    found = read_statement(database(tmp_path, script))
    assert isinstance(found, Statement)
    assert [(str(row.date), str(row.amount), row.currency) for row in found.rows] == [
        ("2026-05-01", "-500.00", "EUR"),
        ("2026-05-02", "9.50", "EUR"),
    ]


def test_amounts_that_nothing_signs_are_asked_about(tmp_path: Path) -> None:
    script = "CREATE TABLE paid_transactions (date TEXT, amount REAL);"
    script += "INSERT INTO paid_transactions VALUES ('2026-05-01', 5.0);"
    found = read_statement(database(tmp_path, script))
    assert isinstance(found, NeedsMapping)
    assert (found.question, found.candidates) == ("sign", ("debit", "credit"))


@pytest.mark.parametrize(
    ("script", "reason"),
    [("CREATE TABLE places (url TEXT);", "unknown_format"), (None, "damaged")],
)
def test_another_database_or_a_damaged_one_is_refused(tmp_path: Path, script: str | None, reason: str) -> None:
    content = database(tmp_path, script or TABLES + ROWS)
    damaged = content[:1024] + b"\xff" * 3000
    with pytest.raises(UnreadableStatement) as refusal:
        read_statement(content if script else damaged)
    assert refusal.value.reason == reason


def test_what_is_owned_and_owed_is_told_row_by_row(ledger: Ledger, tmp_path: Path) -> None:
    script = TABLES.replace("current_value REAL", "current_value REAL, type TEXT, last_updated TEXT")
    script = script.replace("outstanding REAL", "outstanding REAL, interest_rate REAL")
    rows = ROWS.replace("250000.0)", "250000.004, 'mutual_fund', '2026-04-30'), (2, 'Lost', NULL, NULL, NULL)")
    found = read_statement(database(tmp_path, script + rows.replace("410000.0)", "410000.0, 8.5)")), currency="INR")
    assert isinstance(found, Statement)
    fund, loan = found.holdings
    assert (fund.word, str(fund.on), str(fund.value)) == ("mutual_fund", "2026-04-30", "250000.00")
    assert fund.remark == "assets 1: 250000.004 was rounded to 250000.00"
    assert (loan.kind, str(loan.annual_rate), loan.remark) == ("liability", "0.085", None)
    assert found.warnings == ("assets: Lost has no value that can be read, and was left out",)


def test_letters_that_a_database_cannot_keep_are_left_out_and_an_asset_is_not_worth_less_than_nothing(
    ledger: Ledger, tmp_path: Path
) -> None:
    odd = """
INSERT INTO bank_transactions VALUES (9, 1, '2026-05-20', 'DM' || char(0) || 'ART', 1.0, 'debit', 0);
INSERT INTO assets VALUES (8, 'Gold' || char(0) || ' coins', 1000.0), (9, 'Margin', -1000.0);
"""
    done = ledger.take(database(tmp_path, TABLES + odd))
    assert [(one.name, str(one.value)) for one in done.holdings] == [("Gold coins", "1000.00")]
    assert [warning for warning in done.warnings if "Margin" in warning]
    where = TransactionFilter(query="dmart")
    assert len(ledger.facade.transactions(owner=OWNER, where=where, limit=9, cursor=None).items) == 1
