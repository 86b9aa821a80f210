"""Tests of financial independence."""
