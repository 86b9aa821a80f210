"""Accounts, rows, imports, categories, merchants and the movement of money between them."""
