"""Recurring payments found by fitting calendar lattices to dates and levels to amounts."""
