"""The ledger's own tables."""

from finapp.transactions.tables.base import metadata
from finapp.transactions.tables.changes import change_rows, changes, set_aside
from finapp.transactions.tables.imports import asserted_balances, import_rows, imports, mapping_profiles, statements
from finapp.transactions.tables.kept import (
    alert_hits,
    attachment_contents,
    attachments,
    exchange_rates,
    saved_searches,
)
from finapp.transactions.tables.ledger import (
    IS_PENDING,
    accounts,
    changed_days,
    daily_sums,
    largest_purchases,
    merchant_sums,
    merchant_years,
    monthly_sums,
    transactions,
)
from finapp.transactions.tables.texts import SELDOM, transaction_texts
from finapp.transactions.tables.words import categories, category_needs, corrections, merchant_words, pair_words, rules

__all__ = [
    "IS_PENDING",
    "SELDOM",
    "accounts",
    "alert_hits",
    "asserted_balances",
    "attachment_contents",
    "attachments",
    "categories",
    "category_needs",
    "change_rows",
    "changed_days",
    "changes",
    "corrections",
    "daily_sums",
    "exchange_rates",
    "import_rows",
    "imports",
    "largest_purchases",
    "mapping_profiles",
    "merchant_sums",
    "merchant_words",
    "merchant_years",
    "metadata",
    "monthly_sums",
    "pair_words",
    "rules",
    "saved_searches",
    "set_aside",
    "statements",
    "transaction_texts",
    "transactions",
]
