"""Formats in which reports leave the product."""
