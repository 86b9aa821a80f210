"""Readers of statement files: any layout in, values of domain.statement out."""
