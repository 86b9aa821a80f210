"""The ledger's own tables."""

from finapp.transactions.tables.base import metadata
from finapp.transactions.tables.changes import change_rows, changes, set_aside
from finapp.transactions.tables.imports import asserted_balances, import_rows, imports, mapping_profiles, statements
from finapp.transactions.tables.ledger import accounts, daily_sums, merchant_sums, monthly_sums, transactions
from finapp.transactions.tables.words import categories, category_needs, corrections, merchant_words, pair_words, rules

__all__ = [
    "accounts",
    "asserted_balances",
    "categories",
    "category_needs",
    "change_rows",
    "changes",
    "corrections",
    "daily_sums",
    "import_rows",
    "imports",
    "mapping_profiles",
    "merchant_sums",
    "merchant_words",
    "metadata",
    "monthly_sums",
    "pair_words",
    "rules",
    "set_aside",
    "statements",
    "transactions",
]
