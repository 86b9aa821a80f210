"""Loan prepayment: one exact waterfall for every strategy, and an optimiser that is never worse than any of them."""
