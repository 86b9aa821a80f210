"""Tests of the categorizer rooms."""
