"""Rows in other programs' formats."""

from finapp.transactions.writers.book import Book
from finapp.transactions.writers.delimited import write_csv
from finapp.transactions.writers.journals import write_beancount, write_ledger
from finapp.transactions.writers.ofx import write_ofx
from finapp.transactions.writers.sheets import write_xlsx

__all__ = ["Book", "write_beancount", "write_csv", "write_ledger", "write_ofx", "write_xlsx"]
