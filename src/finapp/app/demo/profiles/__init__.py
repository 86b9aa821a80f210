"""Households by country, as tables: who is paid how much, and how banks print it."""
